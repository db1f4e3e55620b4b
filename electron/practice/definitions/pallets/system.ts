import { tuple, vec } from '../../scale/composites.ts'
import { call, constant, definePallet, error, event } from '../../scale/pallet.ts'
import { bytes, u16, u32 } from '../../scale/primitives.ts'
import { storageMap, storageOption, storageValue } from '../../scale/storage.ts'
import { eventRecord } from '../outer-event.ts'
import { accountId, h256, ZERO_HASH } from '../types/account.ts'
import {
  accountInfo,
  blockLength,
  blockWeights,
  digest,
  dispatchError,
  dispatchEventInfo,
  lastRuntimeUpgradeInfo,
  phase,
  runtimeDbWeight,
  runtimeVersion,
  weightPerClass,
} from '../types/frame.ts'
import { VERSION } from '../version.ts'

/** Accounts, blocks and events; what every Substrate chain has. */
export const system = definePallet({
  name: 'System',
  index: 0,
  module: 'frame_system::pallet',
  calls: {
    remark: call(0, { remark: bytes }, 'Does nothing but cost a fee.'),
    set_storage: call(4, { items: vec(tuple(bytes, bytes)) }, 'Writes storage as it is. For root only.'),
    remark_with_event: call(7, { remark: bytes }, 'Puts the hash of the remark into an event.'),
  },
  events: {
    ExtrinsicSuccess: event(0, { dispatch_info: dispatchEventInfo }),
    ExtrinsicFailed: event(1, { dispatch_error: dispatchError, dispatch_info: dispatchEventInfo }),
    NewAccount: event(3, { account: accountId }),
    KilledAccount: event(4, { account: accountId }),
    Remarked: event(5, { sender: accountId, hash: h256 }),
  },
  errors: {
    CallFiltered: error(5, 'Calls of this kind are not let through.'),
  },
  storage: {
    Account: storageMap([['Blake2128Concat', accountId]], accountInfo, {
      nonce: 0,
      consumers: 0,
      providers: 0,
      sufficients: 0,
      data: { free: 0n, reserved: 0n, frozen: 0n, flags: 170_141_183_460_469_231_731_687_303_715_884_105_728n },
    }),
    ExtrinsicCount: storageOption(u32),
    BlockWeight: storageValue(weightPerClass, {
      normal: { ref_time: 0n, proof_size: 0n },
      operational: { ref_time: 0n, proof_size: 0n },
      mandatory: { ref_time: 0n, proof_size: 0n },
    }),
    AllExtrinsicsLen: storageOption(u32),
    BlockHash: storageMap([['Twox64Concat', u32]], h256, ZERO_HASH),
    ExtrinsicData: storageMap([['Twox64Concat', u32]], bytes, new Uint8Array()),
    Number: storageValue(u32, 0),
    ParentHash: storageValue(h256, ZERO_HASH),
    Digest: storageValue(digest, { logs: [] }),
    Events: storageValue(vec(eventRecord), []),
    EventCount: storageValue(u32, 0),
    EventTopics: storageMap([['Blake2128Concat', h256]], vec(tuple(u32, u32)), []),
    LastRuntimeUpgrade: storageOption(lastRuntimeUpgradeInfo),
    ExecutionPhase: storageOption(phase),
  },
  constants: {
    BlockWeights: constant(blockWeights, {
      base_block: { ref_time: 431_614_000n, proof_size: 0n },
      max_block: { ref_time: 4_000_000_000_000n, proof_size: 18_446_744_073_709_551_615n },
      per_class: {
        normal: {
          base_extrinsic: { ref_time: 108_157_000n, proof_size: 0n },
          max_extrinsic: { ref_time: 2_599_891_843_000n, proof_size: 11_990_383_647_911_208_550n },
          max_total: { ref_time: 3_000_000_000_000n, proof_size: 13_835_058_055_282_163_711n },
          reserved: { ref_time: 0n, proof_size: 0n },
        },
        operational: {
          base_extrinsic: { ref_time: 108_157_000n, proof_size: 0n },
          max_extrinsic: { ref_time: 3_599_891_843_000n, proof_size: 16_602_069_666_338_596_454n },
          max_total: { ref_time: 4_000_000_000_000n, proof_size: 18_446_744_073_709_551_615n },
          reserved: { ref_time: 1_000_000_000_000n, proof_size: 4_611_686_018_427_387_904n },
        },
        mandatory: {
          base_extrinsic: { ref_time: 108_157_000n, proof_size: 0n },
          max_extrinsic: undefined,
          max_total: undefined,
          reserved: undefined,
        },
      },
    }),
    BlockLength: constant(blockLength, { max: { normal: 7_864_320, operational: 10_485_760, mandatory: 10_485_760 } }),
    BlockHashCount: constant(u32, 2400),
    DbWeight: constant(runtimeDbWeight, { read: 25_000_000n, write: 100_000_000n }),
    Version: constant(runtimeVersion, VERSION),
    SS58Prefix: constant(u16, 42),
  },
})

import { btreeMap } from '../../scale/composites.ts'
import { bool, u16, u64, u128 } from '../../scale/primitives.ts'
import { storageMap, storageOptionMap, storageValue } from '../../scale/storage.ts'
import { accountId } from '../types/account.ts'
import { i96F32 } from '../types/fixed.ts'
import { lockState } from '../types/stake.ts'

/** 0.0005 TAO in 32 fraction bits. */
const LEAST_CLAIM = { bits: 500_000n << 32n }

/** Conviction locks, and what root stake has earned and may claim. */
export const lockStorage = {
  Lock: storageOptionMap(
    [
      ['Blake2128Concat', accountId],
      ['Identity', u16],
      ['Blake2128Concat', accountId],
    ],
    lockState,
    'What a coldkey has locked on a subnet, and for which hotkey.',
  ),
  DecayingLock: storageOptionMap(
    [
      ['Blake2128Concat', accountId],
      ['Identity', u16],
    ],
    bool,
    'Present and false: the coldkey’s lock there does not decay.',
  ),
  MaturityRate: storageValue(u64, 934_866n, 'Time scale of conviction, in blocks.'),
  UnlockRate: storageValue(u64, 934_866n, 'Time scale by which locked alpha becomes free, in blocks.'),
  AccountFlags: storageMap([['Blake2128Concat', accountId]], u128, 0n, 'Bit 0: takes locked alpha from others.'),
  LastColdkeyHotkeyStakeBlock: storageOptionMap(
    [
      ['Twox64Concat', accountId],
      ['Twox64Concat', accountId],
    ],
    u64,
    'When stake on root last changed.',
  ),
  RootClaimable: storageMap(
    [['Blake2128Concat', accountId]],
    btreeMap(u16, i96F32),
    [],
    'Basket shares that one rao of root stake has earned behind a validator, by subnet.',
  ),
  RootClaimableThreshold: storageMap([['Blake2128Concat', u16]], i96F32, LEAST_CLAIM, 'Least that a claim pays, rao.'),
}

import { constant } from '../../scale/pallet.ts'
import { u16, u32, u64 } from '../../scale/primitives.ts'
import { palletId } from '../types/frame.ts'

/** Defaults that the metadata publishes; the live values are in storage. */
export const constants = {
  InitialTempo: constant(u16, 360),
  InitialBurn: constant(u64, 100_000_000n),
  InitialMaxBurn: constant(u64, 100_000_000_000n),
  InitialMinBurn: constant(u64, 500_000n),
  InitialMinStake: constant(u64, 2_000_000n),
  InitialKappa: constant(u16, 32_767),
  InitialMaxAllowedUids: constant(u16, 256),
  InitialImmunityPeriod: constant(u16, 4096),
  InitialMaxAllowedValidators: constant(u16, 128),
  InitialDefaultDelegateTake: constant(u16, 11_796),
  InitialMinDelegateTake: constant(u16, 0),
  InitialServingRateLimit: constant(u64, 50n),
  InitialSubnetOwnerCut: constant(u16, 11_796),
  InitialTaoWeight: constant(u64, 971_718_665_099_567_868n),
  KeySwapCost: constant(u64, 100_000_000n),
  KeySwapOnSubnetCost: constant(u64, 1_000_000n),
  HotkeySwapOnSubnetInterval: constant(u64, 7200n),
  InitialColdkeySwapAnnouncementDelay: constant(u32, 36_000),
  InitialColdkeySwapReannouncementDelay: constant(u32, 7200),
  InitialStartCallDelay: constant(u64, 0n),
  SubtensorPalletId: constant(palletId, '0x73756274656e7372'),
  BurnAccountId: constant(palletId, '0x6275726e746e7372'),
}

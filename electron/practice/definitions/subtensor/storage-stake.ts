import { tuple, vec } from '../../scale/composites.ts'
import { u16, u32, u64 } from '../../scale/primitives.ts'
import { storageMap, storageOptionMap, storageValue } from '../../scale/storage.ts'
import { accountId, h256, ZERO_ACCOUNT } from '../types/account.ts'
import { rateLimitKey } from '../types/rate-limit-key.ts'
import { safeFloat } from '../types/stake.ts'

/** Who holds how much alpha where, and through which keys. */
export const stakeStorage = {
  TaoWeight: storageValue(u64, 971_718_665_099_567_868n),
  MaxDelegateTake: storageValue(u16, 11_796),
  MinDelegateTake: storageValue(u16, 0),
  Owner: storageMap([['Blake2128Concat', accountId]], accountId, ZERO_ACCOUNT),
  Delegates: storageMap([['Blake2128Concat', accountId]], u16, 11_796),
  AlphaDividendsPerSubnet: storageMap(
    [
      ['Identity', u16],
      ['Blake2128Concat', accountId],
    ],
    u64,
    0n,
  ),
  RootAlphaDividendsPerSubnet: storageMap(
    [
      ['Identity', u16],
      ['Blake2128Concat', accountId],
    ],
    u64,
    0n,
  ),
  StakingHotkeys: storageMap([['Blake2128Concat', accountId]], vec(accountId), []),
  OwnedHotkeys: storageMap([['Blake2128Concat', accountId]], vec(accountId), []),
  AutoStakeDestination: storageOptionMap(
    [
      ['Blake2128Concat', accountId],
      ['Identity', u16],
    ],
    accountId,
  ),
  AutoStakeDestinationColdkeys: storageMap(
    [
      ['Blake2128Concat', accountId],
      ['Identity', u16],
    ],
    vec(accountId),
    [],
  ),
  ColdkeySwapAnnouncementDelay: storageValue(u32, 36_000),
  ColdkeySwapReannouncementDelay: storageValue(u32, 7200),
  ColdkeySwapAnnouncements: storageOptionMap([['Twox64Concat', accountId]], tuple(u32, h256)),
  ColdkeySwapDisputes: storageOptionMap([['Twox64Concat', accountId]], u32),
  LastHotkeySwapOnNetuid: storageMap(
    [
      ['Identity', u16],
      ['Blake2128Concat', accountId],
    ],
    u64,
    0n,
  ),
  LastRateLimitedBlock: storageMap([['Identity', rateLimitKey]], u64, 0n),
  TotalHotkeyAlpha: storageMap(
    [
      ['Blake2128Concat', accountId],
      ['Identity', u16],
    ],
    u64,
    0n,
  ),
  TotalHotkeyAlphaLastEpoch: storageMap(
    [
      ['Blake2128Concat', accountId],
      ['Identity', u16],
    ],
    u64,
    0n,
  ),
  TotalHotkeySharesV2: storageMap(
    [
      ['Blake2128Concat', accountId],
      ['Identity', u16],
    ],
    safeFloat,
    { mantissa: 0n, exponent: 0n },
  ),
  AlphaV2: storageMap(
    [
      ['Blake2128Concat', accountId],
      ['Blake2128Concat', accountId],
      ['Identity', u16],
    ],
    safeFloat,
    { mantissa: 0n, exponent: 0n },
  ),
  NominatorMinRequiredStake: storageValue(u64, 0n),
  StakeThreshold: storageValue(u64, 0n),
  TotalStake: storageValue(u64, 0n),
  TotalIssuance: storageValue(u64, 0n),
  BlockEmission: storageValue(u64, 1_000_000_000n),
}

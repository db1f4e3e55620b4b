import { tuple, vec } from '../../scale/composites.ts'
import { bool, u16, u64 } from '../../scale/primitives.ts'
import { storageMap, storageValue } from '../../scale/storage.ts'
import { accountId } from '../types/account.ts'

/** Weight that a hotkey hands to others on a subnet, in parts of 2^64 − 1, and what these keep for it. */
const shares = vec(tuple(u64, accountId))

export const childStorage = {
  ChildKeys: storageMap(
    [
      ['Blake2128Concat', accountId],
      ['Identity', u16],
    ],
    shares,
    [],
  ),
  ParentKeys: storageMap(
    [
      ['Blake2128Concat', accountId],
      ['Identity', u16],
    ],
    shares,
    [],
  ),
  PendingChildKeys: storageMap(
    [
      ['Identity', u16],
      ['Blake2128Concat', accountId],
    ],
    tuple(shares, u64),
    [[], 0n],
    'Children that a hotkey will have at the first epoch after this block.',
  ),
  PendingChildKeyCooldown: storageValue(u64, 7200n, 'Blocks until chosen children count.'),
  ChildkeyTake: storageMap(
    [
      ['Blake2128Concat', accountId],
      ['Identity', u16],
    ],
    u16,
    0,
    'What a child keeps of the dividends of parents of other coldkeys, 65535 = all.',
  ),
  MinChildkeyTake: storageValue(u16, 0),
  MaxChildkeyTake: storageValue(u16, 11_796),
  TxChildkeyTakeRateLimit: storageValue(u64, 216_000n, 'Blocks between two raises of a take.'),
  AutoParentDelegationEnabled: storageMap(
    [['Blake2128Concat', accountId]],
    bool,
    true,
    'Whether a root validator becomes a parent of the owner of each new subnet.',
  ),
  TransactionKeyLastBlock: storageMap(
    [
      ['Blake2128Concat', accountId],
      ['Identity', u16],
      ['Identity', u16],
    ],
    u64,
    0n,
    'When a hotkey last did something on a subnet; 0 children, 1 their take.',
  ),
}

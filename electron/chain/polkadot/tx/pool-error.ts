import type { AppError } from '../../../../shared/errors.ts'
import type { RpcError } from '../net/rpc-error.ts'

/** @source subtensor `CustomTransactionError`, in the order of its numbers; 255 = BadRequest */
const CUSTOM: Readonly<Record<number, string>> = {
  0: 'ColdkeyInSwapSchedule: this coldkey is being swapped and may do nothing else',
  1: 'StakeAmountTooLow: the amount is below what the chain takes',
  2: 'BalanceTooLow: the coldkey has not enough TAO',
  3: 'SubnetNotExists: there is no such subnet',
  4: 'HotkeyAccountDoesntExist: the chain does not know this hotkey',
  5: 'NotEnoughStakeToWithdraw: there is less stake than asked for',
  6: 'RateLimitExceeded: too soon after the last one',
  7: 'InsufficientLiquidity: the pool is too small for this amount',
  8: 'SlippageTooHigh: the price would pass the limit',
  9: 'TransferDisallowed: this subnet does not let stake be transferred',
  10: 'HotKeyNotRegisteredInNetwork: the hotkey has no place on this subnet',
  11: 'InvalidIpAddress: the chain does not take this address',
  12: 'ServingRateLimitExceeded: announced too recently',
  13: 'InvalidPort: the port must not be 0',
  14: 'ZeroMaxAmount: nothing can be traded within the limit',
  15: 'InvalidRevealRound',
  16: 'CommitNotFound',
  17: 'CommitBlockNotInRevealRange',
  18: 'InputLengthsUnequal',
  19: 'UidNotFound: no such place on this subnet',
  20: 'EvmKeyAssociateRateLimitExceeded',
  21: 'ColdkeySwapDisputed: this coldkey is frozen by a dispute',
  22: 'InvalidRealAccount',
  23: 'FailedShieldedTxParsing',
  24: 'InvalidShieldedTxPubKeyHash',
  25: 'NonAssociatedColdKey: the hotkey belongs to another coldkey',
  26: 'DelegateTakeTooLow',
  27: 'DelegateTakeTooHigh',
  255: 'BadRequest',
}

/** @source substrate `author` RPC: error codes of the transaction pool */
const BY_CODE: Readonly<Record<number, string>> = {
  1012: 'temporarily banned: it was refused or dropped a moment ago',
  1013: 'it is in the pool already',
  1014: 'priority is too low: another transaction with this nonce waits already',
  1015: 'it depends on itself',
  1016: 'the pool is full',
}

/**
 * Why the node's pool refused; nothing was paid. The chain's own words stand first, so that they can be searched for.
 */
export function poolError({ code, message, data }: RpcError): AppError {
  const custom = /custom error: (\d+)/i.exec(`${data} ${message}`)?.[1]
  if (code === 1010 && custom !== undefined)
    return { code: 'chain/pool-refused', reason: CUSTOM[Number(custom)] ?? `custom error ${custom}` }
  if (/inability to pay some fees/i.test(`${data} ${message}`))
    return { code: 'chain/pool-refused', reason: 'Inability to pay some fees' }
  const words = BY_CODE[code] ?? (data || message)
  return { code: 'chain/pool-refused', reason: words }
}

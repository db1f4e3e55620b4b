import type { AppError } from '../errors.ts'
import { err, ok, type Result } from '../result.ts'
import { addRao, type Rao, rao, type Ss58, subRao } from '../units/amounts.ts'

export interface TransferRequest {
  readonly to: Ss58
  readonly amount: Rao
  /** The recipient typed in full by hand; needed where the address imitates a known one. */
  readonly typedTo?: string | undefined
  /** Whose state counts, when the wallet acts for another account; absent: its own. */
  readonly account?: Ss58 | undefined
}
/** Empties the account: all of it leaves, the fee too, and the chain forgets the account. */
export interface CloseAccountRequest {
  readonly to: Ss58
  readonly typedTo?: string | undefined
  /** Whose state counts, when the wallet acts for another account; absent: its own. */
  readonly account?: Ss58 | undefined
}

/** What the chain said at `block`, for both accounts. Gathered by the service. */
export interface TransferSnapshot {
  readonly coldkey: Ss58
  readonly block: number
  /** Free and not frozen. */
  readonly free: Rao
  /** Reserved or frozen: it cannot leave, and an account with it cannot be closed. */
  readonly held: Rao
  readonly existentialDeposit: Rao
  /** All that the recipient's account holds; 0 where the chain has no such account. */
  readonly recipientHolds: Rao
  /** Network fee of exactly this call, from the chain itself. */
  readonly txFee: Rao
}

export interface TransferPlan {
  readonly kind: 'transfer'
  readonly coldkey: Ss58
  readonly request: TransferRequest
  readonly atBlock: number
  readonly txFee: Rao
  readonly totalCost: Rao
  readonly freeAfter: Rao
  /** The account does not exist yet; this transfer opens it. */
  readonly opensAccount: boolean
}

export interface CloseAccountPlan {
  readonly kind: 'transfer-all'
  readonly coldkey: Ss58
  readonly request: CloseAccountRequest
  readonly atBlock: number
  /** What arrives if nothing else moves before: free less the fee. */
  readonly amount: Rao
  readonly txFee: Rao
  readonly opensAccount: boolean
}

/** What can be sent, and what it costs: for the form, before an amount is known. */
export interface TransferLimits {
  readonly atBlock: number
  readonly txFee: Rao
  readonly existentialDeposit: Rao
  /** Most that can be sent while the account stays: free less fee less existential deposit. */
  readonly most: Rao
  /** Least that this recipient can receive. */
  readonly least: Rao
  /** What would arrive if the account were closed; `undefined` when it cannot be. */
  readonly closing?: Rao | undefined
}

const NOTHING = rao(0n)
const ONE = rao(1n)
const less = (a: Rao, b: Rao): Rao => subRao(a, b) ?? NOTHING

/** Free less fee less existential deposit, at least 0: what `transfer_keep_alive` can move. Unit: rao. */
const mostKeepingAlive = (s: TransferSnapshot): Rao => less(less(s.free, s.txFee), s.existentialDeposit)

/** An account that would hold less than the existential deposit cannot be opened. Unit: rao, at least 1. */
function leastFor(s: TransferSnapshot): Rao {
  const missing = less(s.existentialDeposit, s.recipientHolds)
  return missing > ONE ? missing : ONE
}

/**
 * Decides whether TAO can be sent while the sender's account stays open. Pure: same input, same plan.
 *
 * @errors transfer/to-itself, transfer/too-small (nothing, or less than opens the recipient's account),
 *         transfer/balance-too-low (with fee and existential deposit)
 * @source pallet-balances `transfer_keep_alive`: fails with `Expendability` below the existential deposit of the sender
 *         and with `ExistentialDeposit` below that of the recipient. Fee: `TransactionPaymentApi_query_info`.
 */
export function planTransfer(request: TransferRequest, s: TransferSnapshot): Result<TransferPlan, AppError> {
  if (request.to === s.coldkey) return err({ code: 'transfer/to-itself' })
  const minimum = leastFor(s)
  if (request.amount < minimum) return err({ code: 'transfer/too-small', minimum })
  const totalCost = addRao(request.amount, s.txFee)
  const freeAfter = subRao(s.free, totalCost)
  const most = mostKeepingAlive(s)
  if (freeAfter === undefined || request.amount > most)
    return err({ code: 'transfer/balance-too-low', available: most, needed: request.amount })
  return ok({
    kind: 'transfer',
    coldkey: s.coldkey,
    request,
    atBlock: s.block,
    txFee: s.txFee,
    totalCost,
    freeAfter,
    opensAccount: s.recipientHolds === 0n,
  })
}

/**
 * Decides whether the account can be emptied into another and closed. Never what "Max" means.
 *
 * @errors transfer/to-itself, transfer/funds-held (something reserved or frozen would stay behind),
 *         transfer/balance-too-low, transfer/too-small
 * @source pallet-balances `transfer_all(dest, keep_alive: false)`: moves the reducible balance after the fee was taken
 */
export function planCloseAccount(
  request: CloseAccountRequest,
  s: TransferSnapshot,
): Result<CloseAccountPlan, AppError> {
  if (request.to === s.coldkey) return err({ code: 'transfer/to-itself' })
  if (s.held > 0n) return err({ code: 'transfer/funds-held', held: s.held })
  const minimum = leastFor(s)
  const amount = subRao(s.free, s.txFee)
  if (amount === undefined || amount === 0n)
    return err({ code: 'transfer/balance-too-low', available: s.free, needed: addRao(s.txFee, minimum) })
  if (amount < minimum) return err({ code: 'transfer/too-small', minimum })
  return ok({
    kind: 'transfer-all',
    coldkey: s.coldkey,
    request,
    atBlock: s.block,
    amount,
    txFee: s.txFee,
    opensAccount: s.recipientHolds === 0n,
  })
}

/**
 * What the form shows before an amount is typed.
 * @param s with the fee of a transfer of everything: a fee grows with the digits of the amount (1 rao a byte), so
 *          what remains of it at a smaller amount is at most some rao
 */
export function transferLimits(to: Ss58, s: TransferSnapshot): TransferLimits {
  const closing = planCloseAccount({ to }, s)
  return {
    atBlock: s.block,
    txFee: s.txFee,
    existentialDeposit: s.existentialDeposit,
    most: mostKeepingAlive(s),
    least: leastFor(s),
    ...(closing.ok ? { closing: closing.value.amount } : {}),
  }
}

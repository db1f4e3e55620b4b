import type { AppError } from '../errors.ts'
import { err, ok, type Result } from '../result.ts'
import type { Intent, ProxyType } from '../signing/intent.ts'
import { addRao, type Rao, rao, type Ss58, subRao } from '../units/amounts.ts'

/** On whose behalf a call is made. */
export type Via =
  | { readonly kind: 'direct' }
  /** @param forceType absent: the chain takes the first grant that lets the call through */
  | { readonly kind: 'proxy'; readonly real: Ss58; readonly forceType?: ProxyType | undefined }
  | { readonly kind: 'multisig'; readonly address: Ss58 }

/** What the chain said at `block`. Gathered by the service. */
export interface AccountSnapshot {
  readonly signer: Ss58
  readonly block: number
  /** Free and not frozen, of the signer, rao. */
  readonly free: Rao
  readonly existentialDeposit: Rao
  readonly txFee: Rao
  /** Kept back by the chain as long as what is made lasts, rao. */
  readonly deposit: Rao
  /** Gone for good, besides the fee (the first announcement of a coldkey swap), rao. */
  readonly charge: Rao
}

/** A call about an account, or on behalf of another one, as a person confirms it. */
export interface AccountPlan {
  readonly kind: 'account'
  /** The account that the call is about: the signer, the one behind a proxy, or a shared one. */
  readonly coldkey: Ss58
  /** Signs and pays. */
  readonly signer: Ss58
  readonly via: Via
  /** What is meant. */
  readonly inner: Intent
  /** What is signed: `inner`, wrapped in what `via` needs. */
  readonly intent: Intent
  /** See the recipient checks of a plain transfer. */
  readonly typedTo?: string | undefined
  /** Two sources disagree on the price, and the person who saw both goes on. */
  readonly despiteDoubts?: boolean | undefined
  /** Typed before alpha is destroyed. */
  readonly typedWords?: string | undefined
  /** Of a claim from root: what it would add to the stake there by the chain of `atBlock`, rao. */
  readonly claims?: Rao | undefined
  /** What a seat or the change of a hotkey takes from `coldkey` besides the fee, by the chain of `atBlock`, rao. */
  readonly placeCost?: Rao | undefined
  readonly atBlock: number
  readonly txFee: Rao
  readonly deposit: Rao
  readonly charge: Rao
  readonly freeAfter: Rao
}

/** What is asked for, once it is known how it is wrapped. */
export interface AccountRequest {
  readonly coldkey: Ss58
  readonly via: Via
  readonly inner: Intent
  readonly intent: Intent
  readonly typedTo?: string | undefined
  readonly despiteDoubts?: boolean | undefined
  readonly typedWords?: string | undefined
  readonly claims?: Rao | undefined
  /** What a seat or the change of a hotkey takes from `coldkey` besides the fee, rao. */
  readonly placeCost?: Rao | undefined
}

const NOTHING = rao(0n)

/** TAO that the signer itself spends by the call, besides fee, deposit and charge: only when it acts for itself. */
function spentBy({ via, inner, placeCost }: AccountRequest): Rao {
  if (via.kind !== 'direct') return NOTHING
  if (placeCost !== undefined) return placeCost
  if (inner.kind === 'add-stake' || inner.kind === 'transfer') return inner.amount
  return inner.kind === 'register' ? inner.limit : NOTHING
}

/**
 * Decides whether the signer can pay for a call about an account. Pure: same input, same plan.
 * @errors account/balance-too-low, with fee, deposit, charge and existential deposit
 */
export function planAccount(request: AccountRequest, s: AccountSnapshot): Result<AccountPlan, AppError> {
  const cost = [s.txFee, s.deposit, s.charge, spentBy(request)].reduce(addRao)
  const freeAfter = subRao(s.free, cost)
  // A dispute is worth the account's last rao; everything else leaves it alive.
  const floor = request.intent.kind === 'dispute-coldkey-swap' ? NOTHING : s.existentialDeposit
  if (freeAfter === undefined || freeAfter < floor)
    return err({ code: 'account/balance-too-low', available: s.free, needed: addRao(cost, floor) })
  return ok({
    kind: 'account',
    ...request,
    signer: s.signer,
    atBlock: s.block,
    txFee: s.txFee,
    deposit: s.deposit,
    charge: s.charge,
    freeAfter,
  })
}

import { type Intent, innerIntents } from '../signing/intent.ts'
import type { StakeMovesPlan } from '../staking/stake-move.ts'
import { type Rao, rao, U64_MAX } from '../units/amounts.ts'

/** Why a transaction is not hidden until it is in a block. */
export type ShieldRefusal =
  | 'not-a-trade'
  | 'root'
  | 'proxied'
  | 'hotkey'
  | 'not-offered'
  | 'no-key'
  | 'too-fast'
  | 'too-long'
  | 'air-gapped'
  | 'cannot-pay-cover'
  | 'cover-unknown'
  | 'turned-off'

/** `auto`: where it helps and works. `on`: also where blocks come fast. `off`: never. */
export type ShieldMode = 'auto' | 'on' | 'off'

/** Whether a prepared transaction will be hidden, and what the cover costs, or why not. */
export type ShieldVerdict =
  | { readonly hidden: true; readonly carrierFee?: Rao | undefined }
  | { readonly hidden: false; readonly reason: ShieldRefusal }

/** What a transaction needs of an account's TAO without a cover, rao. */
export interface TaoNeed {
  /** Free and not frozen. */
  readonly free: Rao
  /** Its network fees and what it spends. */
  readonly needed: Rao
}

/**
 * What a plan takes out of the free TAO. What its sales bring is not counted: the fees are taken before. A fee that the plan
 * pays in alpha counts too: a cover is always paid in TAO, and the fee of what it hides is asked of the rest of it first.
 */
export function taoNeedOf({ free, txFee, steps }: Pick<StakeMovesPlan, 'free' | 'txFee' | 'steps'>): TaoNeed {
  const spent = steps.reduce((sum, { move, gives }) => (move.kind === 'add' ? sum + gives : sum), 0n)
  const needed = txFee + spent
  return { free, needed: rao(needed > U64_MAX ? U64_MAX : needed) }
}

/** Why an account cannot pay for a cover and then for what is in it; `undefined`: it can. What is unknown counts as a no. */
export function coverRefusal(
  need: TaoNeed | undefined,
  {
    carrierFee,
    existentialDeposit,
  }: { readonly carrierFee?: Rao | undefined; readonly existentialDeposit?: Rao | undefined },
): ShieldRefusal | undefined {
  if (!need || carrierFee === undefined || existentialDeposit === undefined) return 'cover-unknown'
  return need.free < carrierFee + need.needed + existentialDeposit ? 'cannot-pay-cover' : undefined
}

const ROOT = 0

/**
 * Whether hiding helps this call at all: it does where the call moves a price, so that somebody who sees it waiting could
 * trade before it. Pure.
 * @returns `undefined` when it helps
 */
export function shieldRefusal(intent: Intent): ShieldRefusal | undefined {
  switch (intent.kind) {
    case 'add-stake':
    case 'remove-stake':
    case 'remove-stake-full':
      return intent.netuid === ROOT ? 'root' : undefined
    case 'swap-stake':
    case 'move-stake':
    case 'move-stake-limit':
    case 'transfer-stake':
      return intent.fromNetuid === intent.toNetuid ? 'not-a-trade' : undefined
    case 'batch': {
      const reasons = innerIntents(intent).map(shieldRefusal)
      return reasons.length > 0 && reasons.some((reason) => reason === undefined) ? undefined : 'not-a-trade'
    }
    // The chain cannot open these, or each needs a hash that is known before.
    case 'proxied':
    case 'proxied-announced':
    case 'multisig-alone':
    case 'multisig-execute':
      return 'proxied'
    case 'serve-axon':
      return 'hotkey'
    default:
      return 'not-a-trade'
  }
}

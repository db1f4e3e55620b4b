import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { HoldingIntent, Intent, IntentKind } from '../../shared/signing/intent.ts'
import { holdingRefusal } from '../../shared/staking/holding-refusal.ts'
import { foreseenClaim } from '../../shared/staking/root-claim.ts'
import type { Rao, Ss58 } from '../../shared/units/amounts.ts'
import type { HoldingsPort } from '../chain/holdings.port.ts'

const HOLDING: { readonly [K in HoldingIntent['kind']]: true } = {
  'move-stake-limit': true,
  'lock-stake': true,
  'move-lock': true,
  'set-perpetual-lock': true,
  'reject-locked-alpha': true,
  'recycle-alpha': true,
  'burn-alpha': true,
  'set-auto-stake': true,
  'claim-root': true,
  'claim-root-of': true,
  'limit-order': true,
  'cancel-order': true,
}
export const isHolding = (intent: Intent): intent is HoldingIntent =>
  Object.hasOwn(HOLDING, intent.kind satisfies IntentKind)

/** What a call about a holding would bring. */
export interface Foreseen {
  /** Of a claim from root: TAO that becomes stake on root, rao. Absent for everything else, and where nobody tells. */
  readonly claims?: Rao | undefined
}

/** Why the chain would not do what a holder asks for, and what it would bring; nothing for every other kind of call. */
export async function holdingCheck(
  chain: Pick<HoldingsPort, 'holdingAnswer'>,
  { coldkey, intent, txFee }: { readonly coldkey: Ss58; readonly intent: Intent; readonly txFee: Rao },
): Promise<Result<Foreseen, AppError>> {
  if (!isHolding(intent)) return ok({})
  if (intent.kind === 'limit-order') return err({ code: 'order/not-a-call' })
  const answer = await chain.holdingAnswer(coldkey, intent)
  if (!answer.ok) return answer
  const refusal = holdingRefusal(intent, { ...answer.value, txFee })
  if (refusal) return err(refusal)
  if (intent.kind !== 'claim-root' && intent.kind !== 'claim-root-of') return ok({})
  const claims = foreseenClaim(answer.value.state, intent.kind === 'claim-root-of' ? intent.hotkey : undefined)
  return ok(claims === undefined ? {} : { claims })
}

import type { AppError } from '../../shared/errors.ts'
import type { HoldingIntent, Intent, IntentKind } from '../../shared/signing/intent.ts'
import { holdingRefusal } from '../../shared/staking/holding-refusal.ts'
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

/** Why the chain would not do what a holder asks for; `undefined` for every other kind of call. */
export async function holdingCheck(
  chain: Pick<HoldingsPort, 'holdingAnswer'>,
  { coldkey, intent, txFee }: { readonly coldkey: Ss58; readonly intent: Intent; readonly txFee: Rao },
): Promise<AppError | undefined> {
  if (!isHolding(intent)) return undefined
  if (intent.kind === 'limit-order') return { code: 'order/not-a-call' }
  const answer = await chain.holdingAnswer(coldkey, intent)
  return answer.ok ? holdingRefusal(intent, { ...answer.value, txFee }) : answer.error
}

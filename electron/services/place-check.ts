import type { AppError } from '../../shared/errors.ts'
import { isPlaceIntent, placeRefusal } from '../../shared/registration/place-call.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Intent } from '../../shared/signing/intent.ts'
import { addRao, type Rao, type Ss58 } from '../../shared/units/amounts.ts'
import type { AccountsPort } from '../chain/accounts.port.ts'
import type { PlacesPort } from '../chain/places.port.ts'

export interface PlaceCheckAsk {
  readonly coldkey: Ss58
  readonly intent: Intent
  /** Who signs; what the call takes is the coldkey's, whoever that is. */
  readonly pays: Ss58
}

/** Why the chain would not give a seat or let a hotkey become another, and what it takes; nothing for every other call. */
export async function placeCheck(
  chain: PlacesPort & Pick<AccountsPort, 'quoteCall'>,
  { coldkey, intent, pays }: PlaceCheckAsk,
): Promise<Result<{ readonly placeCost?: Rao }, AppError>> {
  if (!isPlaceIntent(intent)) return ok({})
  const facts = await chain.placeFacts(coldkey, intent)
  if (!facts.ok) return facts
  const refusal = placeRefusal(intent, coldkey, facts.value)
  if (refusal) return err(refusal)
  const { cost } = facts.value
  if (pays === coldkey) return ok({ placeCost: cost })
  const account = await chain.quoteCall(coldkey, intent)
  if (!account.ok) return account
  const { free, existentialDeposit } = account.value
  const needed = addRao(cost, existentialDeposit)
  return free < needed ? err({ code: 'account/balance-too-low', available: free, needed }) : ok({ placeCost: cost })
}

import type { AppError } from '../../shared/errors.ts'
import type { PlaceFacts } from '../../shared/registration/place-call.ts'
import type { Result } from '../../shared/result.ts'
import type { PlaceIntent } from '../../shared/signing/intent.ts'
import type { Ss58 } from '../../shared/units/amounts.ts'

/** The chain seen by somebody who gives a hotkey a place, or lets another one have it. */
export interface PlacesPort {
  /**
   * Three requests; two more on a full root.
   * @errors chain/unsupported, chain/bad-answer
   */
  placeFacts(coldkey: Ss58, intent: PlaceIntent): Promise<Result<PlaceFacts, AppError>>
}

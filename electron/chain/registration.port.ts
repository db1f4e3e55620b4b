import type { AppError } from '../../shared/errors.ts'
import type { Places } from '../../shared/registration/places.ts'
import type { PriceRules } from '../../shared/registration/price-course.ts'
import type { Result } from '../../shared/result.ts'
import type { Alpha, Netuid, Rao } from '../../shared/units/amounts.ts'

/** A subnet as somebody sees it who wants a place, or wants to keep one. All of one block. */
export interface RegistrationFacts extends Places {
  readonly netuid: Netuid
  /** For a place, now. */
  readonly price: Rao
  readonly rules: PriceRules
  readonly open: boolean
  /** Blocks between two epochs, and the block of the last one: `emission` of the places is of that. */
  readonly tempo: number
  readonly lastEpochBlock: number
}

/** What the chain says of places on subnets. */
export interface RegistrationPort {
  /** Two requests. @errors stake/unknown-subnet, chain/unsupported, chain/bad-answer */
  registrationFacts(netuid: Netuid): Promise<Result<RegistrationFacts, AppError>>
  /**
   * What the sale of each amount would bring now, each for itself, by the chain's own simulation. A request for each amount above 0.
   * @returns rao in the order of `amounts`; `undefined` where the chain could not swap it
   * @errors chain/unsupported, chain/bad-answer
   */
  daySales(netuid: Netuid, amounts: readonly Alpha[]): Promise<Result<readonly (Rao | undefined)[], AppError>>
  /**
   * The subnet that is removed when the next one is registered and no place is left; `undefined`: none would be. One request.
   * @errors chain/unsupported, chain/bad-answer
   */
  subnetToPrune(): Promise<Result<Netuid | undefined, AppError>>
}

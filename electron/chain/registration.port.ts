import type { AppError } from '../../shared/errors.ts'
import type { Collateral } from '../../shared/registration/collateral.ts'
import type { PaidEpoch } from '../../shared/registration/outlook.ts'
import type { Places } from '../../shared/registration/places.ts'
import type { PriceRules } from '../../shared/registration/price-course.ts'
import type { Result } from '../../shared/result.ts'
import type { Alpha, Netuid, Rao, Ss58 } from '../../shared/units/amounts.ts'

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
  /** What the subnet binds of the price. `undefined`: the chain does not say. */
  readonly collateral?: Collateral | undefined
}

/** What a place costs on each subnet, in one block. */
export interface PlacePrices {
  readonly block: number
  readonly prices: readonly {
    readonly netuid: Netuid
    readonly price: Rao
    /** Block in which the subnet was created: another one may get the number of one that was removed. Absent: the chain does not say. */
    readonly since?: number | undefined
  }[]
}

/** What the events of some blocks tell of places. */
export interface PlaceEvents {
  readonly registrations: readonly {
    readonly block: number
    readonly netuid: Netuid
    readonly uid: number
    readonly hotkey: Ss58
  }[]
  /** Places may have changed in another way, too: a hotkey became another, a subnet came, went or was cut. */
  readonly othersChanged: boolean
}

/** What stands between subnets and their removal. */
export interface RemovalFacts {
  readonly block: number
  /** Removed when the next subnet is registered and no place for it is left. `undefined`: none would be. */
  readonly next: Netuid | undefined
  /** Places for subnets that nobody holds. `undefined`: the chain did not say. */
  readonly freeSubnets: number | undefined
  /** Blocks after its registration in which a subnet is not removed. `undefined`: the chain did not say. */
  readonly immunityBlocks: number | undefined
  /** Of those that were asked for. */
  readonly registeredAt: ReadonlyMap<Netuid, number>
}

/** What the chain says of places on subnets. */
export interface RegistrationPort {
  /** Two requests. @errors stake/unknown-subnet, chain/unsupported, chain/bad-answer */
  registrationFacts(netuid: Netuid): Promise<Result<RegistrationFacts, AppError>>
  /**
   * What miners got in epochs before the last one, newest first; it ends at the first block whose state the node has not. Two or three
   * requests an epoch.
   * @param most epochs
   * @errors chain/unsupported, chain/not-connected
   */
  earlierPay(
    last: { readonly netuid: Netuid; readonly lastEpochBlock: number },
    most: number,
  ): Promise<Result<readonly PaidEpoch[], AppError>>
  /**
   * What the sale of each amount would bring now, each for itself, by the chain's own simulation. A request for each amount above 0.
   * @returns rao in the order of `amounts`; `undefined` where the chain could not swap it
   * @errors chain/unsupported, chain/bad-answer
   */
  daySales(netuid: Netuid, amounts: readonly Alpha[]): Promise<Result<readonly (Rao | undefined)[], AppError>>
  /** Every subnet but root. Two requests. @errors chain/unsupported, chain/bad-answer */
  placePrices(): Promise<Result<PlacePrices, AppError>>
  /**
   * From the events of blocks `from..to`, both inclusive: one request a block, none where events are followed already.
   * @errors chain/unsupported where the node has forgotten the blocks, chain/bad-answer
   */
  placeEvents(range: { readonly from: number; readonly to: number }): Promise<Result<PlaceEvents, AppError>>
  /** Three requests. @errors chain/unsupported, chain/bad-answer */
  removalFacts(netuids: readonly Netuid[]): Promise<Result<RemovalFacts, AppError>>
}

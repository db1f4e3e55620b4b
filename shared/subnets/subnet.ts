import type { Alpha, Netuid, Rao, RaoPerAlpha, Ss58 } from '../units/amounts.ts'

/** One subnet as the chain describes it. Names and symbols are text of strangers: show them cleaned, never as markup. */
export interface Subnet {
  readonly netuid: Netuid
  readonly name: string
  readonly symbol: string
  readonly ownerColdkey: Ss58
  readonly ownerHotkey: Ss58
  /** Spot price for the next unit; root is 1e9 by definition. `undefined` when the chain gave none. */
  readonly price?: RaoPerAlpha | undefined
  readonly taoReserve: Rao
  readonly alphaReserve: Alpha
  readonly alphaOutside: Alpha
  /** TAO injected per block. */
  readonly taoPerBlock: Rao
  /** Slow average of the price by which the network shares out its TAO; not what one can trade at. */
  readonly movingPrice?: RaoPerAlpha | undefined
  /** rao that were paid for alpha or received for it since the token began, as the chain counts them. */
  readonly volume?: bigint | undefined
  /** Alpha issued per block to the owner, miners, validators and their stakers. */
  readonly alphaPerBlock?: Alpha | undefined
  /** Blocks between epochs. */
  readonly tempo: number
  /** First block of the next epoch, as the chain gives it. `undefined` where it does not. */
  readonly nextEpochBlock?: number | undefined
  /** False until the owner started the token: no staking except on root. */
  readonly started: boolean
  readonly registeredAtBlock: number
  /** Cost of a place now. `undefined` on root and where unknown. */
  readonly registrationPrice?: Rao | undefined
  readonly registrationOpen: boolean
  readonly places: number
  readonly placesTaken: number
}

export interface SubnetsSnapshot {
  readonly block: number
  readonly subnets: readonly Subnet[]
}

/** A hotkey on a subnet that one can stake to. */
export interface Validator {
  readonly hotkey: Ss58
  readonly uid: number
  readonly name?: string | undefined
  /** Share of dividends the validator keeps, parts per million. `undefined` when it is no delegate. */
  readonly takePpm?: number | undefined
  readonly permit: boolean
  /** Total stake weight on this subnet, 1e-9 alpha. */
  readonly stake: Alpha
  readonly ownerColdkey: Ss58
}

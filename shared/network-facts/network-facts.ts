import { type Rao, rao, type Ss58, UNITS_PER_WHOLE } from '../units/amounts.ts'

/** A hotkey with a seat on root. */
export interface RootSeat {
  readonly hotkey: Ss58
  readonly ownerColdkey: Ss58
  /** Name that its owner gave. Text of a stranger. */
  readonly name?: string | undefined
  /** TAO staked to it on root. */
  readonly stake: Rao
}

/** The network as a whole at one block. */
export interface NetworkFacts {
  readonly block: number
  /** All TAO that exist. */
  readonly issuance: Rao
  /** What the chain says that the last block issued. `undefined` where it does not say. */
  readonly blockEmission?: Rao | undefined
  /** All TAO staked on root, also with hotkeys that have no seat. */
  readonly rootStake: Rao
  /** Largest first. */
  readonly rootSeats: readonly RootSeat[]
}

/** No more TAO than this will ever exist. @source subtensor `TotalSupply` */
export const SUPPLY_CAP: Rao = rao(21_000_000n * UNITS_PER_WHOLE)

/** How often the emission was halved when so much exists: floor(log2(1 / (1 − issuance / cap))). `undefined` at the cap. */
function halvings(issuance: Rao): bigint | undefined {
  const left = SUPPLY_CAP - issuance
  if (left <= 0n) return undefined
  let count = 0n
  while (left << (count + 1n) <= SUPPLY_CAP) count += 1n
  return count
}

/**
 * What one block issues by the chain's rule.
 * @returns rao; 0 at the cap
 * @source subtensor `coinbase/block_emission.rs`: 1e9 >> floor(log2(1 / (1 − issuance / 21e15)))
 */
export function emissionAt(issuance: Rao): Rao {
  const count = halvings(issuance)
  return rao(count === undefined ? 0n : UNITS_PER_WHOLE >> count)
}

export interface Halving {
  /** TAO that exist when it comes. */
  readonly atIssuance: Rao
  /** Blocks until then, if every block issues all that the rule allows and nothing is recycled: it cannot come sooner. */
  readonly blocksLeft: bigint
  /** Emission of a block after it. */
  readonly emissionAfter: Rao
}

/** `undefined` when nothing is issued any more. */
export function nextHalving(issuance: Rao): Halving | undefined {
  const count = halvings(issuance)
  const emission = emissionAt(issuance)
  if (count === undefined || emission === 0n) return undefined
  const atIssuance = SUPPLY_CAP - (SUPPLY_CAP >> (count + 1n))
  return {
    atIssuance: rao(atIssuance),
    blocksLeft: (atIssuance - issuance + emission - 1n) / emission,
    emissionAfter: rao(UNITS_PER_WHOLE >> (count + 1n)),
  }
}

const LARGEST = 5

export interface Concentration {
  /** Stake of the five largest hotkeys, rao. */
  readonly ofHotkeys: Rao
  /** Stake of the five owners with most, rao: one owner may have several hotkeys. */
  readonly ofOwners: Rao
  readonly total: Rao
}

const sumOfLargest = (stakes: readonly bigint[]): Rao =>
  rao(
    [...stakes]
      .sort((a, b) => (a < b ? 1 : a > b ? -1 : 0))
      .slice(0, LARGEST)
      .reduce((sum, one) => sum + one, 0n),
  )

/** How much of root the five largest hold. `undefined` while nothing is staked, or when the parts are more than the whole. */
export function rootConcentration(facts: Pick<NetworkFacts, 'rootSeats' | 'rootStake'>): Concentration | undefined {
  const owners = new Map<string, bigint>()
  for (const { ownerColdkey, stake } of facts.rootSeats)
    owners.set(ownerColdkey, (owners.get(ownerColdkey) ?? 0n) + stake)
  const all = facts.rootSeats.reduce((sum, { stake }) => sum + stake, 0n)
  if (facts.rootStake === 0n || all > facts.rootStake) return undefined
  return {
    ofHotkeys: sumOfLargest(facts.rootSeats.map(({ stake }) => stake)),
    ofOwners: sumOfLargest([...owners.values()]),
    total: facts.rootStake,
  }
}

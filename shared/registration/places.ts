import type { Ss58 } from '../units/amounts.ts'
import { FEWEST_BLOCKS } from './survival.ts'

/** One uid, as far as keeping it is concerned. */
export interface Place {
  readonly uid: number
  readonly hotkey: Ss58
  /** 1e-9 alpha of the last whole epoch, for mining and validating together. */
  readonly emission: bigint
  /** Share of what miners got, parts per 65_535. */
  readonly incentive: number
  readonly registeredAt: number
  readonly permit: boolean
  /** Of the owner of the subnet: it is never replaced. */
  readonly ownersOwn: boolean
}

export interface Places {
  readonly block: number
  readonly most: number
  readonly immunityBlocks: number
  /** With so many or fewer outside of immunity, an immune one is replaced, or nobody. `undefined`: the chain did not say. */
  readonly minNonImmune: number | undefined
  /** Block in which the subnet was created: another one may get the number of one that was removed. Absent: the chain did not say. */
  readonly since?: number | undefined
  readonly places: readonly Place[]
}

export interface Standing {
  readonly immuneUntilBlock: number
  readonly immune: boolean
  /**
   * 1 = the next to be replaced among those that may be; `undefined` while immune, of the owner's own place, or unknown. Lowest
   * emission first, then the oldest registration, then the lowest uid.
   */
  readonly fromBottom: number | undefined
  /** How many may be replaced now. */
  readonly mortal: number
}

const isImmune = ({ registeredAt }: Place, { block, immunityBlocks }: Places): boolean =>
  block - registeredAt < immunityBlocks

const goesBefore = (a: Place, b: Place): number =>
  a.emission !== b.emission
    ? a.emission < b.emission
      ? -1
      : 1
    : a.registeredAt !== b.registeredAt
      ? a.registeredAt - b.registeredAt
      : a.uid - b.uid

/**
 * Those that may be replaced, the next first. The last `minNonImmune` outside of immunity are safe as long as somebody is immune.
 * @source subtensor `subnets/registration.rs` get_neuron_to_prune; protocol.md 4
 */
export function replacedNext(all: Places): readonly Place[] {
  const open = all.places.filter((place) => !place.ownersOwn)
  const mortal = open.filter((place) => !isImmune(place, all))
  const safe = all.minNonImmune ?? 0
  return (mortal.length > safe ? mortal : open.filter((place) => isImmune(place, all))).toSorted(goesBefore)
}

/** @returns `undefined`: no such uid */
export function standingOf(all: Places, uid: number): Standing | undefined {
  const place = all.places.find((one) => one.uid === uid)
  if (!place) return undefined
  const queue = replacedNext(all)
  const index = queue.findIndex((one) => one.uid === uid)
  return {
    immuneUntilBlock: place.registeredAt + all.immunityBlocks,
    immune: isImmune(place, all),
    fromBottom: index < 0 ? undefined : index + 1,
    mortal: queue.length,
  }
}

export interface PlacesSummary {
  readonly taken: number
  readonly most: number
  readonly immune: number
  /**
   * Registrations of the last {@link SEEN_BLOCKS}, of a full subnet of one immunity, that still hold their place: at least so many there were. Who was replaced meanwhile
   * is not among them.
   */
  readonly registeredLately: number
  /** Blocks in which they came; fewer on a chain that is younger. */
  readonly inBlocks: number
}

/** A day of 12 s blocks. */
export const SEEN_BLOCKS = 7_200

/** Of a full subnet only who is immune has certainly not been replaced: a longer look back would miss the more, the more register. */
const lookBack = ({ places, most, immunityBlocks }: Places): number =>
  places.length < most ? SEEN_BLOCKS : Math.min(SEEN_BLOCKS, Math.max(FEWEST_BLOCKS, immunityBlocks))

/** How many may be immune at a time before the chain replaces immune ones. */
export const immunityRoom = ({ places, most, minNonImmune }: Places): number =>
  Math.max(0, Math.max(most, places.length) - places.filter(({ ownersOwn }) => ownersOwn).length - (minNonImmune ?? 0))

export function summaryOf(all: Places): PlacesSummary {
  const { places, most, block } = all
  const from = Math.max(0, block - lookBack(all))
  return {
    taken: places.length,
    most,
    immune: places.filter((place) => isImmune(place, all)).length,
    // Of block 0 are those that the chain began with: nobody registered them.
    registeredLately: places.filter(({ registeredAt }) => registeredAt > from).length,
    inBlocks: block - from,
  }
}

/** Who earns what among those that mine: uids without a validator permit. 1e-9 alpha of one epoch. */
export interface Distribution {
  readonly miners: number
  /** Quartiles by nearest rank: a quarter of all miners got no more than `lowQuartile`. */
  readonly lowQuartile: bigint
  readonly median: bigint
  readonly highQuartile: bigint
  readonly best: bigint
  /** Of all that miners got, parts per million. */
  readonly topTenPpm: number
  /** Of all miners, parts per million. */
  readonly earnNothingPpm: number
}

/** Fewer say nothing about the next one. */
export const FEWEST_MINERS = 5

const ppm = (part: bigint, whole: bigint): number => Number((part * 1_000_000n) / whole)

/** @returns `undefined` with fewer than {@link FEWEST_MINERS} miners */
export function distributionOf(emissions: readonly bigint[]): Distribution | undefined {
  const { length } = emissions
  if (length < FEWEST_MINERS) return undefined
  const sorted = emissions.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const at = (quarters: number): bigint => sorted[Math.ceil((length * quarters) / 4) - 1] ?? 0n
  const all = sorted.reduce((sum, one) => sum + one, 0n)
  const topTen = sorted.slice(-10).reduce((sum, one) => sum + one, 0n)
  return {
    miners: length,
    lowQuartile: at(1),
    median: at(2),
    highQuartile: at(3),
    best: at(4),
    topTenPpm: all === 0n ? 0 : ppm(topTen, all),
    earnNothingPpm: ppm(BigInt(sorted.filter((one) => one === 0n).length), BigInt(length)),
  }
}

import type { PricePoint } from '../../shared/registration/price-course.ts'
import type { Registration, WatchedSpan } from '../../shared/registration/recorded-course.ts'
import type { OwnPlace } from '../../shared/registration/watch.ts'
import type { Netuid, Rao } from '../../shared/units/amounts.ts'

/** Part of the storage: what places cost, who registered, and which places were ours. Each method is one transaction. */
export interface PlaceStorage {
  /** Keeps a look at all subnets. One of the same block that is there already stays. */
  recordPlacePrices(
    genesis: string,
    look: { readonly block: number; readonly prices: readonly { readonly netuid: Netuid; readonly price: Rao }[] },
  ): void
  lastPlacePrices(genesis: string): number | undefined
  /** Oldest first. */
  placePrices(genesis: string, netuid: Netuid, fromBlock: number): readonly PricePoint[]
  /**
   * The events of `span` were read, and these are all registrations in it. Spans that touch become one.
   */
  recordRegistrations(
    genesis: string,
    span: WatchedSpan,
    registrations: readonly (Registration & { readonly netuid: Netuid })[],
  ): void
  /** Spans whose events were read, oldest first; those that end at `fromBlock` or later. */
  watchedSpans(genesis: string, fromBlock: number): readonly WatchedSpan[]
  /** Oldest first. */
  registrations(genesis: string, netuid: Netuid, fromBlock: number): readonly Registration[]
  /** Of the looks before `olderThan`, keeps the first in each span of `every` blocks. */
  thinPlacePrices(genesis: string, rule: { readonly olderThan: number; readonly every: number }): void
  /** Forgets registrations, and that they were looked for, before `block`. */
  forgetRegistrationsBefore(genesis: string, block: number): void
  /** Forgets everything of blocks above: the chain began again under the same name. */
  forgetPlacesAfter(genesis: string, block: number): void
  ownPlaces(genesis: string): readonly OwnPlace[]
  /** Replaces them. */
  setOwnPlaces(genesis: string, places: readonly OwnPlace[]): void
}

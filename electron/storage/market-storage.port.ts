import type { MarketMoment, MarketPoint, MarketSample } from '../../shared/subnets/market.ts'
import type { PaidEpoch } from '../../shared/subnets/measured-yield.ts'
import type { Netuid, Ss58 } from '../../shared/units/amounts.ts'

/** What one epoch paid to one validator's stakers. */
export interface ValidatorEpoch extends PaidEpoch {
  readonly hotkey: Ss58
}

/** Part of the storage: what the market looked like, and which subnets somebody marked. Each method is one transaction. */
export interface MarketStorage {
  /**
   * Keeps a look at the market. A look at the same block that is there already stays.
   * @param moment `whole`: all subnets were looked at, so a subnet without a point was not there
   */
  recordMarket(
    genesis: string,
    moment: MarketMoment & { readonly whole: boolean },
    points: readonly MarketPoint[],
  ): void
  /** Last look at all subnets. */
  lastMarketMoment(genesis: string): MarketMoment | undefined
  /** The look at all subnets that was nearest to a time; `undefined` when there was none. */
  marketMomentNear(genesis: string, atMs: number): MarketMoment | undefined
  marketAt(genesis: string, block: number): readonly MarketPoint[]
  /** Oldest first. */
  marketSamples(genesis: string, netuid: Netuid, fromBlock: number): readonly MarketSample[]
  /** Of the looks before `olderThan`, keeps the first in each span of `every` blocks. */
  thinMarket(genesis: string, rule: { readonly olderThan: number; readonly every: number }): void
  /** Forgets all looks at blocks above: the chain began again under the same name. */
  forgetMarketAfter(genesis: string, block: number): void
  /** Keeps what one epoch paid; an epoch that is kept already stays. Those before `keepFrom` are forgotten. */
  recordValidatorEpoch(
    genesis: string,
    of: { readonly netuid: Netuid; readonly epochBlock: number; readonly keepFrom: number },
    rows: readonly ValidatorEpoch[],
  ): void
  /** The newest epoch of a subnet that is kept. */
  lastValidatorEpoch(genesis: string, netuid: Netuid): number | undefined
  /** All that is kept of a subnet, by hotkey. */
  validatorEpochs(genesis: string, netuid: Netuid, fromBlock: number): ReadonlyMap<Ss58, readonly PaidEpoch[]>
  favouriteSubnets(genesis: string): readonly Netuid[]
  setFavouriteSubnet(genesis: string, netuid: Netuid, favourite: boolean): void
}

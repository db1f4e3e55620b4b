import type { AppError } from '../../shared/errors.ts'
import type { NetworkFacts } from '../../shared/network-facts/network-facts.ts'
import type { Result } from '../../shared/result.ts'
import type { MarketDepth, MarketPoint, MarketSample, SubnetStatement } from '../../shared/subnets/market.ts'
import type { ValidatorTable } from '../../shared/subnets/validator-table.ts'
import type { Netuid } from '../../shared/units/amounts.ts'

/** The chain seen by somebody who compares subnets, validators and the network. */
export interface MarketsPort {
  /** The market of every subnet at the newest block. Two requests. */
  market(): Promise<Result<{ readonly block: number; readonly points: readonly MarketPoint[] }, AppError>>
  /** What selling would bring, by the chain's own simulation. Six requests. @errors stake/unknown-subnet, stake/no-liquidity */
  marketDepth(netuid: Netuid): Promise<Result<MarketDepth, AppError>>
  /** What its owner says of a subnet. One request. @errors stake/unknown-subnet */
  subnetStatement(netuid: Netuid): Promise<Result<SubnetStatement, AppError>>
  /** Everyone with a permit. Two requests, however many there are. @errors stake/unknown-subnet */
  validatorTable(netuid: Netuid): Promise<Result<ValidatorTable, AppError>>
  /** Two requests. */
  networkFacts(): Promise<Result<NetworkFacts, AppError>>
  /**
   * Reads one subnet at past blocks, newest first, about three requests each; stops at the first block whose state the node
   * has forgotten.
   * @param onSample each one as it comes
   * @errors chain/unsupported names that block
   */
  marketPast(
    netuid: Netuid,
    blocks: readonly number[],
    onSample: (sample: MarketSample) => void,
  ): Promise<Result<null, AppError>>
}

import { type MarketPoint, RECORD_EVERY_BLOCKS, RECORD_THINNING } from '../../shared/subnets/market.ts'
import type { SubnetsSnapshot } from '../../shared/subnets/subnet.ts'
import type { ChainPort } from '../chain/chain.port.ts'
import type { MarketsPort } from '../chain/markets.port.ts'
import type { MarketStorage } from '../storage/market-storage.port.ts'
import type { ClockPort, LogPort } from '../system/system.port.ts'

export interface RecorderDeps {
  readonly chain: ChainPort & MarketsPort
  readonly storage: MarketStorage
  readonly clock: ClockPort
  readonly log: LogPort
  /** Genesis of the connected chain. */
  readonly genesis: () => string | undefined
}

/** What somebody watches anyway is taken instead of a read of our own, if it is no older. */
const FRESH_BLOCKS = 3
/** After a failed read, and after a connection: then a public endpoint is busy with what somebody waits for. */
const PAUSE_BLOCKS = 10
/** No reorganisation goes so deep: a head that is lower by more belongs to a chain that began again. */
const DEEPEST_REORG = 20
interface Look {
  readonly genesis: string
  readonly block: number
  readonly points: readonly MarketPoint[]
}

/**
 * Keeps what the market looked like, for change and charts. It records best blocks: one that is replaced later differs by the
 * trades of a block, which a chart does not show. Nothing that is counted as money comes from here.
 */
export class MarketRecorder {
  readonly #deps: RecorderDeps
  #seen: Look | undefined
  #genesis: string | undefined
  /** No read of our own before this block. */
  #notBefore = 0
  #reading = false
  #thinned: number | undefined

  constructor(deps: RecorderDeps) {
    this.#deps = deps
    deps.chain.onHead((head) => void this.#follow(head.number))
  }

  /** Somebody else read all subnets. */
  saw({ block, subnets }: SubnetsSnapshot): void {
    const genesis = this.#deps.genesis()
    if (genesis !== undefined) this.#seen = { genesis, block, points: subnets }
  }

  async #follow(best: number): Promise<void> {
    if (this.#reading) return
    this.#reading = true
    try {
      await this.#recordIfDue(best)
    } catch (cause) {
      this.#notBefore = best + PAUSE_BLOCKS
      this.#deps.log.log('warn', 'market.record', { reason: cause instanceof Error ? cause.message : String(cause) })
    } finally {
      this.#reading = false
    }
  }

  async #recordIfDue(best: number): Promise<void> {
    const { storage, clock } = this.#deps
    const genesis = this.#deps.genesis()
    if (genesis === undefined) return
    if (genesis !== this.#genesis) this.#notBefore = best + PAUSE_BLOCKS
    this.#genesis = genesis
    const last = storage.lastMarketMoment(genesis)
    if (last && best < last.block - DEEPEST_REORG) {
      storage.forgetMarketAfter(genesis, best)
      this.#seen = undefined
    } else if (last && best < last.block + RECORD_EVERY_BLOCKS) return
    const look = await this.#look(genesis, best)
    // Another chain may have been chosen while this one answered.
    if (!look || this.#deps.genesis() !== genesis) return
    storage.recordMarket(genesis, { block: look.block, atMs: clock.nowMs(), whole: true }, look.points)
    this.#thin(genesis, look.block)
  }

  async #look(genesis: string, best: number): Promise<Look | undefined> {
    const seen = this.#seen
    if (seen?.genesis === genesis && seen.block >= best - FRESH_BLOCKS && seen.block <= best) return seen
    if (best < this.#notBefore) return undefined
    const read = await this.#deps.chain.market()
    if (read.ok) return { genesis, ...read.value }
    this.#notBefore = best + PAUSE_BLOCKS
    return undefined
  }

  /** About once a day, and after the start. */
  #thin(genesis: string, block: number): void {
    const day = Math.floor(block / 7_200)
    if (this.#thinned === day) return
    this.#thinned = day
    for (const { olderBy, every } of RECORD_THINNING)
      if (block > olderBy) this.#deps.storage.thinMarket(genesis, { olderThan: block - olderBy, every })
  }
}

import { poolFiller } from './block-filler.ts'
import type { Block } from './block-store.ts'
import { type BuiltBlock, type Chain, FINALITY_LAG } from './chain.ts'
import { ShieldAuthor } from './shield-author.ts'
import { TxPool } from './tx-pool.ts'

export interface NodeOptions {
  readonly chain: Chain
  readonly blockMs: number
  readonly nowMs: () => number
  /** Stores a block before it becomes visible; throws when it cannot. */
  readonly store?: (built: BuiltBlock, chain: Chain) => void
  readonly onFault?: (error: unknown) => void
}

export interface BlockNews {
  readonly best: Block
  /** The block that this one made final; undefined for the first two. */
  readonly finalized: Block | undefined
  readonly changedKeys: readonly string[]
}

/** A whole node without its doors: chain, pool and production. */
export class PracticeNode {
  readonly chain: Chain
  readonly pool: TxPool
  readonly #options: NodeOptions
  readonly #author: ShieldAuthor | undefined
  readonly #listeners = new Set<(news: BlockNews) => void>()
  readonly #unfinalized = new Map<number, readonly string[]>()
  #timer: NodeJS.Timeout | undefined

  constructor(options: NodeOptions) {
    this.#options = options
    this.chain = options.chain
    const { shield } = options.chain.runtime
    this.#author = shield && new ShieldAuthor(shield, options.chain.genesisHash)
    this.pool = new TxPool(options.chain, options.nowMs, this.#author)
  }

  get blockMs(): number {
    return this.#options.blockMs
  }

  /** @returns a function that stops listening. */
  onBlock(listener: (news: BlockNews) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Builds one block now. Timestamps only grow, also over a restart or a clock that was set back. */
  produce(): Block {
    return this.#produce(this.chain.best.timestampMs + 1, this.#listeners)
  }

  /**
   * Drops the blocks that are not final and builds another branch in their place, one block longer, of which only the last is
   * announced: that is what a reorganisation looks like to whoever listens. What the dropped ones included comes a little later.
   * @returns how many were dropped. @errors throws where blocks are kept on disk
   */
  reorganize(): number {
    if (this.#options.store) throw new Error('blocks on disk are not taken back')
    const { timestampMs } = this.chain.best
    const dropped = this.chain.takeBack()
    for (const { header } of dropped) {
      this.#unfinalized.delete(header.number)
      // Later than all that was dropped: another branch is another branch by its times, too.
      this.#produce(Math.max(timestampMs, this.chain.best.timestampMs) + 1, [])
    }
    for (const bytes of dropped.flatMap(({ extrinsics }) => extrinsics)) this.pool.restore(bytes)
    this.produce()
    return dropped.length
  }

  #produce(earliestMs: number, listeners: Iterable<(news: BlockNews) => void>): Block {
    const { chain, pool } = this
    const { blockMs, nowMs } = this.#options
    const timestampMs = Math.max(nowMs(), earliestMs)
    const parts = { pool, runtime: chain.runtime, nowMs, author: this.#author }
    const filler = poolFiller(parts, Math.max(50, blockMs / 2), (error) => this.#options.onFault?.(error))
    const built = chain.build(Math.floor(timestampMs / blockMs), timestampMs, filler)
    this.#options.store?.(built, chain)
    chain.accept(built)
    this.#announce(built.block, filler.included, listeners)
    return built.block
  }

  #announce(
    best: Block,
    included: Parameters<TxPool['onBlock']>[1],
    listeners: Iterable<(news: BlockNews) => void>,
  ): void {
    const { number } = best.header
    const finalHash = this.chain.hashOf(number - FINALITY_LAG)
    const finalized = finalHash === undefined ? undefined : this.chain.blockOf(finalHash)
    this.pool.onBlock(best, included)
    this.#unfinalized.set(
      number,
      included.map((tx) => tx.hash),
    )
    const news = { best, finalized, changedKeys: this.chain.changedAt(number) }
    for (const listener of listeners) listener(news)
    if (!finalized) return
    this.pool.onFinalized(finalized, this.#unfinalized.get(finalized.header.number) ?? [])
    this.#unfinalized.delete(finalized.header.number)
  }

  /** Produces at whole multiples of the block time; a late block does not delay the ones after it. */
  start(onFailure: (error: unknown) => void): void {
    const { blockMs, nowMs } = this.#options
    const next = (): void => {
      this.#timer = setTimeout(tick, blockMs - (nowMs() % blockMs))
    }
    const tick = (): void => {
      try {
        this.produce()
      } catch (error) {
        onFailure(error)
        return
      }
      next()
    }
    next()
  }

  stop(): void {
    clearTimeout(this.#timer)
  }
}

import type { AppError } from '../../shared/errors.ts'
import { bookBlock } from '../../shared/ledger/book-block.ts'
import type { LedgerBlock, LedgerEntry } from '../../shared/ledger/entry.ts'
import { placeKey } from '../../shared/ledger/stand.ts'
import { ok, type Result } from '../../shared/result.ts'
import type { Ss58 } from '../../shared/units/amounts.ts'
import type { ChainPort } from '../chain/chain.port.ts'
import type { BlockFacts, LedgerPort } from '../chain/ledger.port.ts'
import type { LedgerTip } from '../storage/ledger-storage.port.ts'
import type { StoragePort } from '../storage/storage.port.ts'
import type { LogPort } from '../system/system.port.ts'
import { standBefore } from './ledger-stand.ts'
import { Listeners } from './live-read.ts'

export interface RecorderDeps {
  readonly chain: ChainPort & LedgerPort
  readonly storage: StoragePort
  readonly log: LogPort
  readonly accounts: () => readonly Ss58[]
}

/** Plain nodes keep the state of about 256 blocks; older ones are a gap until they are asked of an archive. */
const MOST_BEHIND = 250
/** At a time, so that a stop or another network never waits long. */
const STEP = 25

type Ended = 'recorded' | 'look again' | 'stopped'

/**
 * Writes the ledger as blocks come: each block of the best chain once. Blocks hang together by their parents' hashes; one
 * that left the chain is taken back with all above it, and what is final stays.
 */
export class LedgerRecorder {
  readonly #deps: RecorderDeps
  readonly #changed = new Listeners<void>()
  readonly #stop: () => void
  #running = false
  #genesis = ''
  /** The node does not hold the state of blocks up to here any more. */
  #forgotten = -1
  #contradicted: { readonly genesis: string; readonly block: number } | undefined

  constructor(deps: RecorderDeps) {
    this.#deps = deps
    this.#stop = deps.chain.onHead(() => void this.follow())
  }

  close(): void {
    this.#stop()
  }

  onChange(listener: () => void): () => void {
    return this.#changed.add(listener)
  }

  /** The block at which the chain tells another story than the one that was final here. */
  contradictedAt(genesis: string): number | undefined {
    return this.#contradicted?.genesis === genesis ? this.#contradicted.block : undefined
  }

  /** Reads on from where the record ends. Never twice at once; a head that comes meanwhile is met by the next look. */
  async follow(): Promise<void> {
    if (this.#running) return
    this.#running = true
    try {
      while (await this.#step());
    } catch (cause) {
      // A full disk above all: nothing of the block was written, so the next head reads it again.
      this.#deps.log.log('error', 'ledger.record', { reason: cause instanceof Error ? cause.message : String(cause) })
    } finally {
      this.#running = false
    }
  }

  /** @returns whether there is more to read now */
  async #step(): Promise<boolean> {
    const { chain, storage, accounts } = this.#deps
    const state = chain.state()
    if (state.state !== 'ready' || state.reconnecting || accounts().length === 0) return false
    const { genesis } = state.facts
    if (this.#genesis !== genesis) this.#forgotten = -1
    this.#genesis = genesis
    if (this.contradictedAt(genesis) !== undefined) return false
    if (state.finalized) this.#settle(genesis, state.finalized)
    if (this.contradictedAt(genesis) !== undefined) return false
    const tip = storage.ledgerTip(genesis)
    const best = state.best.number
    const from = tip ? Math.max(tip.number + 1, best - MOST_BEHIND, this.#forgotten + 1) : best
    if (from > best) return false
    const to = Math.min(best, from + STEP - 1)
    const read = await chain.ledgerBlocks({ from, to })
    const now = chain.state()
    if (now.state !== 'ready' || now.facts.genesis !== genesis) return false
    if (!read.ok) return this.#unread(read.error, { from, to })
    const ended = await this.#recordAll(genesis, read.value, tip)
    return ended === 'look again' || (ended === 'recorded' && to < now.best.number)
  }

  /** What is final here must be final there. */
  #settle(genesis: string, finalized: LedgerTip): void {
    const { storage } = this.#deps
    const known = storage.ledgerHash(genesis, finalized.number)
    if (known === finalized.hash) storage.finalizeLedger(genesis, finalized.number)
    else if (known !== undefined && finalized.number <= storage.ledgerFinal(genesis))
      this.#contradict(genesis, finalized.number)
    else if (known !== undefined) this.#takeBack(genesis, finalized.number)
  }

  async #recordAll(genesis: string, blocks: readonly BlockFacts[], tip: LedgerTip | undefined): Promise<Ended> {
    const { storage } = this.#deps
    let below = tip
    for (const block of blocks) {
      if (below?.number === block.number - 1 && below.hash !== block.parentHash) {
        if (below.number <= storage.ledgerFinal(genesis)) this.#contradict(genesis, below.number)
        else this.#takeBack(genesis, below.number)
        return 'look again'
      }
      const recorded = await this.#record(genesis, block)
      if (!recorded.ok)
        return this.#unread(recorded.error, { from: block.number, to: block.number }) ? 'look again' : 'stopped'
      below = block
    }
    return 'recorded'
  }

  async #record(genesis: string, facts: BlockFacts): Promise<Result<null, AppError>> {
    const { storage } = this.#deps
    const accounts = this.#deps.accounts()
    const openings: LedgerEntry[] = []
    for (const account of accounts) {
      const spans = storage.ledgerSpans(genesis, account)
      if (spans.some(({ from, to }) => from <= facts.number && to >= facts.number - 1)) continue
      const opened = await this.#openingsOf(genesis, account, { facts, isFirst: spans.length === 0 })
      if (!opened.ok) return opened
      openings.push(...opened.value)
    }
    const block = this.booked(genesis, facts, accounts)
    if (!storage.recordBlock(genesis, block, { accounts, openings })) this.#contradict(genesis, block.number)
    this.#changed.tell()
    return ok(null)
  }

  /** A block with its lines for these accounts. */
  booked(genesis: string, { facts, ...block }: BlockFacts, accounts: readonly Ss58[]): LedgerBlock {
    const own = {
      accounts: new Set(accounts),
      holdersOf: (hotkey: Ss58) => this.#deps.storage.ledgerHolders(genesis, hotkey),
    }
    return { ...block, entries: bookBlock(facts, own, { block: block.number, atMs: block.atMs }) }
  }

  /**
   * Where a record begins, or begins again after a gap: what is held, at a cost that nobody here knows. After a gap beside what
   * the lines before it explain, also of positions that are empty now: what came and went meanwhile is never passed over.
   */
  async #openingsOf(
    genesis: string,
    account: Ss58,
    { facts: { number, atMs }, isFirst }: { readonly facts: BlockFacts; readonly isFirst: boolean },
  ): Promise<Result<readonly LedgerEntry[], AppError>> {
    const stakes = await this.#deps.chain.stakesAt(account, number)
    if (!stakes.ok) return stakes
    const place = { account, block: number, slot: 0, atMs, kind: 'opening' as const, tao: 0n }
    if (isFirst) return ok(stakes.value.map(({ netuid, hotkey, alpha }) => ({ ...place, netuid, hotkey, alpha })))
    const stand = await standBefore(this.#deps.storage, genesis, { account, block: number })
    const held = new Map(stakes.value.map((stake) => [placeKey(stake), stake]))
    const gone = stand.positions().filter((position) => !held.has(placeKey(position)))
    return ok(
      [...held.values(), ...gone.map((position) => ({ ...position, alpha: 0n }))].map(({ netuid, hotkey, alpha }) => ({
        ...place,
        netuid,
        hotkey,
        alpha,
        before: stand.of({ netuid, hotkey }),
      })),
    )
  }

  #takeBack(genesis: string, from: number): void {
    this.#deps.storage.takeBack(genesis, from)
    this.#deps.log.log('info', 'ledger.taken-back', { from })
    this.#changed.tell()
  }

  #contradict(genesis: string, block: number): void {
    this.#contradicted = { genesis, block }
    this.#deps.log.log('error', 'ledger.contradicted', { block })
    this.#changed.tell()
  }

  /** State that the node has forgotten becomes a gap, and the record goes on above it. Anything else is tried again. */
  #unread(error: AppError, range: { readonly from: number; readonly to: number }): boolean {
    this.#deps.log.log('warn', 'ledger.unread', { code: error.code, ...range })
    if (error.code !== 'chain/unsupported') return false
    this.#forgotten = range.to
    return true
  }
}

import type { EarningsView } from '../../shared/contract/chain-views.contract.ts'
import { bookEpoch, type Mark } from '../../shared/earnings/book-epoch.ts'
import type { EpochRow } from '../../shared/earnings/epoch-row.ts'
import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { type Alpha, alpha, type RaoPerAlpha, rao, type Ss58 } from '../../shared/units/amounts.ts'
import type { ChainPort, EpochFacts, StakeAt, StakeFlow } from '../chain/chain.port.ts'
import type { PositionMark, StoragePort } from '../storage/storage.port.ts'
import type { ClockPort, LogPort } from '../system/system.port.ts'
import { LiveRead } from './live-read.ts'
import type { NetworkService } from './network.service.ts'
import type { WalletService } from './wallet.service.ts'

export interface EarningsDeps {
  readonly chain: ChainPort
  readonly storage: StoragePort
  readonly clock: ClockPort
  readonly log: LogPort
  readonly wallets: WalletService
  readonly network: NetworkService
}

const SHOWN_ROWS = 500
/** Nodes keep the state of about 256 blocks; a longer gap cannot be booked and is left as a gap. */
const LONGEST_GAP_BLOCKS = 250

const keyOf = (p: { netuid: number; hotkey: string }): string => `${p.netuid}/${p.hotkey}`

interface Account {
  readonly genesis: string
  readonly coldkey: Ss58
  readonly hotkeys: readonly Ss58[]
}

/** Books what each epoch brought, from finalized blocks only: a reorganisation cannot change a row. */
export class EarningsService {
  readonly #deps: EarningsDeps
  readonly view: LiveRead<EarningsView>
  #running = false

  constructor(deps: EarningsDeps) {
    this.#deps = deps
    deps.chain.onHead(() => void this.#follow())
    this.view = new LiveRead<EarningsView>({
      read: () => this.#read(),
      trigger: (changed) => deps.chain.onHead(changed),
    })
    deps.wallets.onChange(() => void this.view.refresh())
  }

  /** The one that is looked at. */
  #account(): Account | undefined {
    const active = this.#deps.wallets.active()?.address
    return this.#accounts().find(({ coldkey }) => coldkey === active)
  }

  /** All of them: a wallet that is not looked at earns, too, and its income belongs into the ledger. */
  #accounts(): readonly Account[] {
    const genesis = this.#deps.network.genesis()
    if (genesis === undefined) return []
    return this.#deps.wallets
      .state()
      .wallets.map(({ address, hotkeys }) => ({ genesis, coldkey: address, hotkeys: hotkeys.map((h) => h.address) }))
  }

  async #follow(): Promise<void> {
    if (this.#running) return
    this.#running = true
    try {
      // One after the other: what they ask of the same blocks is asked once.
      for (const account of this.#accounts()) await this.#bookUpToFinalized(account)
    } catch (cause) {
      this.#deps.log.log('error', 'earnings.book', { reason: cause instanceof Error ? cause.message : String(cause) })
    } finally {
      this.#running = false
    }
  }

  async #bookUpToFinalized(account: Account): Promise<void> {
    const { chain, storage } = this.#deps
    const state = chain.state()
    if (state.state !== 'ready' || !state.finalized) return
    const through = state.finalized.number
    const from = storage.bookedThrough(account.genesis, account.coldkey)
    if (from !== undefined && from >= through) return
    if (from === undefined) return void (await this.#beginAt(account, through))
    if (through - from > LONGEST_GAP_BLOCKS) {
      // No later than the ledger, which begins again with the oldest blocks that the node still has: an epoch between the two
      // would be in neither book.
      const begun = await this.#beginAt(account, through - LONGEST_GAP_BLOCKS)
      if (begun.ok) return this.#bookUpToFinalized(account)
      if (begun.error.code === 'chain/unsupported') await this.#beginAt(account, through)
      return
    }
    const booked = await this.#book(account, from, through)
    // A block whose state the node no longer holds: the span is left as a gap. Any other failure is tried again at the next head.
    if (!booked.ok && booked.error.code === 'chain/unsupported') await this.#beginAt(account, through)
  }

  /** First sight of an account, or a gap too long to look back: today's stake is where counting begins. */
  async #beginAt(account: Account, block: number): Promise<Result<null, AppError>> {
    const stakes = await this.#deps.chain.stakesAt(account.coldkey, block)
    if (!stakes.ok) return stakes
    const { genesis, coldkey } = account
    const marks = stakes.value.map((s) => ({ ...s, genesis, coldkey, block, flows: 0n }))
    this.#deps.storage.bookEpochs({ genesis, coldkey, rows: [], marks, throughBlock: block })
    return ok(null)
  }

  async #book(account: Account, from: number, through: number): Promise<Result<null, AppError>> {
    const { chain, storage } = this.#deps
    const { genesis, coldkey } = account
    const [facts, flows] = await Promise.all([chain.epochFacts(), chain.stakeFlows(coldkey, from + 1, through)])
    if (!facts.ok) return facts
    if (!flows.ok) return flows

    const ends = new Map(
      facts.value.filter((f) => f.lastEpochBlock > from && f.lastEpochBlock <= through).map((f) => [f.netuid, f]),
    )
    // A position begins with a move of one's own, which the flows tell, or with an epoch: between epochs nobody is asked.
    const now = ends.size === 0 ? ok([]) : await chain.stakesAt(coldkey, through)
    if (!now.ok) return now
    const marks = this.#marksFor(account, from, now.value, flows.value)
    const touched = marks.filter((m) => ends.has(m.netuid))
    const seen = touched.length === 0 ? ok(new Map<number, EpochData>()) : await this.#dataAt(account, ends)
    if (!seen.ok) return seen
    const rows: EpochRow[] = []
    const next = marks.map((mark): PositionMark => {
      const mine = flows.value.filter((f) => keyOf(f) === keyOf(mark))
      const end = ends.get(mark.netuid)
      if (!end) return { ...mark, genesis, coldkey, flows: mark.flows + sum(mine) }
      const until = mine.filter((f) => f.block <= end.lastEpochBlock)
      const row = this.#row(account, { ...mark, flows: mark.flows + sum(until) }, end, seen.value.get(end.netuid))
      if (row) rows.push(row)
      const stake = seen.value.get(end.netuid)?.stakes.get(keyOf(mark)) ?? alpha(0n)
      const after = sum(mine.filter((f) => f.block > end.lastEpochBlock))
      return { ...mark, genesis, coldkey, block: end.lastEpochBlock, alpha: stake, flows: after }
    })
    storage.bookEpochs({ genesis, coldkey, rows, marks: next, throughBlock: through })
    if (rows.length > 0) void this.view.refresh()
    return ok(null)
  }

  /** Known positions, and new ones: those were empty at `from`, up to where everything is booked. */
  #marksFor(account: Account, from: number, now: readonly StakeAt[], flows: readonly StakeFlow[]): readonly Mark[] {
    const marks = new Map<string, Mark>(
      this.#deps.storage.marks(account.genesis, account.coldkey).map((m) => [keyOf(m), m]),
    )
    for (const { netuid, hotkey } of [...now, ...flows]) {
      const key = keyOf({ netuid, hotkey })
      if (!marks.has(key)) marks.set(key, { netuid, hotkey, block: from, alpha: alpha(0n), flows: 0n })
    }
    return [...marks.values()]
  }

  async #dataAt(
    account: Account,
    ends: ReadonlyMap<number, EpochFacts>,
  ): Promise<Result<Map<number, EpochData>, AppError>> {
    const { chain } = this.#deps
    const uids = await chain.uidsOf(account.hotkeys)
    if (!uids.ok) return uids
    const byBlock = new Map<number, readonly StakeAt[]>()
    const data = new Map<number, EpochData>()
    for (const end of ends.values()) {
      const block = end.lastEpochBlock
      const stakes = byBlock.has(block) ? ok(byBlock.get(block) ?? []) : await chain.stakesAt(account.coldkey, block)
      if (!stakes.ok) return stakes
      byBlock.set(block, stakes.value)
      const price = await chain.priceAt(end.netuid, block)
      data.set(end.netuid, {
        stakes: new Map(stakes.value.filter((s) => s.netuid === end.netuid).map((s) => [keyOf(s), s.alpha])),
        uids: new Map(uids.value.filter((u) => u.netuid === end.netuid).map((u) => [u.hotkey, u.uid])),
        ...(price.ok ? { price: price.value } : {}),
      })
    }
    return ok(data)
  }

  #row(account: Account, mark: Mark, end: EpochFacts, data: EpochData | undefined): EpochRow | undefined {
    return bookEpoch(
      mark,
      {
        epochBlock: end.lastEpochBlock,
        tempo: end.tempo,
        stakeAfter: data?.stakes.get(keyOf(mark)) ?? alpha(0n),
        price: data?.price,
        uid: data?.uids.get(mark.hotkey),
        ownHotkey: account.hotkeys.includes(mark.hotkey),
        atMs: this.#deps.clock.nowMs(),
      },
      { genesis: account.genesis, coldkey: account.coldkey },
    )
  }

  async #read(): Promise<Result<EarningsView, AppError>> {
    const { chain, storage } = this.#deps
    const account = this.#account()
    if (!account) return err(this.#deps.wallets.active() ? { code: 'chain/not-connected' } : { code: 'keys/no-wallet' })
    const facts = await chain.epochFacts()
    const state = chain.state()
    if (!facts.ok) return facts
    if (state.state !== 'ready') return err({ code: 'chain/not-connected' })
    const block = state.best.number
    return ok({
      block,
      rows: [...storage.epochRows(account.genesis, account.coldkey, SHOWN_ROWS)],
      totals: storage
        .earningsTotals(account.genesis, account.coldkey)
        .map(({ earnedTao, ...t }) => (earnedTao === undefined ? t : { ...t, earnedTao: rao(earnedTao) })),
      nextEpochs: facts.value.flatMap(({ netuid, nextEpochBlock }) =>
        nextEpochBlock === undefined
          ? []
          : [{ netuid, block: nextEpochBlock, blocksLeft: Math.max(0, nextEpochBlock - block) }],
      ),
    })
  }
}

interface EpochData {
  readonly stakes: ReadonlyMap<string, Alpha>
  readonly uids: ReadonlyMap<string, number>
  readonly price?: RaoPerAlpha | undefined
}

const sum = (flows: readonly StakeFlow[]): bigint => flows.reduce((total, flow) => total + flow.alpha, 0n)

import type { EarningsView } from '../../shared/contract/chain-views.contract.ts'
import { NOTHING_SEEN } from '../../shared/earnings/epoch-parts.ts'
import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { type Netuid, rao, type Ss58 } from '../../shared/units/amounts.ts'
import type { ChainPort, EpochFacts } from '../chain/chain.port.ts'
import type { EarningsPort, EpochSnapshot, StakeEvents } from '../chain/earnings.port.ts'
import type { PositionMark, StoragePort } from '../storage/storage.port.ts'
import type { ClockPort, LogPort } from '../system/system.port.ts'
import { bookSpan, type EndedEpoch } from './earnings-span.ts'
import { LiveRead } from './live-read.ts'
import type { NetworkService } from './network.service.ts'
import type { WalletService } from './wallet.service.ts'

export interface EarningsDeps {
  readonly chain: ChainPort & EarningsPort
  readonly storage: StoragePort
  readonly clock: ClockPort
  readonly log: LogPort
  readonly wallets: WalletService
  readonly network: NetworkService
}

const SHOWN_ROWS = 500
/** Nodes keep the state of about 256 blocks; a longer gap cannot be booked and is left as a gap. */
const LONGEST_GAP_BLOCKS = 250

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
  /** What the chain said of subnets where the account has no stake, as long as no event speaks against it. */
  readonly #asked = new Map<string, Map<Netuid, boolean>>()

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
    // Nobody saw what happened until here.
    this.#askedOf(account).clear()
    const marks = stakes.value.map((s) => ({ ...s, genesis, coldkey, block, flows: 0n, span: NOTHING_SEEN }))
    this.#deps.storage.bookEpochs({ genesis, coldkey, rows: [], marks, throughBlock: block })
    return ok(null)
  }

  async #book(account: Account, from: number, through: number): Promise<Result<null, AppError>> {
    const { chain, storage, clock } = this.#deps
    const { genesis, coldkey } = account
    const [facts, seen] = await Promise.all([
      chain.epochFacts(),
      chain.stakeEvents(coldkey, { from: from + 1, to: through }),
    ])
    if (!facts.ok) return facts
    if (!seen.ok) return seen
    const marks = storage.marks(genesis, coldkey)
    const ended = await this.#endedFor(account, marks, seen.value, endedIn({ from, through }, facts.value, seen.value))
    if (!ended.ok) return ended
    const snapshots = await this.#snapshotsOf(account, marks, ended.value)
    if (!snapshots.ok) return snapshots
    const booked = bookSpan({
      ...account,
      from,
      through,
      marks,
      seen: seen.value,
      ended: ended.value,
      snapshots: snapshots.value,
      atMs: clock.nowMs(),
    })
    storage.bookEpochs({ genesis, coldkey, ...booked, throughBlock: through })
    if (booked.rows.length > 0) void this.view.refresh()
    return ok(null)
  }

  /**
   * Those on subnets where the account has a part: a position or a move; and where it owns the subnet or a
   * hotkey with a place, for which the chain is asked only when an epoch ended where nothing else of the account is.
   */
  async #endedFor(
    account: Account,
    marks: readonly PositionMark[],
    seen: StakeEvents,
    ended: readonly EndedEpoch[],
  ): Promise<Result<readonly EndedEpoch[], AppError>> {
    const sent = seen.autoStaked.filter(({ owner }) => owner === account.coldkey)
    const own = new Set([...marks, ...seen.flows, ...sent].map(({ netuid }) => netuid))
    const asked = this.#askedOf(account)
    if (seen.placesChanged) asked.clear()
    const others = [...new Set(ended.map(({ netuid }) => netuid))].filter((id) => !own.has(id) && !asked.has(id))
    if (others.length > 0) {
      const more = await this.#deps.chain.netuidsOf(account.coldkey, { netuids: others, hotkeys: account.hotkeys })
      if (!more.ok) return more
      for (const netuid of others) asked.set(netuid, more.value.includes(netuid))
    }
    return ok(ended.filter(({ netuid }) => own.has(netuid) || asked.get(netuid) === true))
  }

  /** Other hotkeys are another question. */
  #askedOf({ genesis, coldkey, hotkeys }: Account): Map<Netuid, boolean> {
    const key = [genesis, coldkey, ...hotkeys].join()
    const known = this.#asked.get(key) ?? new Map<Netuid, boolean>()
    this.#asked.set(key, known)
    return known
  }

  /** Several subnets may end an epoch in one block: its stake is read once for all of them. */
  async #snapshotsOf(
    account: Account,
    marks: readonly PositionMark[],
    ended: readonly EndedEpoch[],
  ): Promise<Result<ReadonlyMap<number, EpochSnapshot>, AppError>> {
    const snapshots = new Map<number, EpochSnapshot>()
    for (const [block, epochs] of Map.groupBy(ended, (epoch) => epoch.block)) {
      const netuids = epochs.map(({ netuid }) => netuid)
      const marked = marks.filter(({ netuid }) => netuids.includes(netuid)).map(({ hotkey }) => hotkey)
      const hotkeys = [...new Set([...account.hotkeys, ...marked])]
      const snapshot = await this.#deps.chain.epochSnapshot(account.coldkey, { block, netuids, hotkeys })
      if (!snapshot.ok) return snapshot
      snapshots.set(block, snapshot.value)
    }
    return ok(snapshots)
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

/** An epoch says so by its incentives; the last one of each subnet is known also where it paid nobody. */
function endedIn(
  { from, through }: { readonly from: number; readonly through: number },
  facts: readonly EpochFacts[],
  { incentives }: StakeEvents,
): readonly EndedEpoch[] {
  const tempos = new Map(facts.map(({ netuid, tempo }) => [netuid, tempo]))
  const last = facts.map(({ netuid, lastEpochBlock }) => ({ netuid, block: lastEpochBlock }))
  const all = new Map(
    [...incentives, ...last]
      .filter(({ block }) => block > from && block <= through)
      .map(({ netuid, block }) => [`${block}/${netuid}`, { netuid, block, tempo: tempos.get(netuid) ?? 1 }]),
  )
  return [...all.values()].sort((a, b) => a.block - b.block || a.netuid - b.netuid)
}

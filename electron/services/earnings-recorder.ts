import { NOTHING_SEEN } from '../../shared/earnings/epoch-parts.ts'
import type { EpochRow } from '../../shared/earnings/epoch-row.ts'
import type { AppError } from '../../shared/errors.ts'
import { ok, type Result } from '../../shared/result.ts'
import type { Netuid, Ss58 } from '../../shared/units/amounts.ts'
import type { ChainPort, EpochFacts } from '../chain/chain.port.ts'
import type { EarningsPort, EpochSnapshot, StakeEvents } from '../chain/earnings.port.ts'
import type { PositionMark, StoragePort } from '../storage/storage.port.ts'
import type { ClockPort, LogPort } from '../system/system.port.ts'
import {
  bookSpan,
  type EndedEpoch,
  hasColdkeySwap,
  ROOT,
  snapshotAsk,
  upheavalsIn,
  withBrought,
} from './earnings-span.ts'

export interface EarningsAccount {
  readonly genesis: string
  readonly coldkey: Ss58
  readonly hotkeys: readonly Ss58[]
}

interface RecorderDeps {
  readonly chain: ChainPort & EarningsPort
  readonly storage: StoragePort
  readonly clock: ClockPort
  readonly log: LogPort
  readonly accounts: () => readonly EarningsAccount[]
  /** New rows are in the book. */
  readonly booked: (rows: readonly EpochRow[]) => void
}

/** Nodes keep the state of 256 blocks at least. What is older is asked for first, and is a gap only where the node has it no more. */
const OFTEN_KEPT_BLOCKS = 250
/** Blocks that are read together. What was asked of so few is still known when the next account asks the same. */
const STEP_BLOCKS = 12
/** So many times in a row a node must say that it has not the state of a block, until it is believed. */
const REFUSALS = 3

interface Step {
  readonly accounts: readonly EarningsAccount[]
  /** Through which block they are booked now. */
  readonly through: number
  readonly final: number
}

/** Books what each epoch brought, from finalized blocks only: a reorganisation cannot change a row. */
export class EarningsRecorder {
  readonly #deps: RecorderDeps
  readonly #stop: () => void
  #work: Promise<void> | undefined
  #again = false
  #closed = false
  readonly #refused = new Map<Ss58, number>()
  /** What the chain said of subnets where the account has no stake, as long as no event speaks against it. */
  readonly #asked = new Map<string, Map<Netuid, boolean>>()

  constructor(deps: RecorderDeps) {
    this.#deps = deps
    this.#stop = deps.chain.onHead(() => this.#follow())
  }

  /** Nothing is booked any more once this is done; what was read in vain is read again after the next start. */
  async close(): Promise<void> {
    this.#closed = true
    this.#stop()
    await this.#work
  }

  #follow(): void {
    this.#again = true
    if (!this.#closed) this.#work ??= this.#followAll()
  }

  async #followAll(): Promise<void> {
    try {
      // A head that comes meanwhile is met at once, not by the next one.
      while (this.#again && !this.#closed) await this.#followOnce()
    } finally {
      this.#work = undefined
    }
  }

  async #followOnce(): Promise<void> {
    this.#again = false
    const failed = new Set<Ss58>()
    try {
      for (let step = this.#nextStep(failed); step; step = this.#nextStep(failed))
        for (const account of step.accounts)
          if (!this.#closed && !(await this.#bookStep(account, step))) failed.add(account.coldkey)
    } catch (cause) {
      this.#deps.log.log('error', 'earnings.book', { reason: cause instanceof Error ? cause.message : String(cause) })
    }
  }

  /**
   * What is behind is read in steps, each kept when it is done: however far behind, and however slow the node, nothing is read
   * again. Those furthest behind first, so that all accounts come to the same blocks: what is asked of a block is asked once.
   */
  #nextStep(failed: ReadonlySet<Ss58>): Step | undefined {
    const { chain, storage, accounts } = this.#deps
    const state = chain.state()
    if (this.#closed || state.state !== 'ready' || !state.finalized) return undefined
    const final = state.finalized.number
    const behind = accounts()
      .filter(({ coldkey }) => !failed.has(coldkey))
      .map((account) => ({ account, from: storage.bookedThrough(account.genesis, account.coldkey) ?? final - 1 }))
      .filter(({ from }) => from < final)
    if (behind.length === 0) return undefined
    const through = Math.min(final, Math.min(...behind.map(({ from }) => from)) + STEP_BLOCKS)
    return { accounts: behind.filter(({ from }) => from < through).map(({ account }) => account), through, final }
  }

  /** @returns whether the account may go on; if not, the next head tries again */
  async #bookStep(account: EarningsAccount, { through, final }: Step): Promise<boolean> {
    const { genesis, coldkey } = account
    const from = this.#deps.storage.bookedThrough(genesis, coldkey)
    if (from === undefined) return (await this.#beginAt(account, final)).ok
    const has = final - from > OFTEN_KEPT_BLOCKS ? await this.#deps.chain.stakesAt(coldkey, from) : ok(null)
    const booked = has.ok ? await this.#book(account, from, through) : has
    if (booked.ok) {
      this.#refused.delete(coldkey)
      return true
    }
    const { error } = booked
    if (error.code !== 'chain/unsupported') {
      this.#deps.log.log('warn', 'earnings.unread', { from, through, code: error.code })
      return false
    }
    const refusals = (this.#refused.get(coldkey) ?? 0) + 1
    this.#refused.set(coldkey, refusals)
    this.#deps.log.log('warn', 'earnings.refused', { from, through, refusals, missing: error.missing.join() })
    // Another endpoint may be a few blocks behind. A state that is really forgotten does not come back: then it is a gap.
    if (has.ok && refusals < REFUSALS) return false
    return this.#leaveGap(account, { from, through: final })
  }

  /** No later than the ledger, which begins again with the oldest blocks that the node still has: an epoch between the two would be
   *  in neither book. */
  async #leaveGap(
    account: EarningsAccount,
    { from, through }: { readonly from: number; readonly through: number },
  ): Promise<boolean> {
    const oldest = through - OFTEN_KEPT_BLOCKS
    const begun = oldest > from ? await this.#beginAt(account, oldest, from) : undefined
    const isGap = begun === undefined || (!begun.ok && begun.error.code === 'chain/unsupported')
    const ended = isGap ? await this.#beginAt(account, through, from) : begun
    if (ended.ok) this.#deps.log.log('warn', 'earnings.gap', { from, through: begun?.ok ? oldest : through })
    return ended.ok
  }

  /** First sight of an account, or a gap too long to look back: the stake of then is where counting begins. @param gapFrom after which block nobody looked */
  async #beginAt(account: EarningsAccount, block: number, gapFrom?: number): Promise<Result<null, AppError>> {
    const { chain, storage } = this.#deps
    const stakes = await chain.stakesAt(account.coldkey, block)
    if (!stakes.ok) return stakes
    const { genesis, coldkey } = account
    if (this.#closed || storage.bookedThrough(genesis, coldkey) !== gapFrom) return ok(null)
    // Nobody saw what happened until here.
    this.#askedOf(account).clear()
    this.#refused.delete(coldkey)
    const marks = stakes.value.map((s) => ({ ...s, genesis, coldkey, block, flows: 0n, span: NOTHING_SEEN }))
    const before = gapFrom === undefined ? undefined : storage.marks(genesis, coldkey)
    const gap = before && { fromBlock: gapFrom ?? block, throughBlock: block, marks: before }
    storage.bookEpochs({ genesis, coldkey, rows: [], marks, throughBlock: block, gap })
    return ok(null)
  }

  async #book(account: EarningsAccount, from: number, through: number): Promise<Result<null, AppError>> {
    const { chain, storage, clock } = this.#deps
    const { genesis, coldkey } = account
    const [facts, seen] = await Promise.all([
      chain.epochsAt(through),
      chain.stakeEvents(coldkey, { from: from + 1, to: through }),
    ])
    if (!facts.ok) return facts
    if (!seen.ok) return seen
    const held = await this.#marksOf(account, { from, through }, seen.value)
    if (!held.ok) return held
    const marks = held.value
    const ended = await this.#endedFor(
      account,
      marks,
      seen.value,
      endedIn({ from, through }, facts.value, { seen: seen.value, marks }),
    )
    if (!ended.ok) return ended
    const read = await this.#snapshotsOf(account, marks, { from, ended: ended.value, seen: seen.value })
    if (!read.ok) return read
    // What was read belongs to where the book stood then, and to nothing else.
    if (this.#closed || storage.bookedThrough(genesis, coldkey) !== from) return ok(null)
    const atMs = clock.nowMs()
    const timeOf = () => atMs
    const booked = bookSpan({
      ...account,
      from,
      through,
      marks,
      seen: seen.value,
      ...read.value,
      timeOf,
      via: 'events',
    })
    storage.bookEpochs({ genesis, coldkey, ...booked, throughBlock: through })
    if (booked.rows.length > 0) this.#deps.booked(booked.rows)
    return ok(null)
  }

  async #marksOf(
    account: EarningsAccount,
    { from, through }: { readonly from: number; readonly through: number },
    seen: StakeEvents,
  ): Promise<Result<readonly PositionMark[], AppError>> {
    const { chain, storage } = this.#deps
    const marks = storage.marks(account.genesis, account.coldkey)
    if (!hasColdkeySwap(seen)) return ok(marks)
    const stakes = await chain.stakesAt(account.coldkey, through)
    return stakes.ok ? ok(withBrought(account, marks, { from, stakes: stakes.value })) : stakes
  }

  /**
   * Those on subnets where the account has a part: a position or a move; and where it owns the subnet or a
   * hotkey with a place, for which the chain is asked only when an epoch ended where nothing else of the account is.
   */
  async #endedFor(
    account: EarningsAccount,
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
  #askedOf({ genesis, coldkey, hotkeys }: EarningsAccount): Map<Netuid, boolean> {
    const key = [genesis, coldkey, ...hotkeys].join()
    const known = this.#asked.get(key) ?? new Map<Netuid, boolean>()
    this.#asked.set(key, known)
    return known
  }

  /**
   * Several subnets may end an epoch in one block: its stake is read once for all of them, and for root. From the last one back:
   * the state before an epoch tells of the one before, also of one that paid no miner and so had no event.
   */
  async #snapshotsOf(
    account: EarningsAccount,
    marks: readonly PositionMark[],
    { from, ended, seen }: { readonly from: number; readonly ended: readonly EndedEpoch[]; readonly seen: StakeEvents },
  ): Promise<Result<Pick<Parameters<typeof bookSpan>[0], 'ended' | 'snapshots'>, AppError>> {
    const snapshots = new Map<number, EpochSnapshot>()
    const waiting = new Map<number, Map<Netuid, EndedEpoch>>(seen.claims.map((block) => [block, new Map()]))
    const add = (epoch: EndedEpoch) =>
      waiting.set(epoch.block, (waiting.get(epoch.block) ?? new Map()).set(epoch.netuid, epoch))
    for (const epoch of ended) add(epoch)
    for (let block = latest(waiting, snapshots); block !== undefined; block = latest(waiting, snapshots)) {
      const netuids = [ROOT, ...(waiting.get(block)?.keys() ?? [])]
      const asked = snapshotAsk({ account, marks, seen }, { block, netuids })
      const snapshot = await this.#deps.chain.epochSnapshot(account.coldkey, asked)
      if (!snapshot.ok) return snapshot
      snapshots.set(block, snapshot.value)
      for (const epoch of waiting.get(block)?.values() ?? []) {
        const before = snapshot.value.previous.get(epoch.netuid) ?? 0
        if (before > from && before < block) add({ netuid: epoch.netuid, tempo: epoch.tempo, block: before })
      }
      add({ netuid: ROOT, block, tempo: Number.MAX_SAFE_INTEGER })
    }
    const all = [...waiting.values()].flatMap((epochs) => [...epochs.values()])
    return ok({ snapshots, ended: all.sort((a, b) => a.block - b.block || a.netuid - b.netuid) })
  }
}

/** The last block that was not read yet. */
const latest = (waiting: ReadonlyMap<number, unknown>, read: ReadonlyMap<number, unknown>): number | undefined =>
  [...waiting.keys()].filter((block) => !read.has(block)).sort((a, b) => b - a)[0]

/** An epoch says so by its incentives; the last one of each subnet is known also where it paid nobody. */
function endedIn(
  { from, through }: { readonly from: number; readonly through: number },
  facts: readonly EpochFacts[],
  { seen, marks }: { readonly seen: StakeEvents; readonly marks: readonly PositionMark[] },
): readonly EndedEpoch[] {
  const tempos = new Map(facts.map(({ netuid, tempo }) => [netuid, tempo]))
  const last = facts.map(({ netuid, lastEpochBlock }) => ({ netuid, block: lastEpochBlock }))
  const ran = [...seen.incentives, ...last]
    .filter(({ block }) => block > from && block <= through)
    .map(({ netuid, block }): EndedEpoch => ({ netuid, block, tempo: tempos.get(netuid) ?? 1 }))
  // Where an epoch ran in the same block, it is an epoch.
  const all = new Map([...upheavalsIn(seen, marks), ...ran].map((one) => [`${one.block}/${one.netuid}`, one]))
  return [...all.values()].sort((a, b) => a.block - b.block || a.netuid - b.netuid)
}

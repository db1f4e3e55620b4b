import { NOTHING_SEEN } from '../../shared/earnings/epoch-parts.ts'
import type { EpochRow } from '../../shared/earnings/epoch-row.ts'
import type { AppError } from '../../shared/errors.ts'
import type { LedgerBlock } from '../../shared/ledger/entry.ts'
import { ok, type Result } from '../../shared/result.ts'
import type { Netuid } from '../../shared/units/amounts.ts'
import type { ChainPort } from '../chain/chain.port.ts'
import type { EarningsPort, EpochSnapshot, StakeEvents } from '../chain/earnings.port.ts'
import type { LedgerPort } from '../chain/ledger.port.ts'
import type { EarningsGap } from '../storage/earnings-gaps.port.ts'
import type { PositionMark, StoragePort } from '../storage/storage.port.ts'
import type { EarningsAccount } from './earnings-recorder.ts'
import {
  bookSpan,
  closeSpan,
  type EndedEpoch,
  hasColdkeySwap,
  ROOT,
  snapshotAsk,
  upheavalsIn,
  withBrought,
} from './earnings-span.ts'

export interface GapPartsDeps {
  readonly source: ChainPort & LedgerPort & EarningsPort
  readonly storage: StoragePort
  readonly account: EarningsAccount
}

/** The ledger and the book of epochs stop at blocks a little apart: so much more is read for the account to have no hole. */
const MOST_BEFORE = 250

interface Position {
  /** Booked are the blocks up to here. */
  readonly at: number
  readonly marks: readonly PositionMark[]
  /** The gap of the book that is being closed; absent where the blocks come before everything that was counted. */
  readonly gap?: EarningsGap | undefined
}

/**
 * Books the epochs of a gap as those that are watched: from the events of every block, and from the stake right before and right
 * after. The events are the ones that the ledger reads anyway; an epoch costs two more requests than its stake alone.
 */
export class GapParts {
  readonly #deps: GapPartsDeps
  #position: Position | undefined
  #closed = 0
  /** What the chain says of subnets where the account has no stake. It says so of now. */
  readonly #asked = new Map<Netuid, boolean>()

  constructor(deps: GapPartsDeps) {
    this.#deps = deps
  }

  /**
   * Where the book has gaps, these are closed, one after the other; else the blocks are older than all that was counted.
   * @errors chain/unsupported where the node cannot tell: nothing of these blocks is booked then
   */
  async book(blocks: readonly LedgerBlock[]): Promise<Result<readonly EpochRow[], AppError>> {
    const [first, last] = [blocks[0], blocks.at(-1)]
    if (!first || !last) return ok([])
    const times = new Map(blocks.map(({ number, atMs }) => [number, atMs]))
    // The few blocks before the first one are older by seconds.
    const timeOf = (block: number) => times.get(block) ?? first.atMs
    const rows: EpochRow[] = []
    for (;;) {
      const begun = this.#position ? ok(this.#position) : await this.#begin({ first: first.number, last: last.number })
      if (!begun.ok) return begun
      const position = begun.value
      if (!position) return ok(rows)
      const through = Math.min(last.number, position.gap?.throughBlock ?? last.number)
      if (through <= position.at) return ok(rows)
      const booked = await this.#bookThrough(position, through, timeOf)
      if (!booked.ok) return booked
      rows.push(...booked.value)
    }
  }

  /** With what the book knew when it stopped looking, or with the stake of the block before. */
  async #begin(among: {
    readonly first: number
    readonly last: number
  }): Promise<Result<Position | undefined, AppError>> {
    const { source, storage, account } = this.#deps
    const { genesis, coldkey } = account
    const { first, last } = among
    const gap = storage
      .earningsGaps(genesis, coldkey)
      .find(({ fromBlock, throughBlock: to }) => to >= first && fromBlock < last && fromBlock >= first - MOST_BEFORE)
    if (gap) return ok({ at: gap.fromBlock, marks: gap.marks, gap })
    if (this.#closed > 0) return ok(undefined)
    const block = Math.max(0, first - 1)
    const stakes = await source.stakesAt(coldkey, block)
    if (!stakes.ok) return stakes
    const marks = stakes.value.map((s) => ({ ...s, genesis, coldkey, block, flows: 0n, span: NOTHING_SEEN }))
    return ok({ at: block, marks })
  }

  async #bookThrough(
    position: Position,
    through: number,
    timeOf: (block: number) => number,
  ): Promise<Result<readonly EpochRow[], AppError>> {
    const { source, account, storage } = this.#deps
    const { at: from, gap } = position
    const seen = await source.stakeEvents(account.coldkey, { from: from + 1, to: through })
    if (!seen.ok) return seen
    const marks = await this.#marksWith(position, through, seen.value)
    if (!marks.ok) return marks
    const ended = await this.#endedIn({ from: from + 1, to: through }, marks.value, seen.value)
    if (!ended.ok) return ended
    const snapshots = await this.#snapshotsOf(ended.value, marks.value, seen.value)
    if (!snapshots.ok) return snapshots
    const read = { ended: ended.value, snapshots: snapshots.value, seen: seen.value, marks: marks.value }
    const span = { ...account, ...read, from, through, timeOf, via: 'archive' as const }
    const booked = bookSpan(span)
    const isLast = gap !== undefined && through === gap.throughBlock
    const closed = isLast ? await this.#closing(booked.marks, { through, atMs: timeOf(through) }) : ok([])
    if (!closed.ok) return closed
    const rows = [...booked.rows, ...closed.value]
    const left = gap && !isLast ? { ...gap, fromBlock: through, marks: booked.marks } : undefined
    storage.bookPastEpochs(rows, gap && { ...account, gap, left })
    this.#position = isLast ? undefined : { at: through, marks: booked.marks, gap: left }
    if (isLast) this.#closed += 1
    return ok(rows)
  }

  /** What was moved between the last epoch of the gap and its end. */
  async #closing(
    marks: readonly PositionMark[],
    at: { readonly through: number; readonly atMs: number },
  ): Promise<Result<readonly EpochRow[], AppError>> {
    const { source, account } = this.#deps
    const stakes = await source.stakesAt(account.coldkey, at.through)
    return stakes.ok ? ok(closeSpan({ ...account, ...at, marks, stakes: stakes.value, via: 'archive' })) : stakes
  }

  /** Where a subnet joins those that are looked at, epochs may have passed: its stake is read again. */
  async #marksWith(
    { at, marks }: Position,
    through: number,
    seen: StakeEvents,
  ): Promise<Result<readonly PositionMark[], AppError>> {
    const { source, account } = this.#deps
    const { genesis, coldkey } = account
    if (hasColdkeySwap(seen)) {
      const brought = await source.stakesAt(coldkey, through)
      return brought.ok ? ok(withBrought(account, marks, { from: at, stakes: brought.value })) : brought
    }
    const known = new Set(marks.map(({ netuid }) => netuid))
    const joined = new Set(
      this.#movedIn(seen).filter((netuid) => !known.has(netuid) && this.#asked.get(netuid) === false),
    )
    if (joined.size === 0) return ok(marks)
    const stakes = await source.stakesAt(coldkey, at)
    if (!stakes.ok) return stakes
    for (const netuid of joined) this.#asked.set(netuid, true)
    const more = stakes.value.filter(({ netuid }) => joined.has(netuid))
    const made = more.map((s) => ({ ...s, genesis, coldkey, block: at, flows: 0n, span: NOTHING_SEEN }))
    return ok([...marks, ...made])
  }

  #movedIn({ flows, autoStaked }: StakeEvents): readonly Netuid[] {
    const sent = autoStaked.filter(({ owner }) => owner === this.#deps.account.coldkey)
    return [...new Set([...flows, ...sent].map(({ netuid }) => netuid))]
  }

  async #endedIn(
    range: { readonly from: number; readonly to: number },
    marks: readonly PositionMark[],
    seen: StakeEvents,
  ): Promise<Result<readonly EndedEpoch[], AppError>> {
    const { source, account } = this.#deps
    const own = new Set([...marks.map(({ netuid }) => netuid), ...this.#movedIn(seen)])
    const paid = seen.incentives.map(({ netuid }) => netuid)
    const others = [...new Set(paid)].filter((netuid) => !own.has(netuid) && !this.#asked.has(netuid))
    if (others.length > 0) {
      const more = await source.netuidsOf(account.coldkey, { netuids: others, hotkeys: account.hotkeys })
      if (!more.ok) return more
      for (const netuid of others) this.#asked.set(netuid, more.value.includes(netuid))
    }
    const looked = [...own, ...paid.filter((netuid) => this.#asked.get(netuid) === true)]
    const netuids = [...new Set(looked)].filter((netuid) => netuid !== ROOT)
    const ran = netuids.length === 0 ? ok([]) : await source.epochsIn(netuids, range)
    if (!ran.ok) return ran
    const all: readonly EndedEpoch[] = [...upheavalsIn(seen, marks), ...ran.value]
    const roots = [...all, ...seen.claims.map((block) => ({ block }))].map(({ block }) => block)
    return ok(
      [
        ...new Map(all.map((one) => [`${one.block}/${one.netuid}`, one])).values(),
        ...[...new Set(roots)].map((block) => ({ netuid: ROOT, block, tempo: Number.MAX_SAFE_INTEGER })),
      ].sort((a, b) => a.block - b.block || a.netuid - b.netuid),
    )
  }

  async #snapshotsOf(
    ended: readonly EndedEpoch[],
    marks: readonly PositionMark[],
    seen: StakeEvents,
  ): Promise<Result<ReadonlyMap<number, EpochSnapshot>, AppError>> {
    const { source, account } = this.#deps
    const snapshots = new Map<number, EpochSnapshot>()
    for (const [block, here] of Map.groupBy(ended, (one) => one.block)) {
      const netuids = here.map(({ netuid }) => netuid)
      const ask = snapshotAsk({ account, marks, seen }, { block, netuids })
      const snapshot = await source.epochSnapshot(account.coldkey, ask)
      if (!snapshot.ok) return snapshot
      snapshots.set(block, snapshot.value)
    }
    return ok(snapshots)
  }
}

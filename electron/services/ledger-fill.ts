import type { EpochRow } from '../../shared/earnings/epoch-row.ts'
import type { AppError } from '../../shared/errors.ts'
import type { LedgerBlock, LedgerEntry } from '../../shared/ledger/entry.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Ss58 } from '../../shared/units/amounts.ts'
import type { ChainPort } from '../chain/chain.port.ts'
import type { EarningsPort } from '../chain/earnings.port.ts'
import type { LedgerPort } from '../chain/ledger.port.ts'
import type { LedgerSpan } from '../storage/ledger-storage.port.ts'
import type { StoragePort } from '../storage/storage.port.ts'
import type { ArchiveNode } from './archive-node.ts'
import { GapRewards } from './gap-rewards.ts'
import type { LedgerRecorder } from './ledger-recorder.ts'
import { standBefore } from './ledger-stand.ts'

type Source = ChainPort & LedgerPort & EarningsPort
interface Opened {
  readonly source: Source
  readonly close: () => Promise<void>
}

export interface FillDeps {
  /** The connected chain. */
  readonly chain: Source
  /** A second connection, for nodes that keep all state. */
  readonly archive: ArchiveNode
  readonly storage: StoragePort
  readonly recorder: LedgerRecorder
  readonly changed: () => void
  /** Epochs of a gap are in the book. */
  readonly booked?: ((rows: readonly EpochRow[]) => void) | undefined
}

export interface FillAsk {
  readonly genesis: string
  readonly account: Ss58
  /** Of the account: what they earn with a place of theirs is mined. */
  readonly hotkeys: readonly Ss58[]
  readonly gaps: readonly LedgerSpan[]
  readonly archive?: string | undefined
}

export interface Filling extends LedgerSpan {
  readonly account: Ss58
  /** The block that is read now. */
  readonly at: number
}

/** Blocks between two looks at whether to go on. Their requests wait behind all others. */
const STEP = 10

/** What lies between the blocks that were looked at; with `from`, also what lies before the first. */
export function gapsOf(spans: readonly LedgerSpan[], from?: number): readonly LedgerSpan[] {
  const [first] = spans
  const older = first && from !== undefined && from < first.from ? [{ from, to: first.from - 1 }] : []
  const between = spans.slice(1).map((span, index) => ({ from: (spans[index]?.to ?? 0) + 1, to: span.from - 1 }))
  return [...older, ...between]
}

/** Reads what was missed, newest gap first, within the request budget of the endpoint that it asks. */
export class LedgerFill {
  readonly #deps: FillDeps
  #now: { filling: Filling; readonly stop: AbortController } | undefined
  #stopped: AppError | undefined

  constructor(deps: FillDeps) {
    this.#deps = deps
  }

  filling(): Filling | undefined {
    return this.#now?.filling
  }
  /** Why the last one ended before it was through. */
  stopped(): AppError | undefined {
    return this.#stopped
  }

  /** Starts; the reading itself goes on by itself. @errors ledger/nothing-missing, ledger/filling, chain/… of the archive */
  async start(ask: FillAsk): Promise<Result<null, AppError>> {
    const [first] = ask.gaps
    if (this.#now) return err({ code: 'ledger/filling' })
    if (!first) return err({ code: 'ledger/nothing-missing' })
    const stop = new AbortController()
    this.#now = { filling: { account: ask.account, ...first, at: first.from }, stop }
    this.#stopped = undefined
    const source = await this.#source(ask, stop.signal)
    if (!source.ok) {
      this.#now = undefined
      return source
    }
    void this.#run(ask, source.value, stop.signal)
    return ok(null)
  }

  stop(): void {
    this.#now?.stop.abort()
  }

  async #source({ archive: endpoint, genesis }: FillAsk, signal: AbortSignal): Promise<Result<Opened, AppError>> {
    const { archive, chain } = this.#deps
    return endpoint === undefined
      ? ok({ source: chain, close: async () => undefined })
      : archive.open({ endpoint, genesis }, signal)
  }

  async #run(ask: FillAsk, opened: Opened, signal: AbortSignal): Promise<void> {
    try {
      const ended = await this.#readAll(ask, opened.source, signal)
      if (!ended.ok) this.#stopped = ended.error
    } catch (cause) {
      this.#stopped = { code: 'internal', incident: cause instanceof Error ? cause.name : 'fill' }
    } finally {
      this.#now = undefined
      await opened.close()
      this.#deps.changed()
    }
  }

  async #readAll(ask: FillAsk, source: Source, signal: AbortSignal): Promise<Result<null, AppError>> {
    const { account, genesis, gaps } = ask
    for (const gap of [...gaps].reverse()) {
      const read = await this.#readGap(ask, gap, { source, signal })
      // Also of a gap that was read in part: more is explained than before.
      const stand = await standBefore(this.#deps.storage, genesis, { account, block: gap.to + 1 })
      this.#deps.storage.explainOpenings(genesis, { account, block: gap.to + 1 }, (place) => stand.of(place))
      this.#deps.changed()
      if (!read.ok || signal.aborted) return read
    }
    return ok(null)
  }

  async #readGap(
    { account, genesis, hotkeys }: FillAsk,
    gap: LedgerSpan,
    { source, signal }: { readonly source: Source; readonly signal: AbortSignal },
  ): Promise<Result<null, AppError>> {
    const { storage, recorder, booked: told } = this.#deps
    const rewards = new GapRewards({ source, storage, genesis, account, hotkeys, booked: told })
    const isOldest = !storage.ledgerSpans(genesis, account).some((span) => span.to < gap.from)
    for (let from = gap.from; from <= gap.to; from += STEP) {
      if (signal.aborted) return ok(null)
      const to = Math.min(gap.to, from + STEP - 1)
      const read = await source.ledgerBlocks({ from, to })
      if (!read.ok) return read
      const blocks = read.value.map((facts) => recorder.booked(genesis, facts, [account]))
      const booked = await rewards.book(blocks)
      if (!booked.ok) return booked
      for (const block of blocks) {
        const isBegin = isOldest && block.number === gap.from
        const openings = isBegin ? await openingsAt(source, account, block) : ok([])
        if (!openings.ok) return openings
        if (!storage.recordBlock(genesis, block, { accounts: [account], openings: openings.value }))
          return err({ code: 'ledger/other-history', block: block.number })
      }
      if (this.#now) this.#now.filling = { account, ...gap, at: to }
      this.#deps.changed()
    }
    return ok(null)
  }
}

/** What was held where the record now begins; nothing, where the node cannot tell. */
async function openingsAt(
  source: Source,
  account: Ss58,
  { number, atMs }: LedgerBlock,
): Promise<Result<readonly LedgerEntry[], AppError>> {
  const stakes = await source.stakesAt(account, number)
  if (!stakes.ok) return stakes.error.code === 'chain/unsupported' ? ok([]) : stakes
  const place = { account, block: number, slot: 0, atMs, kind: 'opening' as const, tao: 0n }
  return ok(stakes.value.map(({ netuid, hotkey, alpha }) => ({ ...place, netuid, hotkey, alpha })))
}

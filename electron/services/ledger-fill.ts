import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Ss58 } from '../../shared/units/amounts.ts'
import type { ChainPort } from '../chain/chain.port.ts'
import type { LedgerPort } from '../chain/ledger.port.ts'
import type { LedgerSpan } from '../storage/ledger-storage.port.ts'
import type { StoragePort } from '../storage/storage.port.ts'
import type { LedgerRecorder } from './ledger-recorder.ts'

type Source = ChainPort & LedgerPort

export interface FillDeps {
  /** The connected chain. */
  readonly chain: Source
  /** A second connection, for nodes that keep all state. */
  readonly archive: Source
  readonly storage: StoragePort
  readonly recorder: LedgerRecorder
  readonly changed: () => void
}

export interface FillAsk {
  readonly genesis: string
  readonly account: Ss58
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

  async #source({ archive: endpoint, genesis }: FillAsk, signal: AbortSignal): Promise<Result<Source, AppError>> {
    const { archive, chain } = this.#deps
    if (endpoint === undefined) return ok(chain)
    const connected = await archive.connect({ endpoint, genesis }, signal)
    return connected.ok ? ok(archive) : connected
  }

  async #run(ask: FillAsk, source: Source, signal: AbortSignal): Promise<void> {
    try {
      const ended = await this.#readAll(ask, source, signal)
      if (!ended.ok) this.#stopped = ended.error
    } catch (cause) {
      this.#stopped = { code: 'internal', incident: cause instanceof Error ? cause.name : 'fill' }
    } finally {
      this.#now = undefined
      if (ask.archive !== undefined) await source.disconnect()
      this.#deps.changed()
    }
  }

  async #readAll(
    { account, genesis, gaps }: FillAsk,
    source: Source,
    signal: AbortSignal,
  ): Promise<Result<null, AppError>> {
    for (const gap of [...gaps].reverse())
      for (let from = gap.from; from <= gap.to; from += STEP) {
        if (signal.aborted) return ok(null)
        const to = Math.min(gap.to, from + STEP - 1)
        const read = await source.ledgerBlocks({ from, to })
        if (!read.ok) return read
        const { storage, recorder } = this.#deps
        for (const facts of read.value) {
          const looked = { accounts: [account], openings: [] }
          if (!storage.recordBlock(genesis, recorder.booked(genesis, facts, [account]), looked))
            return err({ code: 'ledger/other-history', block: facts.number })
        }
        if (this.#now) this.#now.filling = { account, ...gap, at: to }
        this.#deps.changed()
      }
    return ok(null)
  }
}

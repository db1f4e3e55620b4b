import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { ChainPort } from '../chain/chain.port.ts'
import type { EarningsPort } from '../chain/earnings.port.ts'
import type { LedgerPort } from '../chain/ledger.port.ts'
import type { MarketsPort } from '../chain/markets.port.ts'

export type ArchiveSource = ChainPort & LedgerPort & MarketsPort & EarningsPort

export interface ArchiveTarget {
  readonly endpoint: string
  /** Another chain under this address is refused. */
  readonly genesis: string
}

/**
 * The second connection, to a node that keeps all state. Whoever needs the past shares it, and with it the request budget of
 * its endpoint; it is open only as long as somebody reads.
 */
export class ArchiveNode {
  readonly #source: ArchiveSource
  #users = 0
  #target: ArchiveTarget | undefined
  /** Connections are opened and closed one after the other. */
  #turn: Promise<unknown> = Promise.resolve()

  constructor(source: ArchiveSource) {
    this.#source = source
  }

  /** @returns how to let go of it again. @errors ledger/filling while another endpoint is read; chain/… of the connection */
  open(
    target: ArchiveTarget,
    signal: AbortSignal,
  ): Promise<Result<{ readonly source: ArchiveSource; readonly close: () => Promise<void> }, AppError>> {
    return this.#next(async () => {
      const now = this.#target
      const isOther = now !== undefined && (now.endpoint !== target.endpoint || now.genesis !== target.genesis)
      if (this.#users > 0 && isOther) return err({ code: 'ledger/filling' })
      if (this.#users === 0) {
        const connected = await this.#source.connect(target, signal)
        if (!connected.ok) return connected
      }
      this.#target = target
      this.#users += 1
      let open = true
      const close = async () => {
        if (!open) return
        open = false
        await this.#next(async () => {
          this.#users -= 1
          if (this.#users === 0) await this.#source.disconnect()
        })
      }
      return ok({ source: this.#source, close })
    })
  }

  #next<T>(run: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(run)
    this.#turn = turn.catch(() => undefined)
    return turn
  }
}

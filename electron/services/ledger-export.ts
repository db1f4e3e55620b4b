import type { AppError } from '../../shared/errors.ts'
import type { ExportAsk } from '../../shared/ledger/export-text.ts'
import { ok, type Result } from '../../shared/result.ts'
import type { ExportFilesPort } from '../storage/export-files.port.ts'
import type { LedgerFilesPort, LedgerFileTaker } from '../storage/ledger-files.port.ts'
import type { ClockPort } from '../system/system.port.ts'

export interface Exported {
  readonly path: string
  /** Without the head. */
  readonly lines: number
  readonly bytes: number
}

interface ExportDeps {
  readonly files: LedgerFilesPort
  readonly exports: ExportFilesPort
  readonly clock: ClockPort
}

/** Files of the ledger: made by a process beside this one, taken here as fast as the disk or a browser takes them. */
export class LedgerExport {
  readonly #deps: ExportDeps

  constructor(deps: ExportDeps) {
    this.#deps = deps
  }

  /** @throws StorageFailure @errors those of {@link stream} */
  async write(ask: ExportAsk, signal?: AbortSignal): Promise<Result<Exported, AppError>> {
    const file = await this.#deps.exports.begin(this.nameOf(ask))
    try {
      const lines = await this.stream(ask, { put: (text) => file.write(text), signal })
      if (lines.ok) return ok({ lines: lines.value, ...(await file.finish()) })
      await file.discard()
      return lines
    } catch (cause) {
      await file.discard()
      throw cause
    }
  }

  /** The same file, to whoever takes it. @returns lines without the head. @throws what `put` throws */
  stream(ask: ExportAsk, taker: LedgerFileTaker): Promise<Result<number, AppError>> {
    return this.#deps.files.stream(ask, taker)
  }

  nameOf(ask: ExportAsk): string {
    return nameOf(ask, this.#deps.clock.nowMs())
  }

  close(): void {
    this.#deps.files.close()
  }
}

/** The time keeps two files of one day apart; the method is named where the figures depend on it. */
function nameOf({ what, method, year, account }: ExportAsk, nowMs: number): string {
  const at = new Date(nowMs).toISOString().slice(0, 19).replaceAll(':', '')
  const by = what === 'lots' || what === 'years' ? [method] : []
  return [
    `taoforge-${what}`,
    ...by,
    ...(year === undefined ? [] : [year]),
    ...(account ? [account.slice(0, 8)] : []),
    at,
  ]
    .join('-')
    .concat('.csv')
}

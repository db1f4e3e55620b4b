import type { AppError } from '../../shared/errors.ts'
import { ok, type Result } from '../../shared/result.ts'
import type { ExportFilesPort } from '../storage/export-files.port.ts'
import type { FileAsk, LedgerFilesPort, LedgerFileTaker } from '../storage/ledger-files.port.ts'
import type { ClockPort } from '../system/system.port.ts'
import type { Downloads } from './downloads.ts'

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
  async write(ask: FileAsk, signal?: AbortSignal): Promise<Result<Exported, AppError>> {
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
  stream(ask: FileAsk, taker: LedgerFileTaker): Promise<Result<number, AppError>> {
    return this.#deps.files.stream(ask, taker)
  }

  /** @returns the address for a browser; `undefined` where there is no door for it */
  offer(ask: FileAsk, downloads: Downloads): string | undefined {
    return downloads.offer({
      name: this.nameOf(ask),
      write: async (put) => {
        const sent = await this.stream(ask, { put })
        // The door cuts the download off: half a file under a good name would be worse.
        if (!sent.ok) throw new Error(sent.error.code)
      },
    })
  }

  nameOf(ask: FileAsk): string {
    return nameOf(ask, this.#deps.clock.nowMs())
  }

  close(): void {
    this.#deps.files.close()
  }
}

/** The time keeps two files of one day apart; the method is named where the figures depend on it. */
function nameOf(ask: FileAsk, nowMs: number): string {
  const at = new Date(nowMs).toISOString().slice(0, 19).replaceAll(':', '')
  if (ask.what === 'epochs') return `taoforge-epochs-${at}.${ask.format}`
  const { what, method, year, account } = ask
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

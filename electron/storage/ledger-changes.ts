import type { EpochRow } from '../../shared/earnings/epoch-row.ts'
import type { LedgerChanges } from './ledger-storage.port.ts'

/** What is kept of each kind; for what is older the answer is "anything". */
const MOST = 1_024

interface Noted<T> {
  readonly revision: number
  readonly what: T
}

/** What was written of one chain, and when, as long as this program runs. */
class ChangeLog {
  #revision = 0
  /** Places of lines. Both numbers grow: a later mark that is lower stands for those before it. */
  readonly #lines: Noted<number>[] = []
  readonly #epochs: Noted<EpochRow>[] = []
  #linesFrom = 0
  #epochsFrom = 0

  noteLine(seq: number): void {
    this.#revision += 1
    while ((this.#lines.at(-1)?.what ?? -1) >= seq) this.#lines.pop()
    this.#lines.push({ revision: this.#revision, what: seq })
    if (this.#lines.length > MOST) this.#linesFrom = this.#lines.shift()?.revision ?? 0
  }

  noteEpoch(row: EpochRow): void {
    this.#revision += 1
    this.#epochs.push({ revision: this.#revision, what: row })
    if (this.#epochs.length > MOST) this.#epochsFrom = this.#epochs.shift()?.revision ?? 0
  }

  since(since: number): LedgerChanges {
    const later = <T>({ revision }: Noted<T>): boolean => revision > since
    return {
      revision: this.#revision,
      lowest: since < this.#linesFrom ? 0 : this.#lines.find(later)?.what,
      epochs: since < this.#epochsFrom ? undefined : this.#epochs.filter(later).map(({ what }) => what),
    }
  }
}

export class ChangeLogs {
  readonly #byChain = new Map<number, ChangeLog>()

  of(chain: number): ChangeLog {
    const known = this.#byChain.get(chain)
    if (known) return known
    const made = new ChangeLog()
    this.#byChain.set(chain, made)
    return made
  }
}

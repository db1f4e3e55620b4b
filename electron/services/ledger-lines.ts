import type { LedgerFilter, StoredEntry } from '../storage/ledger-storage.port.ts'
import type { StoragePort } from '../storage/storage.port.ts'

/** Lines that are read at a time: some ms each, so that windows are answered in between. */
const PAGE = 1_000

type Ask = LedgerFilter & { readonly after?: string | undefined }

/** Lets whoever waits for an answer go first. */
export const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Lines of one account, a page at a time. */
class Reader {
  readonly #read: (after: string | undefined) => readonly StoredEntry[]
  #page: readonly StoredEntry[]
  #at = 0

  constructor(read: (after: string | undefined) => readonly StoredEntry[], after: string | undefined) {
    this.#read = read
    this.#page = read(after)
  }

  get line(): StoredEntry | undefined {
    return this.#page[this.#at]
  }
  /** @returns whether a page was read for it */
  next(): boolean {
    const after = this.line?.cursor
    this.#at += 1
    if (this.#at < this.#page.length || this.#page.length < PAGE) return false
    this.#page = this.#read(after)
    this.#at = 0
    return true
  }
}

/**
 * All lines that a filter lets through, oldest first. Those of all accounts are read account by account and put together here, so
 * that each is read once. Between pages others have their turn: what is written then may be missing.
 */
export async function* linesOf(
  storage: StoragePort,
  genesis: string,
  ask: Ask = {},
): AsyncGenerator<StoredEntry, void> {
  const accounts = ask.account === undefined ? storage.ledgerAccounts(genesis) : [ask.account]
  const readers = accounts.map((account) => {
    const read = (after: string | undefined) =>
      storage.ledgerPage(genesis, { ...ask, account, after, limit: PAGE, order: 'oldest' })
    return new Reader(read, ask.after)
  })
  for (;;) {
    const reader = oldestOf(readers)
    if (!reader?.line) return
    yield reader.line
    if (reader.next()) await pause()
  }
}

/** Accounts come in the order of their numbers, by which lines of one place are ordered. */
function oldestOf(readers: readonly Reader[]): Reader | undefined {
  let oldest: Reader | undefined
  for (const reader of readers) {
    const { line } = reader
    if (line && (!oldest?.line || isBefore(line, oldest.line))) oldest = reader
  }
  return oldest
}

const isBefore = (a: StoredEntry, b: StoredEntry): boolean =>
  a.block < b.block || (a.block === b.block && a.slot < b.slot)

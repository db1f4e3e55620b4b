import { type LedgerEntry, seqOf } from '../../shared/ledger/entry.ts'
import { type Disposal, type Holding, LotBook } from '../../shared/ledger/lot-book.ts'
import type { LotMethod } from '../../shared/ledger/lots.ts'
import type { Ss58 } from '../../shared/units/amounts.ts'
import type { LedgerFilter, StoredEntry } from '../storage/ledger-storage.port.ts'
import type { StoragePort } from '../storage/storage.port.ts'

/** Lines that are read at a time: some ms each, so that windows are answered in between. */
const PAGE = 2_000
/** Epochs are booked up to this many blocks late: lines above may still come in between. */
const STILL_MOVING = 1_000

/** Lets whoever waits for an answer go first. */
const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** All lines that a filter lets through, oldest first, a page at a time. */
export async function* linesOf(
  storage: StoragePort,
  genesis: string,
  filter: LedgerFilter & { readonly after?: string | undefined } = {},
): AsyncGenerator<StoredEntry, void> {
  for (let after = filter.after; ; ) {
    const page = storage.ledgerPage(genesis, { ...filter, after, limit: PAGE, order: 'oldest' })
    yield* page
    if (page.length < PAGE) return
    after = page.at(-1)?.cursor
    await pause()
  }
}

interface Settled {
  readonly genesis: string
  readonly method: LotMethod
  readonly own: string
  readonly book: LotBook
  cursor: string | undefined
}

/** Lot books of the whole ledger: what is settled is kept, and only newer lines are read again. */
export class LedgerBooks {
  readonly #storage: StoragePort
  #settled: Settled | undefined
  #turn: Promise<unknown> = Promise.resolve()

  constructor(storage: StoragePort) {
    this.#storage = storage
  }

  /** Lines changed further down: everything is read again. */
  reset(): void {
    this.#settled = undefined
  }

  holdings(genesis: string, method: LotMethod, own: ReadonlySet<Ss58>): Promise<readonly Holding[]> {
    const answer = this.#turn.then(async () => (await this.#newest(genesis, method, own)).holdings())
    this.#turn = answer.catch(() => undefined)
    return answer
  }

  /** Follows the whole ledger once. @param onLine before the line counts. @returns the book at its end */
  async follow(
    genesis: string,
    by: { readonly method: LotMethod; readonly own: ReadonlySet<Ss58> },
    tell: { onLine?(entry: LedgerEntry): void; onDisposal(disposal: Disposal): void; afterLine?(): Promise<void> },
  ): Promise<LotBook> {
    const book = new LotBook(by.method, by.own, (disposal) => tell.onDisposal(disposal))
    for await (const entry of linesOf(this.#storage, genesis)) {
      tell.onLine?.(entry)
      book.apply(entry)
      await tell.afterLine?.()
    }
    return book
  }

  async #newest(genesis: string, method: LotMethod, own: ReadonlySet<Ss58>): Promise<LotBook> {
    const settled = this.#base(genesis, method, own)
    const limit = this.#storage.ledgerFinal(genesis) - STILL_MOVING
    let moving: LotBook | undefined
    for await (const entry of linesOf(this.#storage, genesis, { after: settled.cursor })) {
      if (!moving && seqOf(entry.block, entry.slot) < seqOf(Math.max(0, limit), 0)) {
        settled.book.apply(entry)
        settled.cursor = entry.cursor
        continue
      }
      moving ??= settled.book.fork()
      moving.apply(entry)
    }
    return moving ?? settled.book
  }

  #base(genesis: string, method: LotMethod, own: ReadonlySet<Ss58>): Settled {
    const key = [...own].sort().join()
    const known = this.#settled
    if (known?.genesis === genesis && known.method === method && known.own === key) return known
    const made: Settled = { genesis, method, own: key, book: new LotBook(method, own), cursor: undefined }
    this.#settled = made
    return made
  }
}

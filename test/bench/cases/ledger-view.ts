import type { LedgerFilter } from '../../../electron/storage/ledger-storage.port.ts'
import { netuid } from '../../../shared/units/amounts.ts'
import type { BenchCase } from '../case.ts'
import { ACCOUNTS, GENESIS, millionLines, RARE } from '../ledger-million.ts'

const [one] = ACCOUNTS
const from = 1_700_000_000_000
const month = { fromMs: from + 6_000_000, toMs: from + 12_000_000 }
/** Every way in which the window narrows the history, alone and together. */
const FILTERS: readonly LedgerFilter[] = [
  {},
  { account: one },
  { kind: 'reward' },
  { kind: 'sell' },
  { netuid: netuid(3) },
  { kind: 'buy', netuid: netuid(3) },
  RARE,
  { account: one, ...RARE },
  month,
  { account: one, kind: 'reward', netuid: netuid(5), ...month },
]
const PAGE = 100
const TIMES = 5

/** The slowest page that a window can ask of a ledger with a million lines: first, far down, and narrowed every way. */
export const ledgerView: BenchCase = {
  name: 'ledger-view-ms',
  unit: 'ms',
  target: 50,
  better: 'lower',
  async run() {
    const ledger = millionLines()
    try {
      const ms: number[] = []
      for (const filter of FILTERS) {
        for (let time = 0; time < TIMES; time += 1) {
          let after: string | undefined
          for (let page = 0; page < 3; page += 1) {
            const began = performance.now()
            const lines = ledger.storage.ledgerPage(GENESIS, { ...filter, after, limit: PAGE, order: 'newest' })
            ms.push(performance.now() - began)
            // The third page lies in the middle of the ledger: deep pages cost what the first does.
            after = page === 0 ? lines.at(-1)?.cursor : `${1_000 * 2 ** 27}.1`
          }
        }
      }
      return Math.max(...ms)
    } finally {
      ledger.close()
    }
  },
}

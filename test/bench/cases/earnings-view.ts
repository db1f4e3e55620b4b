import { z } from 'zod'
import { EarningsBook, type EarningsBookDeps } from '../../../electron/services/earnings-book.ts'
import { earningsContract } from '../../../shared/contract/earnings.contract.ts'
import { RANGES } from '../../../shared/earnings/ranges.ts'
import { netuid } from '../../../shared/units/amounts.ts'
import type { BenchCase } from '../case.ts'
import { EPOCHS_GENESIS, HOTKEYS, type MillionEpochs, millionEpochs, NOW_MS, ROWS, WALLETS } from '../epochs-million.ts'

const [account] = WALLETS
const [hotkey] = HOTKEYS
/** Every way in which the window narrows the epochs, alone and together. */
const NARROWED = [{}, { account }, { netuid: netuid(3) }, { hotkey }, { account, netuid: netuid(3), hotkey }]
const TIMES = 5
const PAGE = 100

const bookOf = ({ storage }: MillionEpochs): EarningsBook =>
  new EarningsBook({
    storage,
    clock: { nowMs: () => NOW_MS },
    wallets: { state: () => ({ wallets: WALLETS.map((address) => ({ name: address, address, hotkeys: [] })) }) },
    network: { genesis: () => EPOCHS_GENESIS },
  } as unknown as EarningsBookDeps)

/** @returns ms, with the way over the wire */
function timed(answer: () => { readonly ok: boolean; readonly value?: unknown }, wire: z.ZodType): number {
  const began = performance.now()
  const given = answer()
  if (!given.ok) throw new Error('no answer')
  JSON.stringify(z.encode(wire, given.value))
  return performance.now() - began
}

/** The slowest answer that the window waits for with a million epochs: sums by every range and filter, and pages of epochs anywhere. */
export const earningsView: BenchCase = {
  name: 'earnings-view-ms',
  unit: 'ms',
  target: 50,
  better: 'lower',
  async run() {
    const epochs = millionEpochs()
    try {
      const book = bookOf(epochs)
      let worst = 0
      const { summary, epochs: page } = {
        summary: earningsContract['earnings.summary'].output,
        epochs: earningsContract['earnings.epochs'].output,
      }
      for (const range of RANGES)
        for (const narrow of NARROWED) {
          const ask = { range, ...narrow }
          const total = book.epochs({ ...ask, onlyRed: false, offset: 0, limit: 1 })
          const rows = total.ok ? total.value.total : 0
          if (range === 'all' && Object.keys(narrow).length === 0 && rows !== ROWS) throw new Error(`${rows} rows`)
          const took = Array.from({ length: TIMES }, () => ({
            sums: timed(() => book.summary(ask), summary),
            pages: Math.max(
              ...[0, Math.floor(rows / 2), Math.max(0, rows - PAGE)].map((offset) =>
                timed(() => book.epochs({ ...ask, onlyRed: false, offset, limit: PAGE }), page),
              ),
            ),
            red: timed(() => book.epochs({ ...ask, onlyRed: true, offset: 0, limit: PAGE }), page),
          }))
          const most = (of: 'sums' | 'pages' | 'red') => Math.max(...took.map((one) => one[of]))
          process.stderr.write(
            `${range} ${Object.keys(narrow).join('+')}: sums ${most('sums').toFixed(1)} ms, pages ${most('pages').toFixed(1)} ms, red rows ${most('red').toFixed(1)} ms\n`,
          )
          worst = Math.max(worst, most('sums'), most('pages'), most('red'))
        }
      return worst
    } finally {
      epochs.close()
    }
  },
}

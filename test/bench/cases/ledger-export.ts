import { statSync } from 'node:fs'
import { join } from 'node:path'
import { LedgerBooks } from '../../../electron/services/ledger-books.ts'
import { LedgerExport } from '../../../electron/services/ledger-export.ts'
import { exportFiles } from '../../../electron/storage/export-files.ts'
import { nodeClock } from '../../../electron/system/node-system.ts'
import { EXPORTS } from '../../../shared/ledger/export-lines.ts'
import type { BenchCase } from '../case.ts'
import { ACCOUNTS, GENESIS, LINES, millionLines } from '../ledger-million.ts'

const MIB = 1024 * 1024
const names = { walletOf: () => 'wallet', subnetOf: (of: number) => `subnet ${of}` }

/**
 * Memory that the process takes more at its peak while a million lines become files: transactions, rewards, and the
 * summary of years, which follows every lot.
 */
export const ledgerExport: BenchCase = {
  name: 'ledger-export-mib',
  unit: 'MiB',
  target: 64,
  better: 'lower',
  async run() {
    const ledger = millionLines()
    try {
      const exports = exportFiles(join(ledger.folder, 'exports'))
      const { storage } = ledger
      const writer = new LedgerExport({ storage, exports, clock: nodeClock, books: new LedgerBooks(storage) })
      const before = process.memoryUsage.rss()
      let peak = before
      const watch = setInterval(() => {
        peak = Math.max(peak, process.memoryUsage.rss())
      }, 5)
      for (const what of EXPORTS) {
        const done = await writer.write({ genesis: GENESIS, what, method: 'fifo', own: new Set(ACCOUNTS), names })
        peak = Math.max(peak, process.memoryUsage.rss())
        process.stderr.write(
          `${what}: ${done.lines} lines, ${Math.round(statSync(done.path).size / MIB)} MiB, peak +${Math.round((peak - before) / MIB)} MiB\n`,
        )
        if (what === 'transactions' && done.lines !== LINES) throw new Error(`${done.lines} lines were written`)
      }
      clearInterval(watch)
      return (peak - before) / MIB
    } finally {
      ledger.close()
    }
  },
}

import { readFileSync } from 'node:fs'
import { earningsRun } from '../../support/earnings-run.ts'
import { readCsv } from '../../support/read-csv.ts'
import type { BenchCase } from '../case.ts'

/** Two hours of blocks in minutes, with a host that is killed and branches that lose: epochs whose account does not add up. */
export const reconcileRedRows: BenchCase = {
  name: 'reconcile-red-rows',
  unit: 'count',
  target: 0,
  better: 'lower',
  async run() {
    const played = await earningsRun()
    try {
      const [head = [], ...rows] = readCsv(readFileSync(played.csv, 'utf8'))
      const status = head.indexOf('status')
      if (rows.length === 0 || status < 0) throw new Error('no epoch was booked')
      const { moves, dropped, restarts } = played
      process.stderr.write(`${JSON.stringify({ rows: rows.length, moves, dropped, restarts })}\n`)
      // What was not looked at does not add up either.
      return rows.filter((row) => row[status] === 'red' || row[status] === 'not-looked-at').length
    } finally {
      await played.close()
    }
  },
}

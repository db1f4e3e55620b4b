import { expect, test } from 'vitest'
import { alpha, netuid, rao, ss58 } from '../units/amounts.ts'
import type { LedgerEntry } from './entry.ts'
import { YearBook } from './years.ts'

const ME = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const line = (more: Partial<LedgerEntry>): LedgerEntry =>
  ({ account: ME, atMs: Date.UTC(2026, 5, 1), netuid: netuid(1), tao: 0n, alpha: alpha(5n), ...more }) as LedgerEntry

test('what was paid or earned in alpha without a price is counted apart, not as nothing', () => {
  const book = new YearBook()
  for (const kind of ['fee-alpha', 'reward'] as const) {
    book.add(line({ kind, worth: rao(7n) }))
    book.add(line({ kind }))
  }
  expect(book.summaries()).toMatchObject([{ year: 2026, fees: 7n, unpricedFees: 1, income: 7n, unpricedRewards: 1 }])
})

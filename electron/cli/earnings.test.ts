import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { EarningsSummary } from '../../shared/contract/earnings.contract.ts'
import { earningsArguments, earningsText, putFile } from './earnings.ts'

const KINDS = { mined: 0n, validated: 0n, staked: 5_000_000_000n, root: 0n, 'owner-cut': 0n, 'not-told': 0n }
const sums = {
  tao: KINDS,
  knownTao: 5_000_000_000n,
  feeTao: 0n,
  rows: 3,
  epochs: 3,
  unpriced: 1,
  redRows: 1,
  roundedRows: 1,
  untoldRows: 0,
}
const summary: EarningsSummary = {
  span: { to: 1 },
  total: sums,
  groups: { wallet: [], hotkey: [], subnet: [{ key: '2', sums: { ...sums, unpriced: 0, earnedTao: 5_000_000_000n } }] },
  days: [],
  seen: { netuids: [], hotkeys: [] },
  gaps: [],
}

test('what was typed wrong is said in words', () => {
  const refused = (...argv: string[]) => {
    const given = earningsArguments(argv)
    return given.ok ? undefined : given.error
  }
  expect(refused('--range', 'week')).toMatch(/today, 7d/)
  expect(refused('--by', 'x')).toMatch(/subnet, wallet/)
  expect(refused('--netuid', '1.5')).toMatch(/whole number/)
  expect(refused('--netuid', '')).toMatch(/whole number/)
  expect(refused('--account', 'me')).toMatch(/address/)
  expect(refused('--csv', '--json')).toMatch(/Leave/)
  expect(refused('--out', 'x')).toMatch(/goes with/)
  expect(refused('--csv', '--out', 'x', '--range', 'all')).toBeUndefined()
})

test('an unknown sum is said to be unknown, beside what is known', () => {
  const given = earningsArguments([])
  if (!given.ok) throw new Error(given.error)
  expect(earningsText(summary, given.value)).toEqual([
    'In 30 days: earned unknown, at least 5.000000000 TAO at the price after each of 3 epochs.',
    '1 of 3 rows add up, 1 but for rounding of shares, 1 are red: they do not. Of 0 only the stake is known. 0 gaps.',
    '  subnet 2: 5.000000000 TAO, 3 epochs, 1 red',
  ])
  expect(earningsText(summary, { ...given.value, by: 'kind' }).at(-1)).toBe('  staked: at least 5.000000000 TAO')
})

test('where no epoch was recorded no 0 is said', () => {
  const given = earningsArguments(['--range', 'today'])
  if (!given.ok) throw new Error(given.error)
  const none = { ...summary, total: { ...sums, rows: 0, epochs: 0, unpriced: 0, knownTao: 0n, earnedTao: 0n } }
  expect(earningsText(none, given.value)).toEqual(['Today: no epoch is recorded of what was chosen. 0 gaps.'])
})

test('a file that is there is not written over', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'taoforge-out-'))
  try {
    const [made, out] = [join(folder, 'made.csv'), join(folder, 'out.csv')]
    writeFileSync(made, 'a')
    expect(await putFile(made, out)).toEqual({ ok: true, value: out })
    expect([readFileSync(out, 'utf8'), existsSync(made)]).toEqual(['a', false])
    writeFileSync(made, 'b')
    expect(await putFile(made, out)).toMatchObject({ ok: false })
    expect([readFileSync(out, 'utf8'), existsSync(made)]).toEqual(['a', true])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

import { describe, expect, test } from 'vitest'
import { readCsv } from '../../test/support/read-csv.ts'
import { netuid, ss58 } from '../units/amounts.ts'
import { csvLine } from './csv.ts'
import { EXPORTS, ExportLines, headOf } from './export-lines.ts'

const ME = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const EVIL = '=HYPERLINK("http://127.0.0.1","x")'
const lines = new ExportLines({ walletOf: () => '@SUM(1)', subnetOf: () => EVIL })
const entry = {
  account: ME,
  block: 7,
  slot: 0,
  atMs: 0,
  netuid: netuid(3),
  hotkey: ME,
  tao: -1_500_000_000n,
  alpha: 5n,
}
const lot = { alpha: 5n, cost: undefined, seq: 1, atMs: 0, origin: 'before' as const }

describe('CSV', () => {
  test('quotes what needs it and ends lines as the standard says', () => {
    expect(
      csvLine([{ text: 'a,b' }, { text: 'say "x"' }, { text: 'two\nlines' }, { text: ' pad' }, { text: 'plain' }]),
    ).toBe('"a,b","say ""x""","two\nlines"," pad",plain\r\n')
  })

  test.each(['=1+1', '+1', '-1', '@cmd', '＝1', '  =1', '\u200b=1'])('%j is text, not a formula', (text) => {
    expect(readCsv(csvLine([{ text }]))[0]?.[0]).toBe(`'${text}`)
  })

  test.each([
    ['\t=1', "'\t'=1"],
    ['\r=1', "'\r'=1"],
    ['Apex;=1+1;', "Apex;'=1+1;"],
    ['Apex; \u200b@cmd', "Apex; \u200b'@cmd"],
    ['Apex\n-1;\t+2', "Apex\n'-1;\t'+2"],
    ['two; words', 'two; words'],
  ])('%j begins no formula where a spreadsheet parts lines at other marks', (text, guarded) => {
    expect(readCsv(csvLine([{ text }]))[0]?.[0]).toBe(guarded)
    for (const cell of csvLine([{ number: '7' }, { text }]).split(/[;\t\r\n]/)) expect(cell).not.toMatch(/^\s*[=+\-@]/)
  })

  test('numbers stay numbers, negative ones too; anything else in their place is text', () => {
    expect(csvLine([{ number: '-1.500000000' }, { number: undefined }, { number: '=1' }])).toBe("-1.500000000,,'=1\r\n")
  })

  test('every line has as many cells as its head, and names of strangers are guarded in all files', () => {
    const held = { account: ME, netuid: netuid(3), hotkey: ME, lot }
    const year = { year: 2026, account: ME, income: 1n, proceeds: 1n, cost: 1n, gain: -1n, fees: 1n, registrations: 0n }
    const rest = { received: 0n, sent: 0n, other: 0n, unpricedRewards: 1, unknownDisposals: 2, unpricedFees: 3 }
    const written = {
      transactions: [lines.transaction({ ...entry, kind: 'buy' })],
      rewards: [lines.reward({ ...entry, kind: 'reward' })],
      lots: [
        lines.openLot(held),
        lines.closedLot({ ...held, kind: 'sold', seq: 2, atMs: 1, proceeds: 7n, gain: undefined }),
      ],
      years: [lines.year({ ...year, ...rest })],
    }
    for (const what of EXPORTS) {
      const [head = [], ...rows] = readCsv(headOf(what) + written[what].join(''))
      for (const row of rows) {
        expect(row).toHaveLength(head.length)
        expect(row[head.indexOf('Wallet')]).toBe("'@SUM(1)")
        if (what !== 'years') expect(row[head.indexOf('Subnet name')]).toBe(`'${EVIL}`)
      }
    }
    expect(readCsv(written.rewards[0] ?? '')[0]).toContain('unknown')
    expect(readCsv(written.lots[0] ?? '')[0]?.filter((cell) => cell === 'unknown')).toHaveLength(2)
    expect(readCsv(written.transactions[0] ?? '')[0]).toContain('-1.500000000')
    expect(readCsv(written.transactions[0] ?? '')[0]).toContain('1970-01-01 00:00:00')
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ss58 } from '../units/amounts.ts'
import { type AddressEntry, nameKey, readBook, readName, readNote, writeBook } from './address-book.ts'

const ALICE = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const BOB = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const entry = (over: Partial<AddressEntry> = {}): AddressEntry => ({
  address: ALICE,
  name: 'A',
  note: '',
  addedAtMs: 1,
  ...over,
})

describe('names', () => {
  test.each([
    [' Exchange   deposit ', 'Exchange deposit'],
    ['e\u0301', 'é'],
    ['', undefined],
    [' \t', undefined],
    ['x'.repeat(41), undefined],
    ['a\u202eb', undefined],
    ['a\u200bb', undefined],
  ])('%j is kept as %j', (text, name) => expect(readName(text)).toBe(name))

  test('equal for the eye is equal', () => {
    expect(nameKey('Ｂｒｏｋｅｒ')).toBe(nameKey('broker'))
    expect(readNote('')).toBe('')
    expect(readNote('x'.repeat(201))).toBeUndefined()
  })
})

describe('the file of a book', () => {
  test('comes back as it was written, and the same book is the same text', () => {
    const entries = [entry({ address: BOB, name: 'B', note: 'n "q" \\' }), entry()]
    const text = writeBook('finney', entries)
    expect(writeBook('finney', [...entries].reverse())).toBe(text)
    const read = readBook(text)
    expect(read).toMatchObject({ ok: true, value: { network: 'finney', skipped: [] } })
    expect(read.ok && read.value.rows.map(({ address, name, note }) => [address, name, note])).toEqual([
      [BOB, 'B', 'n "q" \\'],
      [ALICE, 'A', ''],
    ])
  })

  test('names each row that cannot be kept, by its place', () => {
    const addresses = [{ address: 'x', name: 'a' }, { address: ALICE, name: '\u202e' }, 5, { address: BOB, name: 'ok' }]
    const read = readBook(JSON.stringify({ format: 'taoforge-addresses', version: 1, network: 'test', addresses }))
    expect(read).toMatchObject({
      ok: true,
      value: {
        rows: [{ row: 4, address: BOB, name: 'ok', note: '' }],
        skipped: [
          { row: 1, problem: 'too-short' },
          { row: 2, problem: 'name' },
          { row: 3, problem: 'empty' },
        ],
      },
    })
  })

  test('refuses anything else with a reason, and never throws', () => {
    expect(readBook('{"format":"taoforge-addresses","version":2}')).toMatchObject({ ok: false })
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(readBook(text).ok).toBe(false)
      }),
    )
  })
})

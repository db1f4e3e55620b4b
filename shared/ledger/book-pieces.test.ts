import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { netuid, ss58 } from '../units/amounts.ts'
import { BOOK_RULES, piecesFromText, piecesToText } from './book-pieces.ts'
import { eventSlot, type LedgerEntry } from './entry.ts'
import { LotBook } from './lot-book.ts'
import { LOT_METHODS, type LotMethod } from './lots.ts'

const ALICE = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const BOB = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const own = new Set([ALICE, BOB])

/** Lines of every sort that touches lots, the same in every run. */
function line(index: number): LedgerEntry {
  const roll = (sides: number) => Math.floor(((index * 7_919 + sides * 104_729) % 9_973) / 17) % sides
  const [account, other] = roll(2) === 0 ? [ALICE, BOB] : [BOB, ALICE]
  const at = { account, block: index, slot: eventSlot(1), atMs: index * 12_000, netuid: netuid(roll(3)), hotkey: other }
  const amount = BigInt(100 + roll(997))
  switch (roll(9)) {
    case 0:
      return { ...at, kind: 'sell', tao: amount, alpha: -amount * 2n }
    case 1:
      return { ...at, kind: 'fee-alpha', tao: 0n, alpha: -3n, worth: 1n }
    case 2:
      return { ...at, kind: 'move', toHotkey: account, tao: 0n, alpha: amount }
    case 3:
      return { ...at, kind: 'stake-out', tao: 0n, alpha: -amount, other, toHotkey: account }
    case 4:
      return { ...at, kind: 'opening', tao: 0n, alpha: amount * 20n }
    case 5:
      return { ...at, kind: 'stake-in', tao: 0n, alpha: amount }
    case 6:
      return { ...at, kind: 'reward', tao: 0n, alpha: amount, worth: amount / 3n, mined: index % 2 === 0 }
    default:
      return { ...at, kind: 'buy', tao: -amount, alpha: amount * 3n }
  }
}
const follow = (book: LotBook, from: number, to: number) => {
  for (let index = from; index < to; index += 1) book.apply(line(index))
}
const textOf = (book: LotBook): string => piecesToText([...book.pieces()])
function again(text: string, method: LotMethod): LotBook {
  const book = new LotBook(method, own)
  for (const piece of piecesFromText(text)) book.putBack(piece)
  return book
}

test.each(LOT_METHODS)('a book made again of its pieces goes on as the one that gave them: %s', (method) => {
  const book = new LotBook(method, own)
  follow(book, 1, 4_000)
  const copy = again(textOf(book), method)
  expect(copy.holdings()).toEqual(book.holdings())
  follow(book, 4_000, 6_000)
  follow(copy, 4_000, 6_000)
  expect(copy.holdings()).toEqual(book.holdings())
  expect([...copy.open()]).toEqual([...book.open()])
})

test('amounts beyond 64 bits and unknown costs come back as they were', () => {
  const book = new LotBook('fifo', own)
  const at = { account: ALICE, slot: 4, atMs: 7, netuid: netuid(1), hotkey: BOB }
  book.apply({ ...at, block: 1, kind: 'buy', tao: -(2n ** 70n), alpha: 2n ** 66n })
  book.apply({ ...at, block: 2, kind: 'stake-in', tao: 0n, alpha: 5n })
  expect([...again(textOf(book), 'fifo').open()]).toEqual([...book.open()])
})

// Where this fails, the same lines make other books than before: those that are kept on disk must not be gone on from.
test('books are made by the rules that they are kept under', () => {
  const made = LOT_METHODS.map((method) => {
    const book = new LotBook(method, own)
    follow(book, 1, 3_000)
    return textOf(book)
  })
  const hash = createHash('sha256').update(made.join('\n\n')).digest('hex').slice(0, 16)
  expect({ rules: BOOK_RULES, hash }).toEqual({ rules: 1, hash: '9b82f4164202ecf7' })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isSs58Shape, type Ss58, ss58 } from '../units/amounts.ts'
import { DUST_BELOW, dustSenders } from './dust.ts'
import { judgeRecipient, type RecipientFacts } from './judge-recipient.ts'
import { ENDS_ALIKE, imitatedBy, type KnownAddress, likeness, looksAlike } from './look-alike.ts'
import { judgePaste } from './pasted.ts'

const LETTERS = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const tail = (length: number) =>
  fc.array(fc.constantFrom(...LETTERS), { minLength: length, maxLength: length }).map((letters) => letters.join(''))
const anyAddress = tail(47).map((rest) => ss58(`5${rest}`))
/** Another address with so many equal characters at each end. */
const imitationOf = (address: string, first: number, last: number) =>
  tail(48 - first - last)
    .map((middle) => address.slice(0, first) + middle + address.slice(48 - last))
    .filter((text): text is Ss58 => isSs58Shape(text) && text !== address)

const OWN = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const FRIEND = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const known = (address: Ss58, how: KnownAddress['how'], name = 'x'): KnownAddress => ({ address, how, name })
const facts = (over: Partial<RecipientFacts> = {}): RecipientFacts => ({
  from: OWN,
  known: [known(OWN, 'own-coldkey', 'harbour'), known(FRIEND, 'book', 'Friend')],
  paid: [],
  dustSenders: [],
  ...over,
})
const kinds = (address: Ss58, over: Partial<RecipientFacts> = {}) =>
  judgeRecipient(address, facts(over)).findings.map(({ kind }) => kind)

describe('look-alikes', () => {
  test('an imitation of any known address is blocked until typed, whichever end it shares', () => {
    const how = fc.constantFrom<KnownAddress['how']>(
      'book',
      'own-coldkey',
      'own-hotkey',
      'sent-to',
      'received-from',
      'validator',
    )
    const ends = fc.constantFrom([5, 0], [4, 1], [3, 2], [1, 4], [6, 6], [8, 4], [44, 0], [1, 46])
    const pair = fc
      .tuple(anyAddress, ends)
      .chain(([address, [first = 0, last = 0]]) => fc.tuple(fc.constant(address), imitationOf(address, first, last)))
    fc.assert(
      fc.property(pair, how, ([real, imitation], as) => {
        const report = judgeRecipient(imitation, facts({ known: [known(real, as, 'Real')] }))
        expect(report.mustBeTyped).toBe(true)
        expect(report.findings[0]).toMatchObject({ kind: 'look-alike', weight: 'block', of: real, name: 'Real' })
      }),
    )
  })

  test('five equal characters over both ends make one, fewer do not', () => {
    fc.assert(
      fc.property(anyAddress, anyAddress, (a, b) => {
        const { first, last } = likeness(a, b)
        expect(a.slice(0, first)).toBe(b.slice(0, first))
        expect(a.slice(48 - last)).toBe(b.slice(48 - last))
        expect(looksAlike(a, b)).toBe(a !== b && first + last >= ENDS_ALIKE)
        expect(looksAlike(a, b)).toBe(looksAlike(b, a))
      }),
    )
    expect(looksAlike(FRIEND, FRIEND)).toBe(false)
    // Of the first four, three are free, and few second characters are in use: strangers share them by chance.
    expect(looksAlike(FRIEND, `${FRIEND.slice(0, 4)}${OWN.slice(4)}`)).toBe(false)
  })

  test('the closest is named, and among equals the best known', () => {
    const imitation = ss58(`${FRIEND.slice(0, 8)}${OWN.slice(8, 44)}${FRIEND.slice(44)}`)
    const far = ss58(`${FRIEND.slice(0, 5)}${'z'.repeat(43)}`)
    const found = imitatedBy(imitation, [
      known(far, 'book'),
      known(FRIEND, 'validator'),
      known(FRIEND, 'sent-to', 'paid'),
    ])
    expect(found?.known).toMatchObject({ address: FRIEND, name: 'paid' })
  })

  test('what a person chose is no imitation; what chose itself may be one', () => {
    const twin = ss58(`${FRIEND.slice(0, 10)}${OWN.slice(10)}`)
    const with_ = (how: KnownAddress['how']) => ({ known: [known(FRIEND, 'book'), known(twin, how)] })
    for (const how of ['book', 'own-coldkey', 'own-hotkey', 'sent-to'] as const)
      expect(judgeRecipient(twin, facts(with_(how))).mustBeTyped).toBe(false)
    for (const how of ['received-from', 'validator'] as const)
      expect(judgeRecipient(twin, facts(with_(how))).mustBeTyped).toBe(true)
  })
})

describe('judgeRecipient', () => {
  const stranger = ss58(`5${'C'.repeat(47)}`)
  test('says who it is', () => {
    expect(kinds(OWN)).toEqual(['itself'])
    expect(kinds(FRIEND)).toEqual(['first-time'])
    expect(kinds(FRIEND, { paid: [FRIEND] })).toEqual([])
    expect(judgeRecipient(FRIEND, facts()).knownAs).toBe('Friend')
    expect(judgeRecipient(stranger, facts()).knownAs).toBeUndefined()
    expect(kinds(stranger, { known: [known(stranger, 'own-hotkey')] })).toEqual(['own-hotkey'])
    expect(kinds(stranger, { known: [known(stranger, 'own-coldkey')] })).toEqual(['own-coldkey'])
    expect(kinds(stranger, { known: [known(stranger, 'validator')] })).toEqual(['validator', 'first-time'])
  })

  test('the gravest comes first, whatever else is true', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(anyAddress, fc.constantFrom<KnownAddress['how']>('book', 'validator', 'own-hotkey'))),
        anyAddress,
        (all, address) => {
          const { findings } = judgeRecipient(address, facts({ known: all.map(([a, how]) => known(a, how)) }))
          const weights = findings.map(({ weight }) => ['block', 'warn', 'tell'].indexOf(weight))
          expect(weights).toEqual([...weights].sort())
        },
      ),
    )
  })
})

describe('dust senders', () => {
  const bait = ss58(`${FRIEND.slice(0, 6)}${'z'.repeat(36)}${FRIEND.slice(42)}`)
  const stranger = ss58(`5${'C'.repeat(47)}`)
  const chosen = [known(FRIEND, 'book')]
  test('a tiny amount from an imitation is bait; a tiny amount alone, or an imitation alone, is not', () => {
    expect(dustSenders([{ from: bait, amount: 1n }], chosen)).toEqual([bait])
    expect(dustSenders([{ from: bait, amount: DUST_BELOW - 1n }], chosen)).toEqual([bait])
    expect(dustSenders([{ from: bait, amount: DUST_BELOW }], chosen)).toEqual([])
    expect(dustSenders([{ from: stranger, amount: 1n }], chosen)).toEqual([])
    expect(dustSenders([{ from: FRIEND, amount: 1n }], chosen)).toEqual([])
  })
  test('a later large payment does not clear it, and bait must be typed', () => {
    expect(
      dustSenders(
        [
          { from: bait, amount: 1n },
          { from: bait, amount: 10n ** 12n },
        ],
        chosen,
      ),
    ).toEqual([bait])
    expect(kinds(bait, { dustSenders: [bait] })).toEqual(['look-alike', 'dust-sender', 'first-time'])
  })
  test('senders are no proof of each other', () => {
    const other = ss58(`${bait.slice(0, 40)}${'y'.repeat(8)}`)
    expect(dustSenders([{ from: other, amount: 1n }], [known(bait, 'received-from')])).toEqual([])
  })
})

describe('judgePaste', () => {
  test('says whether the clipboard still holds what was copied here', () => {
    expect(judgePaste(FRIEND, undefined)).toEqual({ kind: 'nothing-copied' })
    expect(judgePaste(` ${FRIEND.slice(0, 4)} ${FRIEND.slice(4)}\n`, FRIEND)).toEqual({ kind: 'same' })
    expect(judgePaste('hello', FRIEND)).toEqual({ kind: 'changed', copied: FRIEND, alike: false })
    const swapped = `${FRIEND.slice(0, 3)}${'z'.repeat(42)}${FRIEND.slice(45)}`
    expect(judgePaste(swapped, FRIEND)).toEqual({ kind: 'changed', copied: FRIEND, alike: true })
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isAddress } from '../../electron/chain/address-check.ts'
import { ss58Parts } from './base58.ts'
import { readAddress } from './read-address.ts'

const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY'
const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty'

describe('readAddress', () => {
  test.each([
    ['', 'empty'],
    ['  \n', 'empty'],
    ['abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about', 'words'],
    [`0x${'d4'.repeat(32)}`, 'hex-key'],
    ['d4'.repeat(32), 'hex-key'],
    [`0x${'D4'.repeat(20)}`, 'ethereum'],
    [`${ALICE.slice(0, 9)}\u200b${ALICE.slice(9)}`, 'invisible'],
    [`\u202e${ALICE}`, 'invisible'],
    [ALICE.replace('G', '0'), 'characters'],
    [`${ALICE.slice(0, -1)}é`, 'characters'],
    [ALICE.slice(0, 47), 'too-short'],
    ['5', 'too-short'],
    [`${ALICE}1`, 'too-long'],
    [ALICE.repeat(3), 'too-long'],
    ['1'.repeat(48), 'checksum'],
  ] as const)('%j is %s', (text, problem) => {
    expect(readAddress(text)).toEqual({ ok: false, error: { problem } })
  })

  test.each([
    ['15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5', 0],
    [`6${ALICE.slice(1)}`, 52],
    ['HNZata7iMYWmk5RvZRTiAsSDhV8366zq2YGb3tLH5Upf74F', 2],
  ])('%s belongs to the chain with prefix %d', (text, prefix) => {
    expect(readAddress(text)).toEqual({ ok: false, error: { problem: 'other-chain', prefix } })
  })

  test('groups may stand apart, in any white space', () => {
    const groups = ALICE.match(/.{4}/g) ?? []
    for (const gap of [' ', '\n', '\t', '\u00a0', '  '])
      expect(readAddress(groups.join(gap))).toEqual({ ok: true, value: ALICE })
  })

  test('never takes a text that is no address once the check digits are looked at, nor throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.base64String({ minLength: 40 })),
        (text) => {
          const read = readAddress(text)
          expect(read.ok && isAddress(read.value)).toBe(false)
        },
      ),
    )
  })

  test('one changed character is never taken for the address', () => {
    const letters = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
    fc.assert(
      fc.property(fc.constantFrom(ALICE, BOB), fc.nat(47), fc.constantFrom(...letters), (address, at, letter) => {
        fc.pre(address[at] !== letter)
        const read = readAddress(address.slice(0, at) + letter + address.slice(at + 1))
        expect(read.ok && isAddress(read.value)).toBe(false)
      }),
      { numRuns: 1_000 },
    )
  })
})

test('ss58Parts reads short and long prefixes', () => {
  expect(ss58Parts(ALICE)).toEqual({ prefix: 42, accountBytes: 32 })
  // Prefix 255, two bytes. @source SS58 registry, Quartz
  expect(ss58Parts('yGHXkYLYqxijLKKfd9Q2CB9shRVu8rPNBS53wvwGTutYg4zTg')?.prefix).toBe(255)
  expect(ss58Parts('1')).toBeUndefined()
  expect(ss58Parts('0')).toBeUndefined()
})

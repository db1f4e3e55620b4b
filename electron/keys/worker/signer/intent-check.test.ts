import { describe, expect, test } from 'vitest'
import { alpha, netuid, rao, raoPerAlpha, ss58 } from '../../../../shared/units/amounts.ts'
import type { Intent, Signer } from '../../keys.port.ts'
import { intentDifference, ipNumber } from './intent-check.ts'

const ALICE = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const BOB = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const ALICE_KEY = 'd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d'
const hotkey = { hotkey: 'miner' }

/** Call bytes as a node encodes them, then extra and additional, which the check does not look at. */
const payload = (hex: string) => new Uint8Array(Buffer.from(`${hex}00deadbeef`, 'hex'))

const cases: readonly (readonly [string, Uint8Array, Intent, Signer])[] = [
  [
    'add_stake_limit',
    payload(`0758${ALICE_KEY}0300${'00ca9a3b00000000'}${'80f0fa0200000000'}00`),
    {
      kind: 'add-stake',
      hotkey: ALICE,
      netuid: netuid(3),
      amount: rao(1_000_000_000n),
      limitPrice: raoPerAlpha(50_000_000n),
    },
    'coldkey',
  ],
  [
    'remove_stake_limit',
    payload(`0759${ALICE_KEY}0300${'00ca9a3b00000000'}${'80f0fa0200000000'}00`),
    {
      kind: 'remove-stake',
      hotkey: ALICE,
      netuid: netuid(3),
      amount: alpha(1_000_000_000n),
      limitPrice: raoPerAlpha(50_000_000n),
    },
    'coldkey',
  ],
  [
    'transfer',
    payload(`050300${ALICE_KEY}02286bee`),
    { kind: 'transfer', to: ALICE, amount: rao(1_000_000_000n) },
    'coldkey',
  ],
  [
    'register_limit',
    payload(`0786${'0200'}${ALICE_KEY}${'00e1f50500000000'}`),
    { kind: 'register', hotkey: ALICE, netuid: netuid(2), limit: rao(100_000_000n) },
    'coldkey',
  ],
  [
    'serve_axon',
    payload(`0704${'0200'}${'409ba700'}${'08080808'}${'00'.repeat(12)}${'9b1f'}04040000`),
    { kind: 'serve-axon', netuid: netuid(2), ip: '8.8.8.8', port: 8091 },
    hotkey,
  ],
]

describe('intentDifference', () => {
  test.each(cases)('%s: agrees with the bytes of the call it describes', (_name, bytes, intent, signer) => {
    expect(intentDifference(bytes, intent, signer)).toBeUndefined()
  })

  test.each(cases)('%s: no other argument byte passes', (name, bytes, intent, signer) => {
    // serve_axon leaves its four version bytes and the four after the port open; add and remove leave allow_partial open.
    const open = name === 'serve_axon' ? new Set([4, 5, 6, 7, 26, 27, 28, 29]) : new Set<number>()
    const end = bytes.length - 5 - (name.endsWith('stake_limit') ? 1 : 0)
    for (let at = 0; at < end; at += 1) {
      const changed = Uint8Array.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ 0x40
      if (!open.has(at)) expect(intentDifference(changed, intent, signer), `byte ${at}`).toBeDefined()
    }
  })

  test('a sale is no purchase, though both have the same arguments', () => {
    const [, add, , signer] = cases[0]!
    const [, , removeIntent] = cases[1]!
    expect(intentDifference(add, removeIntent, signer)).toBe('call')
  })

  test('a hotkey signs serving only, and serving is signed by a hotkey only', () => {
    for (const [, bytes, intent, signer] of cases)
      expect(intentDifference(bytes, intent, signer === 'coldkey' ? hotkey : 'coldkey')).toBe('signer')
  })

  test('another receiver is seen', () => {
    const [, bytes, , signer] = cases[2]!
    expect(intentDifference(bytes, { kind: 'transfer', to: BOB, amount: rao(1_000_000_000n) }, signer)).toBe(
      'arguments',
    )
  })

  test('a payload that ends early is seen', () => {
    for (const [, bytes, intent, signer] of cases)
      expect(intentDifference(bytes.subarray(0, 10), intent, signer)).toBe('arguments')
  })

  test.each([
    [0n, '00'],
    [63n, 'fc'],
    [64n, '0101'],
    [16_383n, 'fdff'],
    [16_384n, '02000100'],
    [1_073_741_823n, 'feffffff'],
    [1_073_741_824n, '0300000040'],
    [21_000_000_000_000_000n, '0f00804884639b4a'],
  ])('transfers of %d rao in the compact form', (amount, compact) => {
    const bytes = payload(`050000${ALICE_KEY}${compact}`)
    expect(intentDifference(bytes, { kind: 'transfer', to: ALICE, amount: rao(amount) }, 'coldkey')).toBeUndefined()
  })
})

test.each([
  ['8.8.8.8', 134_744_072n],
  ['255.255.255.255', 4_294_967_295n],
  ['::1', 1n],
  ['2001:db8::ff00:42:8329', 0x20010db8000000000000ff0000428329n],
  ['1:2:3:4:5:6:7:8', 0x00010002000300040005000600070008n],
  ['host.example', undefined],
  ['::ffff:8.8.8.8', undefined],
  ['fe80::1%eth0', undefined],
])('the address %s as a number', (ip, number) => {
  expect(ipNumber(ip)).toBe(number)
})

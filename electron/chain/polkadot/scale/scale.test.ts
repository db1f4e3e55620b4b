import { PortableRegistry, TypeRegistry } from '@polkadot/types'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ChainFailure } from '../failure.ts'
import { addressOf, publicKeyOf } from './address.ts'
import { compactBytes, concat, fromHex, uintBytes } from './bytes.ts'
import { decodeWhole } from './decode.ts'
import { encode } from './encode.ts'
import { textOf } from './text.ts'
import { TypeTable } from './type-table.ts'

const type = (id: number, tag: string, def: unknown, path: string[] = []) => ({
  id,
  // The library looks for what an option wraps among its parameters.
  type: { path, params: path[0] === 'Option' ? [{ name: 'T', type: 2 }] : [], def: { [tag]: def }, docs: [] },
})
const field = (id: number, name?: string) => ({ name, type: id, typeName: '', docs: [] })
const types = [
  type(0, 'primitive', 'U8'),
  type(1, 'primitive', 'U16'),
  type(2, 'primitive', 'U64'),
  type(3, 'primitive', 'U128'),
  type(4, 'primitive', 'Bool'),
  type(5, 'compact', { type: 2 }),
  type(6, 'sequence', { type: 0 }),
  type(7, 'array', { len: 32, type: 0 }),
  type(8, 'composite', { fields: [field(7)] }, ['sp_core', 'crypto', 'AccountId32']),
  type(
    9,
    'variant',
    {
      variants: [
        { name: 'None', index: 0, fields: [], docs: [] },
        { name: 'Some', index: 1, fields: [field(2)], docs: [] },
      ],
    },
    ['Option'],
  ),
  type(10, 'tuple', [1, 5, 8, 9, 4, 6]),
  type(11, 'sequence', { type: 10 }),
  type(12, 'composite', { fields: [field(1)] }, ['NetUid']),
  type(13, 'composite', { fields: [field(12, 'netuid'), field(5, 'price')] }),
  type(
    14,
    'variant',
    {
      variants: [
        { name: 'Id', index: 0, fields: [field(8)], docs: [] },
        { name: 'Nest', index: 3, fields: [field(14, 'inner')], docs: [] },
      ],
    },
    ['Loop'],
  ),
  type(15, 'compact', { type: 0 }),
  type(16, 'sequence', { type: 15 }),
  type(17, 'primitive', 'I64'),
  type(18, 'tuple', []),
  // What a lying node would say: very many items that take no bytes.
  type(19, 'array', { len: 4_294_967_295, type: 18 }),
  type(20, 'array', { len: 60_000, type: 18 }),
  type(21, 'array', { len: 60_000, type: 20 }),
]
const registry = new TypeRegistry()
const lookup = new PortableRegistry(registry, { types } as never)
registry.setLookup(lookup)
const table = new TypeTable(lookup)
const decode = (id: number, bytes: Uint8Array) => decodeWhole(table, id, bytes, 'test')
const refused = expect.objectContaining({ error: expect.objectContaining({ code: 'chain/bad-answer' }) })

const u64 = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n })
const account = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(addressOf)
const row = fc.tuple(
  fc.integer({ min: 0, max: 65_535 }),
  u64,
  account,
  fc.option(u64, { nil: undefined }),
  fc.boolean(),
  fc.uint8Array({ maxLength: 40 }),
)

describe('SCALE by the metadata', () => {
  test('what was written is read again', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 5 }), (rows) => {
        expect(decode(11, encode(table, 11, rows))).toEqual(rows)
      }),
    )
  })

  test('every shortened and every lengthened answer is refused, never filled with zeros', () => {
    fc.assert(
      fc.property(row, fc.nat(), (value, cut) => {
        const bytes = encode(table, 10, value)
        expect(() => decode(10, bytes.subarray(0, cut % bytes.length))).toThrow(refused)
        expect(() => decode(10, concat(bytes, Uint8Array.of(0)))).toThrow(refused)
      }),
    )
  })

  test('random bytes never end in anything but a value or a refusal', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.constantFrom(10, 11, 13, 14, 16), (bytes, id) => {
        try {
          decode(id, bytes)
        } catch (cause) {
          expect(cause).toBeInstanceOf(ChainFailure)
        }
      }),
    )
  })

  test('a list that announces more than it has is refused before anything is allocated', () => {
    expect(() => decode(11, compactBytes(1n << 40n))).toThrow(refused)
  })

  test('arrays of nothing end, however long the metadata says they are', () => {
    for (const id of [19, 21]) expect(() => decode(id, new Uint8Array())).toThrow(refused)
  })

  test('an endless nesting is refused', () => {
    expect(() => decode(14, new Uint8Array(10_000).fill(3))).toThrow(refused)
  })

  test.each([
    [0n, '00'],
    [63n, 'fc'],
    [64n, '0101'],
    [16_383n, 'fdff'],
    [16_384n, '02000100'],
    [1_073_741_823n, 'feffffff'],
    [1_073_741_824n, '0300000040'],
    [(1n << 64n) - 1n, '13ffffffffffffffff'],
  ])('compact %s is %s', (value, hex) => {
    expect(compactBytes(value)).toEqual(fromHex(`0x${hex}`, 'test'))
    expect(decode(5, compactBytes(value))).toBe(value)
  })

  test('a compact integer above its type is refused', () => {
    expect(() => decode(5, compactBytes(1n << 64n))).toThrow(refused)
  })

  test('a newtype is read as what it wraps, names in compact bytes as bytes, signed as signed', () => {
    expect(decode(13, concat(uintBytes(7n, 2), compactBytes(5n)))).toEqual({ netuid: 7, price: 5n })
    expect(decode(16, concat(compactBytes(2n), compactBytes(0x61n), compactBytes(0x81n)))).toEqual(
      Uint8Array.of(0x61, 0x81),
    )
    expect(decode(17, uintBytes((1n << 64n) - 2n, 8))).toBe(-2n)
    expect(decode(18, new Uint8Array())).toBeUndefined()
  })

  test('accounts cut from one answer keep their own addresses', () => {
    const answer = concat(new Uint8Array(32).fill(1), new Uint8Array(32).fill(2))
    const [first, second] = [addressOf(answer.subarray(0, 32)), addressOf(answer.subarray(32))]
    expect(first).not.toBe(second)
    expect(publicKeyOf(second)).toEqual(new Uint8Array(32).fill(2))
  })

  test('an address with a wrong checksum or of another network is refused', () => {
    const alice = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY'
    expect(addressOf(publicKeyOf(alice))).toBe(alice)
    const polkadot = '15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5'
    for (const address of [`${alice.slice(0, -1)}Z`, polkadot, '', 'alice'])
      expect(() => publicKeyOf(address)).toThrow(
        expect.objectContaining({ error: { code: 'chain/bad-address', address } }),
      )
  })

  test('arguments that do not fit the type are not bent into it', () => {
    for (const [id, value] of [
      [1, 70_000],
      [2, -1n],
      [4, 1],
      [7, new Uint8Array(31)],
      [10, []],
    ] as const)
      expect(() => encode(table, id, value)).toThrow()
  })

  test('values are written for people without loss', () => {
    const alice = publicKeyOf('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
    expect(textOf(decode(14, concat(Uint8Array.of(3, 3, 0), alice)))).toBe(
      'Nest(inner: Nest(inner: 5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY))',
    )
    expect(textOf([18_446_744_073_709_551_615n, true, undefined, Uint8Array.of(1, 255)])).toBe(
      '[18446744073709551615, true, none, 0x01ff]',
    )
    expect(textOf({ type: 'Balances', value: { type: 'transfer', value: decode(13, Uint8Array.of(7, 0, 4)) } })).toBe(
      'Balances.transfer(netuid: 7, price: 1)',
    )
  })
})

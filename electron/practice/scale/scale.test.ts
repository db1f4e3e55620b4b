import { describe, expect, expectTypeOf, it } from 'vitest'
import { array, btreeMap, newtype, option, struct, tuple, vec } from './composites.ts'
import { empty, enumeration, lateType, named, unnamed } from './enumeration.ts'
import { fromHex, toHex } from './hex.ts'
import { call, constant, definePallet, error, event } from './pallet.ts'
import { bool, bytes, compact, compactText, fixedHex, i128, text, u8, u16, u32, u64, u128 } from './primitives.ts'
import { apiMethod, decodeInputs } from './runtime-api.ts'
import { decodeExactly } from './safe-codec.ts'
import { storageMap, storageOptionMap, storageValue } from './storage.ts'
import type { ScaleType, ValueOf } from './type.ts'

const account = newtype('sp_core::crypto::AccountId32', fixedHex(32))
const alice = '0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d'
const roundTrip = <T>(type: ScaleType<T>, value: NoInfer<T>, hex: string) => {
  expect(toHex(type.codec.enc(value))).toBe(hex)
  expect(type.codec.dec(fromHex(hex))).toEqual(value)
}

describe('values and bytes', () => {
  it('writes what Rust writes', () => {
    roundTrip(u16, 258, '0x0201')
    roundTrip(u128, 1n << 127n, '0x00000000000000000000000000000080')
    roundTrip(i128, -1n, '0xffffffffffffffffffffffffffffffff')
    roundTrip(compact(u64), 1n << 40n, '0x0b000000000001')
    roundTrip(compact(newtype('x::Wrap', u64)), 7n, '0x1c')
    roundTrip(bytes, Uint8Array.of(1, 2), '0x080102')
    roundTrip(text, 'τ', '0x08cf84')
    roundTrip(compactText, 'τ', '0x083d031102')
    roundTrip(option(bool), true, '0x0101')
    roundTrip(option(bool), undefined, '0x00')
    roundTrip(
      vec(tuple(u8, option(u16))),
      [
        [1, 2],
        [3, undefined],
      ],
      '0x08010102000300',
    )
    roundTrip(array(u16, 2), [1, 2], '0x01000200')
    roundTrip(struct('x::S', { b: u8, a: u16 }), { b: 1, a: 2 }, '0x010200')
    roundTrip(btreeMap(u8, u8), [[1, 2]], '0x040102')
  })

  it('reads a subarray from where it begins, and refuses what is too short or too long', () => {
    const whole = Uint8Array.of(9, 9, 1, 2, 9)
    expect(u16.codec.dec(whole.subarray(2, 4))).toBe(513)
    expect(() => u32.codec.dec(whole.subarray(2, 4))).toThrow(RangeError)
    expect(() => account.codec.dec(Uint8Array.of(1))).toThrow(RangeError)
    expect(() => decodeExactly(u16, whole.subarray(1, 4))).toThrow(RangeError)
    expect(decodeExactly(u16, whole.subarray(1, 3))).toBe(265)
    expect(() => option(u8).codec.dec(Uint8Array.of(2, 0))).toThrow(RangeError)
  })

  it('gives enums the form of their fields', () => {
    const type = enumeration('x::E', {
      None: empty(3),
      One: unnamed(5, [u8]),
      Two: unnamed(6, [u8, account]),
      Named: named(7, { who: account }),
    })
    expectTypeOf<ValueOf<typeof type>>().toEqualTypeOf<
      | { readonly type: 'None'; readonly value: undefined }
      | { readonly type: 'One'; readonly value: number }
      | { readonly type: 'Two'; readonly value: readonly [number, string] }
      | { readonly type: 'Named'; readonly value: { who: string } }
    >()
    roundTrip(type, { type: 'None', value: undefined }, '0x03')
    roundTrip(type, { type: 'One', value: 4 }, '0x0504')
    roundTrip(type, { type: 'Two', value: [4, alice] }, `0x0604${alice.slice(2)}`)
    roundTrip(type, { type: 'Named', value: { who: alice } }, `0x07${alice.slice(2)}`)
    expect(() => type.codec.dec(Uint8Array.of(0))).toThrow('no variant number 0')
  })

  it('carries types that contain themselves', () => {
    const tree = lateType<readonly { type: string; value: unknown }[]>('tree')
    expect(() => tree.codec.dec(Uint8Array.of(0))).toThrow('before it was bound')
    const node = enumeration('x::T', { Leaf: unnamed(0, [u8]), Fork: unnamed(1, [tree]) })
    tree.bind(vec(node) as never)
    expect(vec(node).codec.dec(fromHex('0x0401080001000a'))).toEqual([
      {
        type: 'Fork',
        value: [
          { type: 'Leaf', value: 1 },
          { type: 'Leaf', value: 10 },
        ],
      },
    ])
  })
})

describe('pallets', () => {
  const pallet = definePallet({
    name: 'System',
    index: 0,
    module: 'frame_system::pallet',
    calls: { remark: call(0, { remark: bytes }, 'Says something.') },
    events: { Remarked: event(0, { sender: account }), Done: event(4, [u16, account]) },
    errors: { TooBad: error(2, 'It went wrong.') },
    constants: { Limit: constant(u8, 3) },
    storage: {
      Number: storageValue(u32, 0),
      Account: storageMap([['Blake2128Concat', account]], u64, 0n),
      Uids: storageOptionMap(
        [
          ['Identity', u16],
          ['Twox64Concat', account],
        ],
        u16,
      ),
    },
  })

  it('knows its storage keys', () => {
    // Keys as any Substrate node has them.
    expect(pallet.storage.Number.key()).toBe('0x26aa394eea5630e07c48ae0c9558cef702a5c1b19ab7a04f536c519aca4983ac')
    expect(pallet.storage.Account.key(alice)).toBe(
      `0x26aa394eea5630e07c48ae0c9558cef7b99d880ec681799c0cf30e8886371da9de1e86a9a8c739864cf3cc5ec2bea59f${alice.slice(2)}`,
    )
    const key = pallet.storage.Uids.key(3, alice)
    expect(key.startsWith(pallet.storage.Uids.prefix(3))).toBe(true)
    expect(key.startsWith(pallet.storage.Uids.prefix(4))).toBe(false)
    const [netuid, hotkey] = pallet.storage.Uids.decodeKeys(key)
    expectTypeOf(netuid).toEqualTypeOf<number>()
    expect([netuid, hotkey]).toEqual([3, alice])
  })

  it('keeps the types of values, defaults, calls and events', () => {
    expectTypeOf(pallet.storage.Number.default).toEqualTypeOf<number>()
    expectTypeOf(pallet.storage.Uids.default).toEqualTypeOf<undefined>()
    expectTypeOf<ValueOf<NonNullable<typeof pallet.event>>>().toEqualTypeOf<
      | { readonly type: 'Remarked'; readonly value: { sender: string } }
      | { readonly type: 'Done'; readonly value: readonly [number, string] }
    >()
    expect(pallet.errors.TooBad.index).toBe(2)
    expect(pallet.call?.codec.dec(Uint8Array.of(0, 4, 7))).toEqual({
      type: 'remark',
      value: { remark: Uint8Array.of(7) },
    })
  })

  it('decodes the arguments of runtime APIs to the last byte', () => {
    const method = apiMethod({ netuid: u16, amount: u64 }, u64)
    expect(decodeInputs(method, fromHex('0x01000200000000000000'))).toEqual({ netuid: 1, amount: 2n })
    expect(() => decodeInputs(method, fromHex('0x0100020000000000000000'))).toThrow(RangeError)
  })
})

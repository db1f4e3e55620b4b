import { describe, expect, expectTypeOf, it } from 'vitest'
import { fromHex, toHex } from '../scale/hex.ts'
import type { AnyCall } from './outer-call.ts'
import { PALLETS } from './pallets.ts'
import { type RuntimeCall, type RuntimeEvent, runtimeCall, runtimeEvent } from './runtime-types.ts'

const alice = '0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d'

describe('outer types', () => {
  it('write a call as the chain does', () => {
    const call: RuntimeCall = {
      type: 'SubtensorModule',
      value: {
        type: 'add_stake_limit',
        value: { hotkey: alice, netuid: 3, amount_staked: 1_000_000_000n, limit_price: 7n, allow_partial: false },
      },
    }
    const bytes = runtimeCall.codec.enc(call)
    expect(toHex(bytes)).toBe(`0x0758${alice.slice(2)}030000ca9a3b00000000070000000000000000`)
    expect(runtimeCall.codec.dec(bytes)).toEqual(call)
  })

  it('carry calls inside calls, and know the types of both', () => {
    const batch = runtimeCall.codec.dec(fromHex('0x0b000800000400000004ff'))
    expect(batch).toEqual({
      type: 'Utility',
      value: {
        type: 'batch',
        value: {
          calls: [
            { type: 'System', value: { type: 'remark', value: { remark: Uint8Array.of(0) } } },
            { type: 'System', value: { type: 'remark', value: { remark: Uint8Array.of(255) } } },
          ],
        },
      },
    })
    type UtilityCall = Extract<RuntimeCall, { type: 'Utility' }>['value']
    expectTypeOf<Extract<UtilityCall, { type: 'batch_all' }>['value']>().toEqualTypeOf<{ calls: AnyCall[] }>()
    expectTypeOf<Extract<RuntimeCall, { type: 'Timestamp' }>['value']>().toEqualTypeOf<{
      readonly type: 'set'
      readonly value: { now: bigint }
    }>()
    expectTypeOf<RuntimeCall['type']>().toEqualTypeOf<
      | 'System'
      | 'Timestamp'
      | 'Balances'
      | 'SubtensorModule'
      | 'Utility'
      | 'Sudo'
      | 'Multisig'
      | 'Proxy'
      | 'MevShield'
      | 'LimitOrders'
    >()
    expectTypeOf<RuntimeEvent['type']>().toEqualTypeOf<
      | 'System'
      | 'Balances'
      | 'TransactionPayment'
      | 'SubtensorModule'
      | 'Utility'
      | 'Sudo'
      | 'Multisig'
      | 'Proxy'
      | 'Swap'
      | 'MevShield'
      | 'LimitOrders'
    >()
  })

  it('write an event record', () => {
    const event: RuntimeEvent = {
      type: 'SubtensorModule',
      value: { type: 'StakeAdded', value: [alice, alice, 5n, 6n, 1, 0n] },
    }
    expect(runtimeEvent.codec.dec(runtimeEvent.codec.enc(event))).toEqual(event)
    const record = { phase: { type: 'ApplyExtrinsic', value: 1 } as const, event, topics: [] }
    const { type } = PALLETS.System.storage.Events
    expect(type.codec.dec(type.codec.enc([record]))).toEqual([record])
  })

  it('refuse a pallet that is not there', () => {
    expect(() => runtimeCall.codec.dec(fromHex('0x0e00'))).toThrow('no variant number 14')
  })
})

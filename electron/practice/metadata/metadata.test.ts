import { Metadata, TypeRegistry } from '@polkadot/types'
import { decAnyMetadata } from '@polkadot-api/substrate-bindings'
import { describe, expect, it } from 'vitest'
import { PALLETS } from '../definitions/pallets.ts'
import { fromHex, toHex } from '../scale/hex.ts'
import { u64 } from '../scale/primitives.ts'
import { METADATA_VERSIONS, metadataBytes } from './metadata.ts'

const alice = '0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d'

function registryOf(version: 14 | 15) {
  const registry = new TypeRegistry()
  const metadata = new Metadata(registry, toHex(metadataBytes(version)) as `0x${string}`)
  const silent = { extrinsic: {}, payload: {} }
  registry.setMetadata(metadata, undefined, {
    SudoTransactionExtension: silent,
    CheckShieldedTxValidity: silent,
    SubtensorTransactionExtension: silent,
    DrandPriority: silent,
  })
  return { registry, metadata }
}

describe.each(METADATA_VERSIONS)('metadata V%i', (version) => {
  it('is read to the last byte by another codec', () => {
    const bytes = metadataBytes(version)
    expect(new TextDecoder().decode(bytes.subarray(0, 4))).toBe('meta')
    expect(bytes[4]).toBe(version)
    expect(decAnyMetadata(bytes).metadata.tag).toBe(`v${version}`)
    expect(metadataBytes(version)).toBe(bytes)
  })

  it('gives @polkadot/types calls, errors and storage', () => {
    const { registry, metadata } = registryOf(version)
    expect(metadata.asLatest.pallets.map((pallet) => `${pallet.index.toNumber()} ${pallet.name.toString()}`)).toEqual([
      '0 System',
      '2 Timestamp',
      '3 Aura',
      '5 Balances',
      '6 TransactionPayment',
      '7 SubtensorModule',
      '11 Utility',
      '12 Sudo',
      '13 Multisig',
      '16 Proxy',
      '23 EVMChainId',
      '28 Swap',
      '30 MevShield',
      '31 AlphaAssets',
      '32 LimitOrders',
    ])
    const call = registry.createType('Call', `0x0758${alice.slice(2)}030000ca9a3b00000000070000000000000000`)
    expect([call.section, call.method]).toEqual(['subtensorModule', 'addStakeLimit'])
    expect(
      registry.findMetaError(registry.createType('DispatchErrorModule', { index: 7, error: '0x54000000' })).name,
    ).toBe('SlippageTooHigh')
    const account = registry.createType(
      'FrameSystemAccountInfo',
      PALLETS.System.storage.Account.type.codec.enc({
        nonce: 3,
        consumers: 0,
        providers: 1,
        sufficients: 0,
        data: { free: 5n, reserved: 0n, frozen: 0n, flags: 0n },
      }),
    )
    expect(account.toJSON()).toMatchObject({ nonce: 3, data: { free: 5 } })
  })

  it('lets @polkadot/types read every default and constant back to the same bytes', () => {
    const { registry, metadata } = registryOf(version)
    const same = (what: string, type: { toNumber(): number }, bytes: string) => {
      const read = registry.createType(registry.createLookupType(type.toNumber()), fromHex(bytes))
      expect([what, toHex(read.toU8a())]).toEqual([what, bytes])
    }
    let checked = 0
    for (const pallet of metadata.asLatest.pallets) {
      for (const one of pallet.constants) same(one.name.toString(), one.type, one.value.toHex())
      for (const item of pallet.storage.isSome ? pallet.storage.unwrap().items : []) {
        const { type, modifier, fallback } = item
        if (modifier.isDefault)
          same(item.name.toString(), type.isPlain ? type.asPlain : type.asMap.value, fallback.toHex())
        checked += 1
      }
    }
    expect(checked).toBeGreaterThan(150)
  })

  it('says the block time that the chain really has', () => {
    const constants = (bytes: Uint8Array) => {
      const metadata = new Metadata(new TypeRegistry(), toHex(bytes) as `0x${string}`)
      return metadata.asLatest.pallets.flatMap((pallet) =>
        pallet.constants
          .filter((one) => ['SlotDuration', 'MinimumPeriod'].includes(one.name.toString()))
          .map((one) => [one.name.toString(), u64.codec.dec(new Uint8Array(one.value.toU8a(true)))]),
      )
    }
    expect(constants(metadataBytes(version))).toEqual([
      ['MinimumPeriod', 6_000n],
      ['SlotDuration', 12_000n],
    ])
    expect(constants(metadataBytes(version, 250))).toEqual([
      ['MinimumPeriod', 125n],
      ['SlotDuration', 250n],
    ])
    expect(metadataBytes(version).length).toBe(metadataBytes(version, 250).length)
  })

  it('numbers each type once', () => {
    const { lookup } = decAnyMetadata(metadataBytes(version)).metadata.value as { lookup: { id: number }[] }
    expect(lookup.map((type) => type.id)).toEqual(lookup.map((_, at) => at))
    const contents = lookup.map((type) => JSON.stringify({ ...type, id: 0 }))
    expect(new Set(contents).size).toBe(contents.length)
  })
})

it('brings the runtime APIs in V15 only', () => {
  const apisOf = (version: 14 | 15) => registryOf(version).metadata.asV15.apis.map((api) => api.name.toString())
  expect(apisOf(14)).toEqual([])
  expect(apisOf(15)).toContain('SubnetInfoRuntimeApi')
})

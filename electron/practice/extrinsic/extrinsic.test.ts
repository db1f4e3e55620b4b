import { Keyring } from '@polkadot/keyring'
import { GenericExtrinsic, Metadata, TypeRegistry } from '@polkadot/types'
import { cryptoWaitReady } from '@polkadot/util-crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import type { RuntimeCall } from '../definitions/runtime-types.ts'
import { runtimeCall } from '../definitions/runtime-types.ts'
import { SPEC_VERSION } from '../definitions/version.ts'
import { metadataBytes } from '../metadata/metadata.ts'
import { fromHex, toHex } from '../scale/hex.ts'
import { birthBlock, deathBlock, decodeEra, encodeEra, mortalEra } from './era.ts'
import { decodeBody, decodeExtrinsic, encodeExtrinsic, extrinsicHash, namedCall } from './extrinsic.ts'
import { type Signer, signExtrinsic } from './sign.ts'
import { isSignedBySender, senderOf } from './verify.ts'

const genesis = `0x${'11'.repeat(32)}` as const
const birth = `0x${'22'.repeat(32)}` as const
const remark = (length: number): RuntimeCall => ({
  type: 'System',
  value: { type: 'remark', value: { remark: new Uint8Array(length).fill(7) } },
})

const registry = new TypeRegistry()
const silent = { extrinsic: {}, payload: {} }
registry.setMetadata(new Metadata(registry, toHex(metadataBytes(15)) as `0x${string}`), undefined, {
  SudoTransactionExtension: silent,
  CheckShieldedTxValidity: silent,
  SubtensorTransactionExtension: silent,
  DrandPriority: silent,
})
const keyring = new Keyring({ ss58Format: 42 })
beforeAll(async () => {
  await cryptoWaitReady()
})

const pairOf = (type: 'sr25519' | 'ed25519') => keyring.addFromUri('//Alice', {}, type)
const signerOf = (type: 'sr25519' | 'ed25519'): Signer => {
  const pair = pairOf(type)
  return { publicKey: pair.publicKey, scheme: type, sign: (message) => pair.sign(message) }
}

/** An extrinsic as @polkadot/api builds and signs it, for this chain's metadata. */
function byPolkadot(call: RuntimeCall, type: 'sr25519' | 'ed25519', mortal: boolean) {
  const era = mortal
    ? registry.createType('ExtrinsicEra', { current: 1_000, period: 64 })
    : registry.createType('ExtrinsicEra', new Uint8Array([0]))
  return new GenericExtrinsic(registry, registry.createType('Call', runtimeCall.codec.enc(call)), { version: 4 }).sign(
    pairOf(type),
    {
      blockHash: mortal ? birth : genesis,
      era,
      genesisHash: genesis,
      nonce: 300,
      runtimeVersion: { specVersion: SPEC_VERSION, transactionVersion: 1 } as never,
      tip: 5,
    },
  )
}

describe.each(['sr25519', 'ed25519'] as const)('an extrinsic that @polkadot/api signed with %s', (type) => {
  it.each([
    ['short', 10, false],
    ['longer than 256 bytes', 400, true],
  ])('is read and its signature holds (%s)', (_, length, mortal) => {
    const bytes = byPolkadot(remark(length), type, mortal).toU8a()
    const extrinsic = decodeExtrinsic(bytes)
    expect(extrinsic.call).toEqual(remark(length))
    expect(extrinsic.length).toBe(bytes.length)
    expect(extrinsic.signed).toMatchObject({
      era: mortal ? mortalEra(64, 1_000) : { type: 'immortal' },
      nonce: 300,
      tip: 5n,
      metadataHash: false,
    })
    expect(senderOf(extrinsic.signed!)).toBe(toHex(pairOf(type).publicKey))
    const context = { genesis, birthHash: mortal ? birth : genesis }
    expect(isSignedBySender(extrinsic, context)).toBe(true)
    expect(isSignedBySender(extrinsic, { genesis: birth, birthHash: birth })).toBe(false)
    expect(isSignedBySender({ ...extrinsic, callBytes: Uint8Array.of(0, 0, 0) }, context)).toBe(false)
    expect(isSignedBySender({ ...extrinsic, signed: { ...extrinsic.signed!, nonce: 301 } }, context)).toBe(false)
    expect(toHex(encodeExtrinsic(extrinsic))).toBe(toHex(bytes))
  })
})

describe('an extrinsic that we sign', () => {
  it.each(['sr25519', 'ed25519'] as const)('is read by @polkadot/types (%s)', (type) => {
    const call: RuntimeCall = {
      type: 'Balances',
      value: {
        type: 'transfer_keep_alive',
        value: { dest: { type: 'Id', value: toHex(pairOf('sr25519').publicKey) }, value: 1_000_000_000n },
      },
    }
    const bytes = signExtrinsic({
      call,
      signer: signerOf(type),
      nonce: 7,
      genesis,
      mortality: { period: 128, number: 500, blockHash: (number) => (number === 500 ? birth : genesis) },
    })
    const theirs = registry.createType('Extrinsic', bytes)
    expect(theirs.method.toHuman()).toMatchObject({ section: 'balances', method: 'transferKeepAlive' })
    expect([theirs.nonce.toNumber(), theirs.era.asMortalEra.birth(510), theirs.tip.toNumber()]).toEqual([7, 500, 0])
    expect(theirs.signer.toString()).toBe(pairOf(type).address)
    expect(theirs.hash.toHex()).toBe(extrinsicHash(bytes))
    expect(isSignedBySender(decodeExtrinsic(bytes), { genesis, birthHash: birth })).toBe(true)
  })

  it('names its call', () => {
    const { call, callBytes } = decodeExtrinsic(
      signExtrinsic({ call: remark(1), signer: signerOf('sr25519'), nonce: 0, genesis }),
    )
    expect(namedCall(call, callBytes)).toEqual({
      pallet: 'System',
      call: 'remark',
      args: { remark: Uint8Array.of(7) },
      index: [0, 0],
    })
  })
})

describe('an extrinsic without a signature', () => {
  it('is read and written', () => {
    const call: RuntimeCall = { type: 'Timestamp', value: { type: 'set', value: { now: 1_700_000_000_000n } } }
    const bytes = encodeExtrinsic({ signed: undefined, callBytes: runtimeCall.codec.enc(call) })
    expect(decodeExtrinsic(bytes)).toMatchObject({ signed: undefined, call })
    expect(decodeBody(bytes.subarray(1))).toEqual(decodeExtrinsic(bytes))
    expect(isSignedBySender(decodeExtrinsic(bytes), { genesis, birthHash: genesis })).toBe(false)
  })
})

describe('bytes that are no extrinsic of this chain', () => {
  const good = () => signExtrinsic({ call: remark(3), signer: signerOf('ed25519'), nonce: 1, genesis })
  const lengthened = (body: string) => fromHex(`0x${((body.length / 2) << 2).toString(16).padStart(2, '0')}${body}`)
  it.each([
    ['empty', () => new Uint8Array()],
    ['cut off', () => good().subarray(0, -1)],
    ['one byte too long', () => Uint8Array.from([...good(), 0])],
    ['of format 5', () => lengthened('05000000')],
    ['with an unknown pallet', () => lengthened('04ff00')],
    ['with an unknown call', () => lengthened('0400ff')],
    ['with bytes after the call', () => lengthened('04000004ff00')],
    ['with a length written the long way', () => lengthened('0400000100ff'.replace('0100', '01000000'))],
    [
      'with an impossible era',
      () => {
        const bytes = good()
        bytes.set([0x01, 0xff], 101)
        return bytes
      },
    ],
  ])('are refused: %s', (_, bytes) => {
    expect(() => decodeExtrinsic(bytes())).toThrow()
  })

  it('are refused when calls are nested without end', () => {
    const body = Uint8Array.from([4, ...Array.from({ length: 100_000 }, () => [0x0b, 0x00, 0x04]).flat()])
    expect(() => decodeBody(body)).toThrow(RangeError)
  })

  it('do not pass for signed when the scheme is ecdsa or the key no point', () => {
    const extrinsic = decodeExtrinsic(good())
    const context = { genesis, birthHash: genesis }
    const signature = { type: 'Ecdsa', value: `0x${'01'.repeat(65)}` } as const
    expect(isSignedBySender({ ...extrinsic, signed: { ...extrinsic.signed!, signature } }, context)).toBe(false)
    const address = { type: 'Id', value: `0x${'ff'.repeat(32)}` } as const
    expect(isSignedBySender({ ...extrinsic, signed: { ...extrinsic.signed!, address } }, context)).toBe(false)
    const sr25519 = { type: 'Sr25519', value: `0x${'ff'.repeat(64)}` } as const
    expect(isSignedBySender({ ...extrinsic, signed: { ...extrinsic.signed!, signature: sr25519 } }, context)).toBe(
      false,
    )
    const digest = { ...extrinsic.signed!, metadataHash: true }
    expect(isSignedBySender({ ...extrinsic, signed: digest }, context)).toBe(false)
  })
})

describe('eras', () => {
  it('live from their birth to their death', () => {
    // Vectors of sp_runtime's own tests: period 4, signed at 6.
    const era = mortalEra(4, 6)
    expect([birthBlock(era, 6), birthBlock(era, 9), birthBlock(era, 10), deathBlock(era, 6)]).toEqual([6, 6, 10, 10])
    expect(mortalEra(50, 42)).toEqual({ type: 'mortal', period: 64, phase: 42 })
    expect(birthBlock({ type: 'immortal' }, 99)).toBe(0)
    expect(deathBlock({ type: 'immortal' }, 99)).toBe(Number.POSITIVE_INFINITY)
  })

  it('are written as @polkadot/types writes them', () => {
    for (const [period, current] of [
      [4, 6],
      [64, 1_000],
      [128, 127],
      [4_096, 5_000],
      [65_536, 70_001],
    ] as const) {
      const era = mortalEra(period, current)
      const theirs = registry.createType('ExtrinsicEra', { current, period })
      expect(toHex(encodeEra(era))).toBe(theirs.toHex())
      expect(decodeEra(encodeEra(era))).toEqual({ era, length: 2 })
      // Read back from its bytes: before that, theirs still has the phase that long periods round away.
      const read = registry.createType('ExtrinsicEra', theirs.toU8a()).asMortalEra
      expect(read.birth(current + 1)).toBe(birthBlock(era, current + 1))
      expect(read.death(current + 1)).toBe(deathBlock(era, current + 1))
    }
  })
})

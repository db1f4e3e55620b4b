import { merkleizeMetadata } from '@polkadot-api/merkleize-metadata'
import { beforeAll, describe, expect, test } from 'vitest'
import { intentOfReading } from '../../../../shared/airgap/intent-of-reading.ts'
import { proofLength } from '../../../../shared/airgap/metadata-proof.ts'
import { readUnsigned, unsignedBytes } from '../../../../shared/airgap/unsigned.ts'
import type { Intent } from '../../../../shared/signing/intent.ts'
import { EVERY_INTENT, PLAIN } from '../../../../test/support/signing/every-intent.ts'
import { callBytesOf, GENESIS, payloadOf, practiceMetadata } from '../../../../test/support/signing/payloads.ts'
import { checkPayload, readWhole } from './check-payload.ts'
import { readProof } from './proof-runtime.ts'
import { readingOf } from './reading-of.ts'
import { readRuntime, type SigningRuntime } from './signing-runtime.ts'

/** What an offline signer is sent: coldkeys only, and without the one call that hides an address behind its hash. */
const COLD = EVERY_INTENT.filter(({ kind }) => kind !== 'serve-axon' && kind !== 'announce-coldkey-swap')

let whole: SigningRuntime
let tree: ReturnType<typeof merkleizeMetadata>
beforeAll(() => {
  whole = readRuntime(practiceMetadata())
  tree = merkleizeMetadata(practiceMetadata(), { decimals: 9, tokenSymbol: 'TAO' })
})

const made = (intent: Intent) => {
  const call = callBytesOf(whole, intent)
  const payload = payloadOf(whole, call)
  return { call, payload, proof: tree.getProofForExtrinsicPayload(payload) }
}
const check = (proof: Uint8Array, payload: Uint8Array, intent: Intent) =>
  checkPayload(readProof(proof), { payload, intent, signer: 'coldkey', genesis: GENESIS })

describe('a proof of the types of one payload', () => {
  test.each(COLD.map((intent, at) => [at, intent.kind, intent] as const))(
    'reads number %i, %s, as the whole metadata does',
    (_at, _kind, intent) => {
      const { payload, proof } = made(intent)
      const runtime = readProof(proof)
      expect(runtime.digest).toBe(whole.digest)
      const read = readWhole(runtime, payload)
      const known = readWhole(whole, payload)
      expect(read).toEqual(known)
      expect(check(proof, payload, intent).ok).toBe(true)
    },
  )

  test.each(COLD.map((intent, at) => [at, intent.kind, intent] as const))(
    'lets number %i, %s, be told from its bytes',
    (_at, _kind, intent) => {
      const { payload, proof } = made(intent)
      const read = readWhole(readProof(proof), payload)
      if (!read.ok) throw new Error(read.error.code)
      const told = intentOfReading(readingOf(read.value))
      if (!told) throw new Error('no intent')
      expect(check(proof, payload, told).ok).toBe(true)
    },
  )

  test('crosses in the bytes that Polkadot Vault reads, and comes out whole', () => {
    const { call, payload, proof } = made(PLAIN[0] as Intent)
    const parts = {
      scheme: 'sr25519',
      signer: new Uint8Array(32).fill(7),
      genesis: new Uint8Array(32).fill(0x11),
    } as const
    const bytes = unsignedBytes({ ...parts, proof, payload, callBytes: call.length })
    expect([...bytes.subarray(0, 3)]).toEqual([0x53, 0x01, 0x06])
    expect(proofLength(bytes.subarray(35))).toBe(proof.length)
    expect(readUnsigned(bytes)).toEqual({ ok: true, value: { ...parts, proof, payload, callBytes: call.length } })
  })
})

describe('is not signed by a proof', () => {
  const intent = PLAIN[7] as Intent
  test('in which any one byte is another', () => {
    const { payload, proof } = made(intent)
    for (let at = 0; at < proof.length; at += 1) {
      const changed = Uint8Array.from(proof)
      changed[at] = (changed[at] ?? 0) ^ 1
      let signed = false
      try {
        signed = check(changed, payload, intent).ok
      } catch (cause) {
        expect((cause as Error).constructor.name).toBe('Unreadable')
      }
      expect([at, signed]).toEqual([at, false])
    }
  })

  test('of another runtime, of another call, or cut short', () => {
    const { payload, proof } = made(intent)
    const other = made(PLAIN[0] as Intent)
    expect(check(other.proof, payload, intent)).toMatchObject({ ok: false, error: { code: 'signer/unreadable' } })
    expect(check(proof, other.payload, PLAIN[0] as Intent)).toMatchObject({ ok: false })
    expect(check(proof, payload, { ...intent, amount: 1n } as Intent)).toMatchObject({
      ok: false,
      error: { code: 'keys/intent-differs', what: 'value' },
    })
    for (const length of [0, 1, 40, proof.length - 1]) expect(() => readProof(proof.subarray(0, length))).toThrow()
    expect(() => readProof(Uint8Array.of(...proof, 0))).toThrow('bytes too many')
  })

  test('when the payload does not carry the digest', () => {
    const { proof } = made(intent)
    const payload = payloadOf(whole, callBytesOf(whole, intent), { metadataHash: null })
    expect(check(proof, payload, intent)).toMatchObject({ ok: false })
  })
})

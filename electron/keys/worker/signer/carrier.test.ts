import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { ml_kem768 } from '@noble/post-quantum/ml-kem.js'
import { xxhashAsHex } from '@polkadot/util-crypto/xxhash'
import { beforeAll, describe, expect, test } from 'vitest'
import { netuid, rao, raoPerAlpha } from '../../../../shared/units/amounts.ts'
import { BOB } from '../../../../test/support/signing/every-intent.ts'
import {
  callBytesOf,
  type Frame,
  GENESIS,
  payloadOf,
  practiceMetadata,
} from '../../../../test/support/signing/payloads.ts'
import { encodeEra, mortalEra } from '../../../practice/extrinsic/era.ts'
import { decodeExtrinsic } from '../../../practice/extrinsic/extrinsic.ts'
import { parseEnvelope } from '../../../practice/shield/envelope.ts'
import { pairFromSeed } from '../keypair.ts'
import { shielded } from './carrier.ts'
import { checkPayload } from './check-payload.ts'
import { blake256 } from './read-payload.ts'
import { readRuntime, type SigningRuntime } from './signing-runtime.ts'

const pair = pairFromSeed(new Uint8Array(32).fill(9), 'sr25519')
const author = ml_kem768.keygen()
const intent = {
  kind: 'add-stake',
  hotkey: BOB,
  netuid: netuid(3),
  amount: rao(2_000_000_000n),
  limitPrice: raoPerAlpha(30_000_000n),
} as const
/** Lives for this many blocks, from block 1000 on. */
const era = (period: number) => encodeEra(mortalEra(period, 1_000))

let runtime: SigningRuntime
beforeAll(() => {
  runtime = readRuntime(practiceMetadata())
})

function hide(frame: Frame = {}, key = author.publicKey) {
  const payload = payloadOf(runtime, callBytesOf(runtime, intent), { era: era(8), nonce: 5n, ...frame })
  const read = checkPayload(runtime, { payload, intent, signer: 'coldkey', genesis: GENESIS })
  if (!read.ok) throw new Error(JSON.stringify(read.error))
  return shielded(runtime, pair, { payload, inner: read.value, key, genesis: GENESIS })
}
/** What the author of a block makes of a cover, by the codec of the practice network, which knows nothing of the signer's. */
function opened(carrier: Uint8Array) {
  const cover = decodeExtrinsic(carrier)
  const { call } = cover
  if (call.type !== 'MevShield' || call.value.type !== 'submit_encrypted') throw new Error(call.type)
  const envelope = parseEnvelope(call.value.value.ciphertext)
  if (!envelope) throw new Error('no envelope')
  const secret = ml_kem768.decapsulate(envelope.encapsulation, author.secretKey)
  const inner = xchacha20poly1305(secret, envelope.nonce).decrypt(envelope.sealed)
  return { cover, envelope, bytes: inner, inner: decodeExtrinsic(inner) }
}

describe('a hidden transaction and its cover', () => {
  test('the cover has the number before, both live eight blocks at most, and the author reads what was agreed to', () => {
    const made = hide()
    if (!made.ok) throw new Error(made.error.code)
    const { cover, inner, envelope, bytes } = opened(made.value.carrier)
    expect([cover.signed?.nonce, inner.signed?.nonce]).toEqual([4, 5])
    for (const { signed } of [cover, inner]) {
      expect(signed?.era).toEqual(mortalEra(8, 1_000))
      expect(signed?.tip).toBe(0n)
    }
    expect(inner.call).toMatchObject({ type: 'SubtensorModule', value: { type: 'add_stake_limit' } })
    expect(envelope.keyHash).toBe(xxhashAsHex(author.publicKey, 128))
    expect(made.value.innerHash).toBe(blake256(bytes))
  })

  test('nothing of it can be seen from outside, and no two covers are alike', () => {
    const [one, two] = [hide(), hide()]
    if (!one.ok || !two.ok) throw new Error('not made')
    const call = Buffer.from(callBytesOf(runtime, intent))
    expect(Buffer.from(one.value.carrier).includes(call)).toBe(false)
    expect(Buffer.from(one.value.carrier).includes(call.subarray(2, 34))).toBe(false)
    expect(opened(one.value.carrier).envelope.sealed).not.toEqual(opened(two.value.carrier).envelope.sealed)
  })

  test.each<[string, Frame, string]>([
    ['no number is left for the cover', { nonce: 0n }, 'nonce'],
    ['it could outlive the key', { era: era(16) }, 'lifetime'],
  ])('none is made where %s', (_name, frame, what) => {
    expect(hide(frame)).toEqual({ ok: false, error: { code: 'keys/intent-differs', what } })
  })

  test.each([
    ['too short', new Uint8Array(1_183)],
    ['of numbers that no key has', new Uint8Array(1_184).fill(255)],
  ])('none is made for a key that is %s', (_name, key) => {
    expect(hide({}, key)).toEqual({ ok: false, error: { code: 'shield/not-possible', reason: 'no-key' } })
  })
})

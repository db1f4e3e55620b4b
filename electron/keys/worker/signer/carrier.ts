import type { AppError } from '../../../../shared/errors.ts'
import { err, ok, type Result } from '../../../../shared/result.ts'
import { type Keypair, signPayload } from '../keypair.ts'
import { checkCarrier } from './check-payload.ts'
import { blake256, type ReadPayload } from './read-payload.ts'
import { compactBytes, scaleBytes } from './scale-write.ts'
import { sealFor } from './seal.ts'
import type { SigningRuntime } from './signing-runtime.ts'

/** A transaction that is hidden in another one until it is in a block. Both are signed and complete. */
export interface Shielded {
  /** The cover, as it is sent. */
  readonly carrier: Uint8Array
  /** blake2-256 of the hidden extrinsic: by this name it appears in a block. */
  readonly innerHash: string
}

/** Signed, format 4; the address form `Id`. @source polkadot-sdk `generic::UncheckedExtrinsic`, `MultiAddress` */
const HEAD = Uint8Array.of(0x84, 0)
/** The pool takes covers that live no longer. @source subtensor `runtime/src/check_mortality.rs` */
export const LONGEST_SHIELDED = 8

const join = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts))

/** The whole extrinsic of a payload that was signed, with its length. */
function extrinsicOf(pair: Keypair, payload: Uint8Array, { callBytes, extras }: ReadPayload): Uint8Array {
  const extra = extras.map(({ bytes }) => bytes)
  const body = join(HEAD, pair.publicKey, signPayload(pair, payload), ...extra, callBytes)
  return join(compactBytes(BigInt(body.length)), body)
}

/** The cover's payload: the same frame, one nonce earlier. */
function carrierPayload(runtime: SigningRuntime, inner: ReadPayload, ciphertext: Uint8Array): Uint8Array {
  const call = scaleBytes(runtime, runtime.callType, {
    call: 'MevShield.submit_encrypted',
    args: { ciphertext: `0x${Buffer.from(ciphertext).toString('hex')}` },
  })
  const extras = inner.extras.map(({ identifier, bytes }) =>
    identifier === 'CheckNonce' ? compactBytes(inner.nonce - 1n) : bytes,
  )
  return join(call, ...extras, inner.besideBytes)
}

/**
 * Signs a transaction that was read and compared already, hides it, and signs its cover. The cover is made here, from what
 * was just signed: no opaque bytes from outside ever reach the key.
 * @param inner of `payload`; its nonce is one above that of the cover
 * @errors keys/intent-differs (nonce or lifetime do not fit a hidden transaction), shield/not-possible, those of reading the cover
 */
export function shielded(
  runtime: SigningRuntime,
  pair: Keypair,
  made: {
    readonly payload: Uint8Array
    readonly inner: ReadPayload
    readonly key: Uint8Array
    readonly genesis: string
  },
): Result<Shielded, AppError> {
  const { payload, inner, key, genesis } = made
  if (inner.nonce === 0n) return err({ code: 'keys/intent-differs', what: 'nonce' })
  if (inner.era === 'immortal' || inner.era.period > LONGEST_SHIELDED)
    return err({ code: 'keys/intent-differs', what: 'lifetime' })
  const extrinsic = extrinsicOf(pair, payload, inner)
  const ciphertext = sealFor(key, extrinsic)
  if (!ciphertext) return err({ code: 'shield/not-possible', reason: 'no-key' })
  const cover = carrierPayload(runtime, inner, ciphertext)
  const read = checkCarrier(runtime, cover, { ciphertext, genesis })
  if (!read.ok) return read
  return ok({ carrier: extrinsicOf(pair, cover, read.value), innerHash: blake256(extrinsic) })
}

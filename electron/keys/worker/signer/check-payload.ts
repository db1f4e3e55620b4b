import type { AppError } from '../../../../shared/errors.ts'
import { err, ok, type Result } from '../../../../shared/result.ts'
import type { Intent } from '../../../../shared/signing/intent.ts'
import type { Signer } from '../../keys.port.ts'
import { firstDifference } from './compare.ts'
import { expectedCall, NoSuchCall } from './expected-call.ts'
import { isAsPinned } from './pinned-layout.ts'
import { type ReadPayload, readPayload, strangeExtensions } from './read-payload.ts'
import type { SigningRuntime } from './signing-runtime.ts'
import type { CallValue } from './type-def.ts'
import { Unreadable } from './unreadable.ts'

export interface ToCheck {
  readonly payload: Uint8Array
  readonly intent: Intent
  readonly signer: Signer
  /** Hash of block 0 of the network that the user chose. */
  readonly genesis: string
}

/**
 * Reads a payload, whatever it says.
 * @errors chain/unknown-extension, signer/unreadable, signer/bad-metadata
 */
export function readWhole(runtime: SigningRuntime, payload: Uint8Array): Result<ReadPayload, AppError> {
  const strangers = strangeExtensions(runtime)
  if (strangers.length > 0) return err({ code: 'chain/unknown-extension', names: strangers })
  try {
    return ok(readPayload(runtime, payload))
  } catch (cause) {
    if (!(cause instanceof Unreadable)) throw cause
    const code = cause.where === 'metadata' ? 'signer/bad-metadata' : 'signer/unreadable'
    return err({ code, what: cause.message })
  }
}

/**
 * Compares everything that the bytes say with what was agreed to, so that not even a broken host, or a lying node, can
 * have something else signed.
 * @errors those of {@link readWhole}, keys/intent-differs with the first difference
 */
export function checkPayload(
  runtime: SigningRuntime,
  { payload, intent, signer, genesis }: ToCheck,
): Result<ReadPayload, AppError> {
  // Serving is the only thing a miner's hotkey signs; everything that moves value needs the coldkey.
  if ((intent.kind === 'serve-axon') !== (signer !== 'coldkey'))
    return err({ code: 'keys/intent-differs', what: 'signer' })
  const read = readWhole(runtime, payload)
  if (!read.ok) return read
  const what =
    callDifference(intent, read.value.call) ??
    frameDifference(runtime, read.value, genesis) ??
    layoutDifference(read.value, payload)
  return what === undefined ? read : err({ code: 'keys/intent-differs', what })
}

/**
 * As {@link checkPayload}, of the cover of a hidden transaction: nothing but a carrier of exactly these bytes.
 * @errors those of {@link readWhole}, keys/intent-differs
 */
export function checkCarrier(
  runtime: SigningRuntime,
  payload: Uint8Array,
  { ciphertext, genesis }: { readonly ciphertext: Uint8Array; readonly genesis: string },
): Result<ReadPayload, AppError> {
  const read = readWhole(runtime, payload)
  if (!read.ok) return read
  const wanted = {
    call: 'MevShield.submit_encrypted',
    args: { ciphertext: `0x${Buffer.from(ciphertext).toString('hex')}` },
  }
  const what =
    (wanted.call === read.value.call.call ? firstDifference(wanted, read.value.call) : 'call') ??
    frameDifference(runtime, read.value, genesis) ??
    layoutDifference(read.value, payload)
  return what === undefined ? read : err({ code: 'keys/intent-differs', what })
}

/** Where the chain is not asked to compare the digest of its metadata, the layout must be the one of its source. */
const layoutDifference = (read: ReadPayload, payload: Uint8Array): string | undefined =>
  read.metadataHash === undefined && !isAsPinned(read, payload, read.offersMetadataHash) ? 'layout' : undefined

function callDifference(intent: Intent, read: CallValue): string | undefined {
  try {
    const wanted = expectedCall(intent)
    if (wanted.call !== read.call) return 'call'
    const difference = firstDifference(wanted, read)
    return difference === undefined ? undefined : difference.replace(/^args\./, '')
  } catch (cause) {
    if (cause instanceof NoSuchCall) return cause.message
    throw cause
  }
}

function frameDifference(runtime: SigningRuntime, read: ReadPayload, genesis: string): string | undefined {
  if (read.tip !== 0n) return 'tip'
  if (read.genesis !== genesis.toLowerCase()) return 'genesis'
  if (read.specVersion !== runtime.specVersion) return 'spec version'
  // The chain checks the version of transactions itself; a proof does not name it.
  if (!runtime.partial && read.transactionVersion !== runtime.transactionVersion) return 'transaction version'
  // One that never expires could be sent years later, by whoever kept it.
  if (read.era === 'immortal') return 'it never expires'
  const { metadataHash, offersMetadataHash } = read
  if (metadataHash === undefined) return offersMetadataHash && runtime.digest ? 'metadata hash is off' : undefined
  return metadataHash === runtime.digest ? undefined : 'metadata hash'
}

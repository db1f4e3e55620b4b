import type { AppError } from '../errors.ts'
import { ok, type Result } from '../result.ts'
import { damaged } from './damaged.ts'
import { bytesOf, hexOf, joined, sameBytes } from './hex.ts'
import { proofLength } from './metadata-proof.ts'
import { compactOf, Ends, Skipper } from './scale-skip.ts'

export type Scheme = 'sr25519' | 'ed25519'

/** A transaction on its way to whoever has the key. */
export interface Unsigned {
  readonly scheme: Scheme
  /** Public key of the account, 32 bytes. */
  readonly signer: Uint8Array
  /** RFC-78 proof of the types in `payload`, against the digest that the payload carries. */
  readonly proof: Uint8Array
  /** Call, then what the extensions add: what is signed. */
  readonly payload: Uint8Array
  /** Bytes of `payload` that are the call. */
  readonly callBytes: number
  /** Hash of block 0, 32 bytes. */
  readonly genesis: Uint8Array
}

const SUBSTRATE = 0x53
const SCHEMES: readonly Scheme[] = ['ed25519', 'sr25519']
/** "Sign a transaction, here is the proof of its metadata." @source parity-signer `transaction_parsing/src/lib.rs`, from version 7 on */
const WITH_PROOF = 0x06
const KEY = 32

/**
 * The bytes that Polkadot Vault (7 and later) reads: `53`, scheme, `06`, public key, metadata proof, length of the call,
 * call, extensions, genesis hash. The length is not part of what is signed.
 * @source parity-signer `parse_transaction.rs` `do_parse_transaction_with_proof`, `cut_method_extensions`
 */
export const unsignedBytes = ({ scheme, signer, proof, payload, callBytes, genesis }: Unsigned): Uint8Array =>
  joined(
    Uint8Array.of(SUBSTRATE, SCHEMES.indexOf(scheme), WITH_PROOF),
    signer,
    proof,
    compactOf(callBytes),
    payload,
    genesis,
  )

/** @errors airgap/damaged */
export function readUnsigned(bytes: Uint8Array): Result<Unsigned, AppError> {
  const [first, crypto = 255, command] = bytes
  if (first !== SUBSTRATE) return damaged('it is no request for a signature')
  const scheme = SCHEMES[crypto]
  if (!scheme) return damaged('another kind of key')
  if (command !== WITH_PROOF) return damaged('it comes without the proof of its metadata')
  const inner = bytes.subarray(3 + KEY, bytes.length - KEY)
  if (bytes.length < 3 + KEY + KEY) return damaged('it ends early')
  const length = proofLength(inner)
  if (length === undefined) return damaged('the proof of its metadata cannot be read')
  const rest = inner.subarray(length)
  const cut = callCut(rest)
  if (!cut) return damaged('its call cannot be told from the rest')
  return ok({
    scheme,
    signer: bytes.slice(3, 3 + KEY),
    proof: inner.slice(0, length),
    payload: rest.slice(cut.from),
    callBytes: cut.callBytes,
    genesis: bytes.slice(bytes.length - KEY),
  })
}

function callCut(rest: Uint8Array): { readonly from: number; readonly callBytes: number } | undefined {
  const walk = new Skipper(rest)
  try {
    const callBytes = walk.compact()
    const from = walk.at
    walk.skip(callBytes)
    return callBytes > 0 && walk.at < rest.length ? { from, callBytes } : undefined
  } catch (cause) {
    if (cause instanceof Ends) return undefined
    throw cause
  }
}

const FORMAT = 'taoforge-unsigned-transaction'
const VERSION = 1
/** A file has twice the characters of its bytes, and some names. */
const MOST_CHARACTERS = 200_000

/** Facts for people beside the bytes; whoever signs believes the bytes only. */
export interface FileFacts {
  readonly address: string
  readonly network: string
  readonly specVersion: number
  readonly validUntilBlock: number | undefined
}

export function unsignedFile(unsigned: Unsigned, facts: FileFacts): string {
  const hex = (bytes: Uint8Array) => `0x${hexOf(bytes)}`
  const { scheme, signer, proof, payload, callBytes, genesis } = unsigned
  const file = {
    format: FORMAT,
    version: VERSION,
    ...facts,
    genesis: hex(genesis),
    scheme,
    signer: hex(signer),
    callBytes,
    payload: hex(payload),
    metadataProof: hex(proof),
  }
  return `${JSON.stringify(file, undefined, 2)}\n`
}

/** Also takes the bare bytes of the codes as hex. @errors airgap/damaged */
export function readUnsignedFile(text: string): Result<Unsigned, AppError> {
  if (text.length > MOST_CHARACTERS) return damaged('a file that is too large')
  const bare = bytesOf(text.trim())
  if (bare && bare.length > 0) return readUnsigned(bare)
  const file = objectOf(text)
  if (!file) return damaged('it is neither such a file nor hex digits')
  if (file['format'] !== FORMAT) return damaged('another kind of file')
  if (file['version'] !== VERSION) return damaged('a file of a newer version')
  const bytes = (name: string): Uint8Array => {
    const value = file[name]
    return (typeof value === 'string' && bytesOf(value)) || new Uint8Array()
  }
  const { scheme, callBytes } = file
  const named = SCHEMES.find((one) => one === scheme)
  if (!named || typeof callBytes !== 'number' || !Number.isSafeInteger(callBytes) || callBytes < 1)
    return damaged('a file with parts missing')
  const unsigned: Unsigned = {
    scheme: named,
    signer: bytes('signer'),
    proof: bytes('metadataProof'),
    payload: bytes('payload'),
    callBytes,
    genesis: bytes('genesis'),
  }
  // One reader decides what is well formed, for both roads; what it does not give back as it was is refused.
  const again = readUnsigned(unsignedBytes(unsigned))
  if (!again.ok) return again
  const same = (['signer', 'proof', 'payload', 'genesis'] as const).every((k) => sameBytes(again.value[k], unsigned[k]))
  return same && again.value.callBytes === callBytes ? again : damaged('a file whose parts do not fit')
}

export function objectOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined
  } catch {
    return undefined
  }
}

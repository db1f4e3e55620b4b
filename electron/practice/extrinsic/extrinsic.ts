import { blake2AsU8a } from '@polkadot/util-crypto'
import { compact as compactInteger } from 'scale-ts'
import type { AnyCall } from '../definitions/outer-call.ts'
import { type RuntimeCall, runtimeCall } from '../definitions/runtime-types.ts'
import { type MultiAddress, type MultiSignature, multiAddress, multiSignature } from '../definitions/types/account.ts'
import { concatBytes, toHex } from '../scale/hex.ts'
import { compact, u8, u32, u64 } from '../scale/primitives.ts'
import type { ScaleType } from '../scale/type.ts'
import { decodeEra, type Era, encodeEra } from './era.ts'

const VERSION = 4
const SIGNED = 0x80

/** What the sender adds to the call: the parts of the signed extensions that travel. */
export interface Extra {
  readonly era: Era
  readonly nonce: number
  /** Unit: rao. Paid, but buys no priority on Subtensor. */
  readonly tip: bigint
  /** CheckMetadataHash's mode byte: the signature also covers a hash of the metadata. */
  readonly metadataHash: boolean
}

export interface Signed extends Extra {
  readonly address: MultiAddress
  readonly signature: MultiSignature
}

/** An extrinsic of format 4. */
export interface Extrinsic {
  /** Absent in what the block author puts in itself (`Timestamp.set`). */
  readonly signed: Signed | undefined
  readonly call: RuntimeCall
  /** The very bytes of the call. */
  readonly callBytes: Uint8Array
  /** Length of the whole extrinsic with its length prefix, in bytes; fees depend on it. */
  readonly length: number
}

/**
 * Reads a whole extrinsic, length prefix first.
 * @errors throws a RangeError on anything that the chain would not have written in exactly these bytes
 */
export function decodeExtrinsic(bytes: Uint8Array): Extrinsic {
  const bodyLength = Number(compactInteger.dec(new Uint8Array(bytes.subarray(0, 9))))
  const body = bytes.subarray(bytes.length - bodyLength)
  if (toHex(concatBytes(compactInteger.enc(bodyLength), body)) !== toHex(bytes)) {
    throw new RangeError('the length prefix does not fit the extrinsic')
  }
  return decodeBody(body)
}

/** Reads an extrinsic without its length prefix, as `TransactionPaymentApi_query_info` hands it over. */
export function decodeBody(body: Uint8Array): Extrinsic {
  const [kind] = body
  if (kind !== VERSION && kind !== (SIGNED | VERSION)) throw new RangeError(`no extrinsic format ${kind ?? ''}`)
  const reader = new Reader(body.subarray(1))
  const signed = kind === VERSION ? undefined : readSigned(reader)
  const callBytes = reader.rest()
  const call = runtimeCall.codec.dec(callBytes)
  if (toHex(runtimeCall.codec.enc(call)) !== toHex(callBytes)) throw new RangeError('the call has other bytes')
  return { signed, call, callBytes, length: compactInteger.enc(body.length).length + body.length }
}

/** Writes an extrinsic with its length prefix. */
export function encodeExtrinsic(extrinsic: Pick<Extrinsic, 'signed' | 'callBytes'>): Uint8Array {
  const { signed, callBytes } = extrinsic
  const head =
    signed === undefined
      ? Uint8Array.of(VERSION)
      : concatBytes(
          Uint8Array.of(SIGNED | VERSION),
          multiAddress.codec.enc(signed.address),
          multiSignature.codec.enc(signed.signature),
          encodeExtra(signed),
        )
  const body = concatBytes(head, callBytes)
  return concatBytes(compactInteger.enc(body.length), body)
}

/** The bytes that the thirteen extensions put into the extrinsic; four of them have any. */
export const encodeExtra = ({ era, nonce, tip, metadataHash }: Extra): Uint8Array =>
  concatBytes(
    encodeEra(era),
    compact(u32).codec.enc(nonce),
    compact(u64).codec.enc(tip),
    Uint8Array.of(metadataHash ? 1 : 0),
  )

/** Hash by which clients follow an extrinsic, 0x-hex: over all its bytes. */
export const extrinsicHash = (bytes: Uint8Array): string => toHex(blake2AsU8a(bytes, 256))

/** A call taken apart for dispatching and display. */
export interface NamedCall {
  readonly pallet: string
  readonly call: string
  readonly args: unknown
  /** Pallet's and call's number, the first two bytes. */
  readonly index: readonly [number, number]
}

export function namedCall(call: AnyCall, callBytes: Uint8Array): NamedCall {
  const [pallet = 0, index = 0] = callBytes
  return { pallet: call.type, call: call.value.type, args: call.value.value, index: [pallet, index] }
}

function readSigned(reader: Reader): Signed {
  const address = reader.read(multiAddress)
  const signature = reader.read(multiSignature)
  const { era, length } = decodeEra(reader.peek(2))
  reader.skip(length)
  const nonce = reader.read(compact(u32))
  const tip = reader.read(compact(u64))
  const mode = reader.read(u8)
  if (mode > 1) throw new RangeError(`no metadata hash mode ${mode}`)
  return { address, signature, era, nonce, tip, metadataHash: mode === 1 }
}

/** Reads one value after the other; each must have the only bytes that it could have been written in. */
class Reader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  read<T>(type: ScaleType<T>): T {
    const left = this.rest()
    const value = type.codec.dec(left)
    const written = type.codec.enc(value)
    if (toHex(written) !== toHex(left.subarray(0, written.length))) throw new RangeError('written in other bytes')
    this.#at += written.length
    return value
  }

  peek(length: number): Uint8Array {
    return this.#bytes.subarray(this.#at, this.#at + length)
  }

  skip(length: number): void {
    this.#at += length
  }

  rest(): Uint8Array {
    return new Uint8Array(this.#bytes.subarray(this.#at))
  }
}

import * as scale from 'scale-ts'
import { fromHex, toHex } from './hex.ts'
import { safeCodec } from './safe-codec.ts'
import type { PrimitiveName, Shape } from './shape.ts'
import type { ScaleType } from './type.ts'

const primitive = <T>(name: PrimitiveName, codec: scale.Codec<T>, compactCodec?: scale.Codec<T>): ScaleType<T> => ({
  codec: safeCodec(codec),
  shape: { kind: 'primitive', name },
  ...(compactCodec === undefined ? {} : { compactCodec: safeCodec(compactCodec) }),
})

const compactNumber = scale.enhanceCodec(scale.compact, (value: number) => value, Number)
const compactBigint = scale.enhanceCodec(scale.compact, (value: bigint) => value, BigInt)

export const u8 = primitive('u8', scale.u8, compactNumber)
export const u16 = primitive('u16', scale.u16, compactNumber)
export const u32 = primitive('u32', scale.u32, compactNumber)
export const u64 = primitive('u64', scale.u64, compactBigint)
export const u128 = primitive('u128', scale.u128, compactBigint)
export const i16 = primitive('i16', scale.i16)
export const i64 = primitive('i64', scale.i64)
export const i128 = primitive('i128', scale.i128)
export const bool = primitive('bool', scale.bool)
/** Rust `str`: a length and UTF-8. */
export const str = primitive('str', scale.str)

const u8Shape: Shape = { kind: 'primitive', name: 'u8' }
const bytesCodec = safeCodec(
  scale.enhanceCodec<Uint8Array, Uint8Array>(
    scale.Bytes(),
    (value: Uint8Array) => value,
    (raw) => new Uint8Array(raw),
  ),
)

/** `Vec<u8>` as it is. */
export const bytes: ScaleType<Uint8Array> = { codec: bytesCodec, shape: { kind: 'sequence', of: u8Shape } }

const utf8 = new TextEncoder()
const fromUtf8 = new TextDecoder('utf-8', { fatal: false })

/** `Vec<u8>` that holds text. Bytes that are no UTF-8 decode to replacement characters. */
export const text: ScaleType<string> = {
  codec: safeCodec(
    scale.enhanceCodec(
      bytesCodec,
      (value: string) => utf8.encode(value),
      (raw) => fromUtf8.decode(raw),
    ),
  ),
  shape: { kind: 'sequence', of: u8Shape },
}

/** `Vec<Compact<u8>>` that holds text, as Subtensor's runtime APIs return names and symbols. */
export const compactText: ScaleType<string> = {
  codec: safeCodec(
    scale.enhanceCodec(
      scale.Vector(compactNumber),
      (value: string) => [...utf8.encode(value)],
      (raw) => fromUtf8.decode(Uint8Array.from(raw)),
    ),
  ),
  shape: { kind: 'sequence', of: { kind: 'compact', of: u8Shape } },
}

/** `[u8; length]` as bytes. */
export const fixedBytes = (length: number): ScaleType<Uint8Array> => ({
  codec: safeCodec(
    scale.enhanceCodec<Uint8Array, Uint8Array>(
      scale.Bytes(length),
      (value: Uint8Array) => ofLength(value, length),
      (raw) => new Uint8Array(ofLength(raw, length)),
    ),
  ),
  shape: { kind: 'array', of: u8Shape, length },
})

/** `[u8; length]` as lower-case 0x-hex. */
export const fixedHex = (length: number): ScaleType<string> => ({
  codec: safeCodec(scale.enhanceCodec(fixedBytes(length).codec, fromHex, toHex)),
  shape: { kind: 'array', of: u8Shape, length },
})

function ofLength(value: Uint8Array, length: number): Uint8Array {
  if (value.length !== length) throw new RangeError(`${value.length} bytes where ${length} were expected`)
  return value
}

/** `Compact<T>` of an unsigned integer or a wrapper of one. */
export function compact<T>(type: ScaleType<T>): ScaleType<T> {
  if (type.compactCodec === undefined) throw new TypeError('only unsigned integers have a compact form')
  return { codec: type.compactCodec, shape: { kind: 'compact', of: type.shape } }
}

import { badAnswer } from '../failure.ts'

const HEX = /^0x([0-9a-f]{2})*$/i

export const toHex = (bytes: Uint8Array): string =>
  `0x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')}`

/** @param what names the answer in the error. @errors chain/bad-answer */
export function fromHex(text: unknown, what: string): Uint8Array {
  if (typeof text !== 'string' || !HEX.test(text)) return badAnswer(`${what} is not hex`)
  return new Uint8Array(Buffer.from(text.slice(2), 'hex'))
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}

/** Little-endian unsigned integer of a fixed width. */
export function uintBytes(value: bigint, bytes: number): Uint8Array {
  if (value < 0n || value >= 1n << BigInt(bytes * 8)) throw new RangeError(`${value} does not fit ${bytes} bytes`)
  const out = new Uint8Array(bytes)
  let rest = value
  for (let i = 0; i < bytes; i++) {
    out[i] = Number(rest & 0xffn)
    rest >>= 8n
  }
  return out
}

/** SCALE compact integer. @source parity-scale-codec, "Compact/general integers". */
export function compactBytes(value: bigint): Uint8Array {
  if (value < 0n) throw new RangeError('a compact integer is not negative')
  if (value < 1n << 6n) return uintBytes(value << 2n, 1)
  if (value < 1n << 14n) return uintBytes((value << 2n) | 1n, 2)
  if (value < 1n << 30n) return uintBytes((value << 2n) | 2n, 4)
  let length = 4
  while (value >= 1n << BigInt(length * 8)) length += 1
  return concat(Uint8Array.of(((length - 4) << 2) | 3), uintBytes(value, length))
}

import { fromHex, toHex } from '../state/bytes.ts'
import { invalidParams } from './rpc-error.ts'

/** Reads positional parameters; what is missing or of the wrong kind answers -32602 with its position. */
export class Params {
  readonly #values: readonly unknown[]
  constructor(values: readonly unknown[]) {
    this.#values = values
  }

  raw(index: number): unknown {
    return this.#values[index]
  }

  has(index: number): boolean {
    const value = this.#values[index]
    return value !== undefined && value !== null
  }

  text(index: number): string {
    const value = this.#values[index]
    if (typeof value !== 'string') throw invalidParams(`parameter ${index}: expected a string`)
    return value
  }

  /** A whole number from 0 on; Substrate takes numbers and 0x-hex for block numbers. */
  count(index: number): number {
    return countOf(this.#values[index], index)
  }

  bytes(index: number): Uint8Array {
    const bytes = fromHex(this.text(index))
    if (!bytes) throw invalidParams(`parameter ${index}: expected bytes in 0x-hex`)
    return bytes
  }

  /** Bytes as 0x-hex, or as the array of numbers that some clients send for `Vec<u8>`. */
  bytesOrArray(index: number): Uint8Array {
    const value = this.#values[index]
    if (!Array.isArray(value)) return this.bytes(index)
    if (!value.every((n) => Number.isInteger(n) && n >= 0 && n <= 255)) {
      throw invalidParams(`parameter ${index}: expected bytes`)
    }
    return Uint8Array.from(value as number[])
  }

  /** A storage key or prefix, in the lower case that the state uses. */
  key(index: number): string {
    return keyOf(this.#values[index], index)
  }

  keys(index: number): readonly string[] {
    const value = this.#values[index]
    if (!Array.isArray(value)) throw invalidParams(`parameter ${index}: expected a list of keys`)
    return value.map((key) => keyOf(key, index))
  }

  /** A block hash, or `undefined` when left out or null: the best block. */
  optionalHash(index: number): string | undefined {
    if (!this.has(index)) return undefined
    const hash = this.text(index).toLowerCase()
    if (!/^0x[0-9a-f]{64}$/.test(hash)) throw invalidParams(`parameter ${index}: expected a block hash`)
    return hash
  }
}

export function countOf(value: unknown, index: number): number {
  const number = typeof value === 'string' && /^0x[0-9a-fA-F]{1,8}$/.test(value) ? Number(value) : value
  if (typeof number !== 'number' || !Number.isInteger(number) || number < 0 || number > 0xffff_ffff) {
    throw invalidParams(`parameter ${index}: expected a whole number`)
  }
  return number
}

function keyOf(value: unknown, index: number): string {
  const bytes = typeof value === 'string' ? fromHex(value) : undefined
  if (!bytes) throw invalidParams(`parameter ${index}: expected a key in 0x-hex`)
  return toHex(bytes)
}

import { badAnswer } from '../failure.ts'

/** The deepest wrappings of the chain around one byte are below ten. */
const MOST_VALUES_PER_BYTE = 32
const MOST_EMPTY_VALUES = 65_536

/** Reads SCALE bytes from front to back; every read checks what is left. */
export class Cursor {
  readonly what: string
  readonly #bytes: Uint8Array
  #offset = 0
  #values = 0

  constructor(bytes: Uint8Array, what: string) {
    this.#bytes = bytes
    this.what = what
  }

  get left(): number {
    return this.#bytes.length - this.#offset
  }

  take(count: number): Uint8Array {
    if (count > this.left) badAnswer(`${this.what}: ends ${count - this.left} bytes too early`)
    const part = this.#bytes.subarray(this.#offset, this.#offset + count)
    this.#offset += count
    return part
  }

  /**
   * Called for each value that is read. Types come from the node: some take no bytes, and arrays of arrays of those would
   * keep us busy for ever over an empty answer.
   */
  value(): void {
    this.#values += 1
    if (this.#values > MOST_EMPTY_VALUES + MOST_VALUES_PER_BYTE * this.#bytes.length)
      badAnswer(`${this.what}: more values than its bytes can be`)
  }

  /** What was read since `left` was that. */
  readSince(left: number): Uint8Array {
    const end = this.#offset
    return this.#bytes.slice(end - (left - this.left), end)
  }

  byte(): number {
    return this.take(1)[0] ?? 0
  }

  bool(): boolean {
    const byte = this.byte()
    if (byte > 1) badAnswer(`${this.what}: ${byte} is neither true nor false`)
    return byte === 1
  }

  uint(bytes: number): bigint {
    const part = this.take(bytes)
    let value = 0n
    for (let i = bytes - 1; i >= 0; i--) value = (value << 8n) | BigInt(part[i] ?? 0)
    return value
  }

  compact(): bigint {
    const first = this.byte()
    const mode = first & 3
    if (mode === 0) return BigInt(first >> 2)
    if (mode === 1) return (this.uint(1) << 6n) | BigInt(first >> 2)
    if (mode === 2) return (this.uint(3) << 6n) | BigInt(first >> 2)
    return this.uint((first >> 2) + 4)
  }

  /** A count of items. Each takes a byte or nothing, so a larger count than that is a lie, not a reason to allocate. */
  length(): number {
    const count = this.compact()
    if (count > BigInt(this.left)) badAnswer(`${this.what}: announces ${count} items, has ${this.left} bytes`)
    return Number(count)
  }
}

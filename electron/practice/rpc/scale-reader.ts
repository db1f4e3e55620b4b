/** Reads the few SCALE shapes that the JSON-RPC turns into JSON. Throws RangeError past the end. */
export class ScaleReader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  u8(): number {
    const value = this.#bytes.readUInt8(this.#at)
    this.#at += 1
    return value
  }

  u16(): number {
    const value = this.#bytes.readUInt16LE(this.#at)
    this.#at += 2
    return value
  }

  u32(): number {
    const value = this.#bytes.readUInt32LE(this.#at)
    this.#at += 4
    return value
  }

  u64(): bigint {
    const value = this.#bytes.readBigUInt64LE(this.#at)
    this.#at += 8
    return value
  }

  u128(): bigint {
    const low = this.u64()
    return low + (this.u64() << 64n)
  }

  bytes(length: number): Uint8Array {
    if (this.#at + length > this.#bytes.length) throw new RangeError('past the end')
    const value = this.#bytes.subarray(this.#at, this.#at + length)
    this.#at += length
    return new Uint8Array(value)
  }

  compact(): bigint {
    const mode = this.#bytes.readUInt8(this.#at) & 3
    if (mode === 0) return BigInt(this.u8() >> 2)
    if (mode === 1) return BigInt(this.u16() >> 2)
    if (mode === 2) return BigInt(this.u32() >>> 2)
    const length = (this.u8() >> 2) + 4
    let value = 0n
    for (const [i, byte] of this.bytes(length).entries()) value |= BigInt(byte) << BigInt(8 * i)
    return value
  }
}

/** Thrown within this folder only; whoever reads hostile bytes turns it into an error. */
export class Ends extends Error {}

/** Walks over SCALE bytes without keeping what it reads. */
export class Skipper {
  readonly #bytes: Uint8Array
  at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  byte(): number {
    const byte = this.#bytes[this.at]
    if (byte === undefined) throw new Ends('ends early')
    this.at += 1
    return byte
  }
  skip(length: number): void {
    if (length > this.#bytes.length - this.at) throw new Ends('ends early')
    this.at += length
  }
  /** Lengths and counts only: what needs more than four bytes is refused. @source parity-scale-codec `compact.rs` */
  compact(): number {
    const first = this.byte()
    const mode = first & 3
    if (mode === 0) return first >> 2
    if (mode === 3) throw new Ends('a number that is too large')
    let value = first >> 2
    const more = mode === 1 ? 1 : 3
    for (let i = 0; i < more; i += 1) value += this.byte() * 2 ** (6 + 8 * i)
    return value
  }
  /** @param most a longer list than this is refused before it is walked */
  each(most: number, one: () => void): number {
    const count = this.compact()
    if (count > most) throw new Ends('a list that is too long')
    for (let i = 0; i < count; i += 1) one()
    return count
  }
  text(): void {
    this.skip(this.compact())
  }
  option(one: () => void): void {
    const flag = this.byte()
    if (flag > 1) throw new Ends('a flag that is none')
    if (flag === 1) one()
  }
}

/** As few bytes as the number takes; below 2^30. */
export function compactOf(value: number): Uint8Array {
  if (value < 64) return Uint8Array.of(value << 2)
  if (value < 16_384) return Uint8Array.of(((value << 2) | 1) & 255, value >> 6)
  const wide = value * 4 + 2
  return Uint8Array.from([0, 8, 16, 24], (shift) => Math.floor(wide / 2 ** shift) & 255)
}

/** Numbers that look random and are the same for the same seed: a finding can be had again by its seed and number. */
export class Dice {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** @source mulberry32 */
  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }

  /** 0 up to `below`, which is not reached. */
  below(below: number): number {
    return below <= 0 ? 0 : this.#next() % below
  }

  /** True `of` times in a hundred. */
  percent(of: number): boolean {
    return this.below(100) < of
  }

  one<T>(of: readonly T[]): T {
    return of[this.below(of.length)] as T
  }

  bytes(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, () => this.below(256))
  }
}

/** FNV-1a: gives each target and case a seed of its own. */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash >>> 0
}

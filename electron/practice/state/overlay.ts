import { sameBytes } from './bytes.ts'
import type { Kv } from './kv.port.ts'

/**
 * Pending changes on top of another store. Overlays nest: a dispatch runs in one on top of the block's,
 * and is committed or forgotten as a whole.
 */
export class Overlay implements Kv {
  readonly #base: Kv
  #changes = new Map<string, Uint8Array | undefined>()

  constructor(base: Kv) {
    this.#base = base
  }

  get(key: string): Uint8Array | undefined {
    return this.#changes.has(key) ? this.#changes.get(key) : this.#base.get(key)
  }

  set(key: string, value: Uint8Array): void {
    this.#changes.set(key, value)
  }

  delete(key: string): void {
    this.#changes.set(key, undefined)
  }

  keys(prefix: string): readonly string[] {
    const base = this.#base.keys(prefix)
    const added: string[] = []
    let removed = 0
    for (const [key, value] of this.#changes) {
      if (!key.startsWith(prefix)) continue
      if (value) added.push(key)
      else removed += 1
    }
    if (added.length === 0 && removed === 0) return base
    const kept = removed === 0 ? base : base.filter((key) => !this.#changes.has(key) || this.#changes.get(key))
    const merged = new Set(kept)
    const before = merged.size
    for (const key of added) merged.add(key)
    return merged.size === before ? kept : [...merged].sort()
  }

  /** What differs from the base; `undefined` = deleted. Values equal to the base's are left out. */
  changes(): ReadonlyMap<string, Uint8Array | undefined> {
    const real = new Map<string, Uint8Array | undefined>()
    for (const [key, value] of this.#changes) {
      if (!sameBytes(value, this.#base.get(key))) real.set(key, value)
    }
    return real
  }

  commit(): void {
    for (const [key, value] of this.#changes) {
      if (value) this.#base.set(key, value)
      else this.#base.delete(key)
    }
    this.#changes = new Map()
  }

  discard(): void {
    this.#changes = new Map()
  }
}

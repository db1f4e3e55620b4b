/** An ordered set of storage keys, so that a prefix is one binary search and a scan. */
export class SortedKeys {
  #keys: string[] = []

  get size(): number {
    return this.#keys.length
  }

  /** Replaces the whole content; `keys` need not be sorted and must not repeat. */
  fill(keys: Iterable<string>): void {
    this.#keys = [...keys].sort()
  }

  add(key: string): void {
    const at = this.lowerBound(key)
    if (this.#keys[at] !== key) this.#keys.splice(at, 0, key)
  }

  remove(key: string): void {
    const at = this.lowerBound(key)
    if (this.#keys[at] === key) this.#keys.splice(at, 1)
  }

  /** First position whose key is not before `key`. */
  lowerBound(key: string): number {
    let low = 0
    let high = this.#keys.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#keys[middle] ?? '') < key) low = middle + 1
      else high = middle
    }
    return low
  }

  *withPrefix(prefix: string, after?: string): Generator<string> {
    let at = this.lowerBound(after !== undefined && after > prefix ? after : prefix)
    for (;;) {
      const key = this.#keys[at]
      if (key === undefined || !key.startsWith(prefix)) return
      at += 1
      if (key !== after) yield key
    }
  }
}

/** Of the first few numbers. */
const SMALLEST = 8
const LARGE = 64
const BYTES = Uint32Array.BYTES_PER_ELEMENT

/**
 * A binary heap of whole numbers below 2^32: the first in order is always at hand; adding and taking cost log n. Four bytes a
 * number: there may be millions.
 */
export class Heap {
  #items = new Uint32Array(SMALLEST)
  #size = 0
  /** Another heap has the same list: it is copied before it is written to. */
  #shared = false
  readonly #before: (a: number, b: number) => boolean

  /** @param before whether `a` comes before `b` */
  constructor(before: (a: number, b: number) => boolean) {
    this.#before = before
  }

  get size(): number {
    return this.#size
  }

  /** One of the same items in the same order, that goes its own way from here. */
  fork(before: (a: number, b: number) => boolean): Heap {
    const copy = new Heap(before)
    copy.#items = this.#items
    copy.#size = this.#size
    copy.#shared = true
    this.#shared = true
    return copy
  }

  /** In no order. Good until the next change. */
  items(): Uint32Array {
    return this.#items.subarray(0, this.#size)
  }

  push(item: number): void {
    const items = this.#own(this.#size + 1)
    let at = this.#size
    this.#size += 1
    while (at > 0) {
      const above = (at - 1) >> 1
      const parent = items[above]
      if (parent === undefined || !this.#before(item, parent)) break
      items[at] = parent
      at = above
    }
    items[at] = item
  }

  pop(): number | undefined {
    if (this.#size === 0) return undefined
    const items = this.#own(this.#size)
    const [top] = items
    this.#size -= 1
    const last = items[this.#size]
    if (last === undefined || this.#size === 0) return this.#emptied(top)
    let at = 0
    for (;;) {
      const child = this.#smallerChild(at)
      const item = child === undefined ? undefined : items[child]
      if (child === undefined || item === undefined || !this.#before(item, last)) break
      items[at] = item
      at = child
    }
    items[at] = last
    return top
  }

  /** A long list that is used up gives its memory back at once. */
  #emptied(top: number | undefined): number | undefined {
    if (this.#items.length > LARGE) this.#items = new Uint32Array(this.#items.buffer.transfer(SMALLEST * BYTES))
    return top
  }

  /** A list of its own, with room. It grows by a quarter: half of it empty would be millions of bytes. */
  #own(room: number): Uint32Array {
    if (this.#shared) this.#items = this.#items.slice()
    this.#shared = false
    if (room > this.#items.length) {
      const bytes = (room + (room >> 2) + SMALLEST) * BYTES
      // The old memory goes at once, not when the garbage collector comes by.
      this.#items = new Uint32Array(this.#items.buffer.transfer(bytes))
    }
    return this.#items
  }

  #smallerChild(at: number): number | undefined {
    const left = at * 2 + 1
    if (left >= this.#size) return undefined
    const [a, b] = [this.#items[left] ?? 0, this.#items[left + 1] ?? 0]
    return left + 1 < this.#size && this.#before(b, a) ? left + 1 : left
  }
}

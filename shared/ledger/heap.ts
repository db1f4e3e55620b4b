/** A binary heap: the first in order is always at hand; adding and taking cost log n. */
export class Heap<T> {
  #items: T[] = []
  /** Another heap has the same list: it is copied before it is written to. */
  #shared = false
  readonly #before: (a: T, b: T) => boolean

  /** @param before whether `a` comes before `b` */
  constructor(before: (a: T, b: T) => boolean) {
    this.#before = before
  }

  get size(): number {
    return this.#items.length
  }

  /** One of the same items in the same order, that goes its own way from here. */
  fork(before: (a: T, b: T) => boolean): Heap<T> {
    const copy = new Heap(before)
    copy.#items = this.#items
    copy.#shared = true
    this.#shared = true
    return copy
  }

  /** In no order. */
  items(): readonly T[] {
    return this.#items
  }

  first(): T | undefined {
    return this.#items[0]
  }

  push(item: T): void {
    const items = this.#own()
    let at = items.length
    items.push(item)
    while (at > 0) {
      const above = (at - 1) >> 1
      const parent = items[above]
      if (parent === undefined || !this.#before(item, parent)) break
      items[at] = parent
      at = above
    }
    items[at] = item
  }

  pop(): T | undefined {
    const items = this.#own()
    const top = items[0]
    const last = items.pop()
    if (last === undefined || items.length === 0) return top
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

  #own(): T[] {
    if (this.#shared) this.#items = [...this.#items]
    this.#shared = false
    return this.#items
  }

  #smallerChild(at: number): number | undefined {
    const items = this.#items
    const left = at * 2 + 1
    const [a, b] = [items[left], items[left + 1]]
    if (a === undefined) return undefined
    return b !== undefined && this.#before(b, a) ? left + 1 : left
  }
}

/** Items of subscriptions whose id is not known yet. A node that sends more than this shouts. */
const MOST_EARLY = 64

/** What a node tells without being asked again, by the id that it gave to the subscription. */
export class Subscriptions {
  readonly #listeners = new Map<string, (item: unknown) => void>()
  #early: { readonly id: string; readonly item: unknown }[] = []

  add(id: string, onItem: (item: unknown) => void): void {
    this.#listeners.set(id, onItem)
    const own = this.#early.filter((one) => one.id === id)
    this.#early = this.#early.filter((one) => one.id !== id)
    for (const { item } of own) onItem(item)
  }

  /** @returns false where it was ended before */
  remove(id: string): boolean {
    return this.#listeners.delete(id)
  }

  tell(id: string, item: unknown): void {
    const listener = this.#listeners.get(id)
    if (listener) return listener(item)
    this.#early.push({ id, item })
    if (this.#early.length > MOST_EARLY) this.#early.shift()
  }
}

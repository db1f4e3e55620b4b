import { sameBytes } from './bytes.ts'
import type { Kv } from './kv.port.ts'
import { SortedKeys } from './sorted-keys.ts'

/** One value a key had; `value` undefined = deleted. Oldest first in a history. */
interface Version {
  readonly block: number
  readonly value: Uint8Array | undefined
}

export type Changes = ReadonlyMap<string, Uint8Array | undefined>

/** A read-only view of one block's state. */
export interface StateView extends Pick<Kv, 'get' | 'keys'> {
  /** Up to `count` keys with the prefix, after `startKey`. */
  page(prefix: string, count: number, startKey?: string): readonly string[]
}

function versionAt(history: readonly Version[], block: number): Version | undefined {
  for (let i = history.length - 1, steps = 0; i >= 0; i -= 1, steps += 1) {
    const version = history[i]
    if (version && version.block <= block) return version
    // Old blocks are rarely read: a short walk from the end first, then halving.
    if (steps === 8) return versionByHalving(history.slice(0, i), block)
  }
  return undefined
}

function versionByHalving(history: readonly Version[], block: number): Version | undefined {
  let low = 0
  let high = history.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((history[middle]?.block ?? 0) <= block) low = middle + 1
    else high = middle
  }
  return history[low - 1]
}

/** State of every kept block: per key the list of its values, so that a block costs only what it changed. */
export class VersionedState {
  readonly #histories = new Map<string, Version[]>()
  readonly #index = new SortedKeys()
  readonly #changed = new Map<number, readonly string[]>()
  readonly #keepBlocks: number
  #head: number
  #oldest: number

  constructor(first: { readonly block: number; readonly state: Changes }, keepBlocks: number) {
    this.#keepBlocks = keepBlocks
    this.#head = first.block
    this.#oldest = first.block
    for (const [key, value] of first.state) if (value) this.#histories.set(key, [{ block: first.block, value }])
    this.#index.fill(this.#histories.keys())
  }

  get head(): number {
    return this.#head
  }

  /** First block whose state can still be read. */
  get oldest(): number {
    return this.#oldest
  }

  /** Makes `block` (always head + 1) readable and forgets the oldest block when the window is full. */
  commit(block: number, changes: Changes): void {
    if (block !== this.#head + 1) throw new Error(`block ${block} does not follow ${this.#head}`)
    const keys: string[] = []
    for (const [key, value] of changes) {
      const history = this.#histories.get(key)
      if (!history) {
        if (!value) continue
        this.#histories.set(key, [{ block, value }])
        this.#index.add(key)
      } else {
        if (sameBytes(history.at(-1)?.value, value)) continue
        history.push({ block, value })
      }
      keys.push(key)
    }
    this.#changed.set(block, keys)
    this.#head = block
    while (this.#head - this.#oldest >= this.#keepBlocks) this.#forgetOldest()
  }

  /** Forgets the newest block, as if it had never been. */
  takeBack(): void {
    for (const key of this.#changed.get(this.#head) ?? []) {
      const history = this.#histories.get(key)
      history?.pop()
      if (history?.length !== 0) continue
      this.#histories.delete(key)
      this.#index.remove(key)
    }
    this.#changed.delete(this.#head)
    this.#head -= 1
  }

  #forgetOldest(): void {
    const next = this.#oldest + 1
    for (const key of this.#changed.get(next) ?? []) {
      const history = this.#histories.get(key)
      if (!history) continue
      // The value written at `next` hides everything before it from all blocks that stay.
      const hidden = history.findIndex((version) => version.block === next)
      if (hidden > 0) history.splice(0, hidden)
      if (history.length === 1 && !history[0]?.value) {
        this.#histories.delete(key)
        this.#index.remove(key)
      }
    }
    this.#changed.delete(next)
    this.#oldest = next
  }

  /** Keys that block changed; empty when it is not kept. */
  changedAt(block: number): readonly string[] {
    return this.#changed.get(block) ?? []
  }

  get(key: string, block: number): Uint8Array | undefined {
    const history = this.#histories.get(key)
    return history ? versionAt(history, block)?.value : undefined
  }

  at(block: number): StateView {
    const live = (key: string): boolean => this.get(key, block) !== undefined
    const page = (prefix: string, count: number, startKey?: string): string[] => {
      const found: string[] = []
      for (const key of this.#index.withPrefix(prefix, startKey)) {
        if (found.length >= count) break
        if (live(key)) found.push(key)
      }
      return found
    }
    return {
      get: (key) => this.get(key, block),
      keys: (prefix) => page(prefix, Number.POSITIVE_INFINITY),
      page,
    }
  }
}

/** Lets an overlay sit on a view: writing to a finished block is our bug, so it throws. */
export function readOnly(view: StateView): Kv {
  const refuse = (): never => {
    throw new Error('a finished block cannot be changed')
  }
  return { get: view.get, keys: view.keys, set: refuse, delete: refuse }
}

import { Heap } from './heap.ts'
import type { Lot } from './lot.ts'
import { LotStore } from './lot-store.ts'

/**
 * Which lots a sale takes first.
 * `fifo`: the oldest. `hifo`: the dearest per alpha, those of unknown cost last. `average`: all alike.
 */
export const LOT_METHODS = ['fifo', 'hifo', 'average'] as const
export type LotMethod = (typeof LOT_METHODS)[number]

/** The lots of one position, in the order in which its method takes them. */
export class LotPile {
  readonly #method: LotMethod
  readonly #store: LotStore
  /** Numbers of the store, in the order in which their lots leave. */
  #heap: Heap
  #alpha = 0n
  #knownCost = 0n
  #unknownAlpha = 0n

  /** @param store where lots are kept; several piles may share one */
  constructor(method: LotMethod, store: LotStore = new LotStore()) {
    this.#method = method
    this.#store = store
    this.#heap = new Heap(orderIn(store, method))
  }

  /** 1e-9 alpha */
  get alpha(): bigint {
    return this.#alpha
  }
  /** rao, of the lots whose cost is known. */
  get knownCost(): bigint {
    return this.#knownCost
  }
  /** 1e-9 alpha whose cost is unknown. */
  get unknownAlpha(): bigint {
    return this.#unknownAlpha
  }

  /** Oldest first. One at a time: as objects, a million of them would take many times the memory of the pile. */
  *lots(): Generator<Lot> {
    const byAge = new Heap(orderIn(this.#store, 'fifo'))
    for (const at of this.#heap.items()) byAge.push(at)
    for (let at = byAge.pop(); at !== undefined; at = byAge.pop()) yield this.#store.get(at)
  }

  /** In the order in which {@link putBack} makes the same pile of them. */
  *piled(): Generator<Lot> {
    for (const at of this.#heap.items()) yield this.#store.get(at)
  }

  /** The next one of the lots that a pile gave. */
  putBack(lot: Lot): void {
    this.#push(lot)
  }

  /** A pile of the same lots that goes its own way from here. @param store a fork of the one that this pile uses */
  fork(store: LotStore): LotPile {
    const copy = new LotPile(this.#method, store)
    copy.#heap = this.#heap.fork(orderIn(store, this.#method))
    copy.#alpha = this.#alpha
    copy.#knownCost = this.#knownCost
    copy.#unknownAlpha = this.#unknownAlpha
    return copy
  }

  put(lot: Lot): void {
    if (lot.alpha <= 0n) return
    if (this.#method === 'average') return this.#blend(lot)
    this.#push(lot)
  }

  /**
   * Takes alpha out, cost with it: cost of a part is rounded down, the rest stays, so that no rao is lost.
   * @returns the parts; together exactly `alpha`. More than there is comes as a last part of unknown cost.
   */
  take(alpha: bigint, now: { readonly seq: number; readonly atMs: number }): readonly Lot[] {
    if (alpha <= 0n) return []
    const parts = this.#method === 'average' ? this.#takeEvenly(alpha) : this.#takeInOrder(alpha)
    const short = alpha - parts.reduce((sum, part) => sum + part.alpha, 0n)
    return short > 0n ? [...parts, { alpha: short, cost: undefined, ...now, origin: 'unrecorded' }] : parts
  }

  #push(lot: Lot): void {
    this.#heap.push(this.#store.add(lot))
    this.#count(lot, 1n)
  }

  #pop(): Lot | undefined {
    const at = this.#heap.pop()
    if (at === undefined) return undefined
    const lot = this.#store.get(at)
    this.#store.drop(at)
    this.#count(lot, -1n)
    return lot
  }

  #count({ alpha, cost }: Lot, sign: bigint): void {
    this.#alpha += sign * alpha
    if (cost === undefined) this.#unknownAlpha += sign * alpha
    else this.#knownCost += sign * cost
  }

  #takeInOrder(alpha: bigint): readonly Lot[] {
    const parts: Lot[] = []
    let left = alpha
    while (left > 0n) {
      const lot = this.#pop()
      if (!lot) break
      const [part, rest] = split(lot, left)
      if (rest) this.#push(rest)
      parts.push(part)
      left -= part.alpha
    }
    return parts
  }

  /** At most two lots: one of all known cost, one of all unknown. Each gives its share. */
  #takeEvenly(alpha: bigint): readonly Lot[] {
    const all = [this.#pop(), this.#pop()].filter((lot) => lot !== undefined)
    const total = all.reduce((sum, lot) => sum + lot.alpha, 0n)
    if (total <= alpha) return all
    const [one, two] = all
    if (!one) return []
    const ofOne = two ? (alpha * one.alpha) / total : alpha
    const parts: Lot[] = []
    for (const [lot, wanted] of [[one, ofOne] as const, [two, alpha - ofOne] as const]) {
      if (!lot) continue
      if (wanted === 0n) {
        this.#push(lot)
        continue
      }
      const [part, rest] = split(lot, wanted)
      if (rest) this.#push(rest)
      parts.push(part)
    }
    return parts
  }

  #blend(lot: Lot): void {
    const all = [this.#pop(), this.#pop()].filter((held) => held !== undefined)
    let blended = lot
    for (const held of all) {
      if ((held.cost === undefined) !== (lot.cost === undefined)) this.#push(held)
      else blended = merged(held, blended)
    }
    this.#push(blended)
  }
}

const orderIn = (store: LotStore, method: LotMethod) => {
  const before = method === 'hifo' ? dearer : older
  return (a: number, b: number): boolean => before(store.get(a), store.get(b))
}

/** @param alpha above 0 */
function split(lot: Lot, alpha: bigint): readonly [Lot, Lot | undefined] {
  if (lot.alpha <= alpha) return [lot, undefined]
  const rest = lot.alpha - alpha
  if (lot.cost === undefined)
    return [
      { ...lot, alpha },
      { ...lot, alpha: rest },
    ]
  const cost = (lot.cost * alpha) / lot.alpha
  return [
    { ...lot, alpha, cost },
    { ...lot, alpha: rest, cost: lot.cost - cost },
  ]
}

/** The date of a blend is that of its oldest part. */
function merged(a: Lot, b: Lot): Lot {
  const cost = a.cost === undefined || b.cost === undefined ? undefined : a.cost + b.cost
  const oldest = a.seq <= b.seq ? a : b
  return { ...oldest, alpha: a.alpha + b.alpha, cost }
}

const older = (a: Lot, b: Lot): boolean => a.seq < b.seq

function dearer(a: Lot, b: Lot): boolean {
  if (a.cost === undefined || b.cost === undefined) return a.cost === b.cost ? older(a, b) : a.cost !== undefined
  const [left, right] = [a.cost * b.alpha, b.cost * a.alpha]
  return left === right ? older(a, b) : left > right
}

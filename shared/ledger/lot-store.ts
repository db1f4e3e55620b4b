import { LOT_ORIGINS, type Lot } from './lot.ts'

/** Lots in one block of memory; blocks are added, never copied. */
const BLOCK = 4_096
/** A cost above all that there can be stands for "unknown". @see U64_MAX */
const UNKNOWN = (1n << 64n) - 1n

interface Block {
  readonly alpha: BigUint64Array<ArrayBuffer>
  readonly cost: BigUint64Array<ArrayBuffer>
  readonly seq: Float64Array<ArrayBuffer>
  readonly atMs: Float64Array<ArrayBuffer>
  readonly origin: Uint8Array<ArrayBuffer>
}

/**
 * Lots by number, 33 bytes each instead of some 150 as objects: a miner of several years has a million of them.
 * Amounts beyond 64 bits (sums of invented ones only) are kept as objects beside.
 */
export class LotStore {
  #blocks: Block[] = []
  /** Those that another store has, too. */
  #shared: Set<Block> = new Set()
  #free: number[] = []
  #large = new Map<number, Lot>()
  #used = 0

  /** The same lots by the same numbers. Blocks are shared until one of both writes to them, so a million lots cost nothing. */
  fork(): LotStore {
    const copy = new LotStore()
    copy.#blocks = [...this.#blocks]
    copy.#shared = new Set(this.#blocks)
    this.#shared = new Set(this.#blocks)
    copy.#free = [...this.#free]
    copy.#large = new Map(this.#large)
    copy.#used = this.#used
    return copy
  }

  add(lot: Lot): number {
    const at = this.#free.pop() ?? this.#next()
    const { alpha, cost, seq, atMs, origin } = lot
    if (alpha > UNKNOWN || (cost !== undefined && cost >= UNKNOWN)) {
      this.#large.set(at, lot)
      return at
    }
    const [block, place] = this.#ownPlace(at)
    block.alpha[place] = alpha
    block.cost[place] = cost ?? UNKNOWN
    block.seq[place] = seq
    block.atMs[place] = atMs
    block.origin[place] = LOT_ORIGINS.indexOf(origin)
    return at
  }

  get(at: number): Lot {
    const large = this.#large.get(at)
    if (large) return large
    const [block, place] = this.#place(at)
    const cost = block.cost[place]
    return {
      alpha: block.alpha[place] ?? 0n,
      cost: cost === UNKNOWN ? undefined : cost,
      seq: block.seq[place] ?? 0,
      atMs: block.atMs[place] ?? 0,
      origin: LOT_ORIGINS[block.origin[place] ?? 0] ?? 'unrecorded',
    }
  }

  /** Its number may be given again. */
  drop(at: number): void {
    this.#large.delete(at)
    this.#free.push(at)
  }

  /** Gives the memory back now: the garbage collector sees little of it, and would let the next store stand beside it. */
  release(): void {
    for (const block of this.#blocks)
      if (!this.#shared.has(block)) for (const column of Object.values(block)) column.buffer.transfer(0)
    this.#blocks = []
  }

  #next(): number {
    const at = this.#used
    this.#used += 1
    if (at % BLOCK === 0)
      this.#blocks.push({
        alpha: new BigUint64Array(BLOCK),
        cost: new BigUint64Array(BLOCK),
        seq: new Float64Array(BLOCK),
        atMs: new Float64Array(BLOCK),
        origin: new Uint8Array(BLOCK),
      })
    return at
  }

  #ownPlace(at: number): readonly [Block, number] {
    const [block, place] = this.#place(at)
    if (!this.#shared.delete(block)) return [block, place]
    const { alpha, cost, seq, atMs, origin } = block
    const own: Block = {
      alpha: alpha.slice(),
      cost: cost.slice(),
      seq: seq.slice(),
      atMs: atMs.slice(),
      origin: origin.slice(),
    }
    this.#blocks[Math.floor(at / BLOCK)] = own
    return [own, place]
  }

  #place(at: number): readonly [Block, number] {
    const block = this.#blocks[Math.floor(at / BLOCK)]
    if (!block) throw new RangeError(`no lot ${at}`)
    return [block, at % BLOCK]
  }
}

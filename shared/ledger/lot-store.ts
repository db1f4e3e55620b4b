import { placeOf, seqOf } from './entry.ts'
import { LOT_ORIGINS, type Lot } from './lot.ts'

/** Lots in one block of memory; blocks are added, never copied. */
const BLOCK = 4_096
/** What six bytes hold; as a cost it stands for "unknown". */
const MOST = 2 ** 48 - 1
const UNKNOWN = MOST

// Bytes of one lot: alpha, cost and time in six each, block of the ledger in four, slot and origin together in four.
const COST = 6
const AT = 12
const BLOCK_NUMBER = 18
const SLOT = 22
const BYTES = 26
/** A slot has fewer bits, see `SLOTS`. */
const SLOT_BITS = 27

/**
 * Lots by number, 26 bytes each instead of some 150 as objects: a miner of several years has a million of them.
 * Amounts from some 280,000 TAO or alpha on are kept as objects beside: there are few.
 */
export class LotStore {
  #blocks: DataView<ArrayBuffer>[] = []
  /** Those that another store has, too. */
  #shared: Set<DataView<ArrayBuffer>> = new Set()
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
    if (!isSmall(lot)) {
      this.#large.set(at, lot)
      return at
    }
    const block = this.#ownBlock(at)
    const from = (at % BLOCK) * BYTES
    const { block: number, slot } = placeOf(lot.seq)
    put48(block, from, Number(lot.alpha))
    put48(block, from + COST, lot.cost === undefined ? UNKNOWN : Number(lot.cost))
    put48(block, from + AT, lot.atMs)
    block.setUint32(from + BLOCK_NUMBER, number)
    block.setUint32(from + SLOT, ((LOT_ORIGINS.indexOf(lot.origin) << SLOT_BITS) | slot) >>> 0)
    return at
  }

  get(at: number): Lot {
    const large = this.#large.get(at)
    if (large) return large
    const block = this.#blockOf(at)
    const from = (at % BLOCK) * BYTES
    const cost = get48(block, from + COST)
    const slot = block.getUint32(from + SLOT)
    return {
      alpha: BigInt(get48(block, from)),
      cost: cost === UNKNOWN ? undefined : BigInt(cost),
      seq: seqOf(block.getUint32(from + BLOCK_NUMBER), slot & ((1 << SLOT_BITS) - 1)),
      atMs: get48(block, from + AT),
      origin: LOT_ORIGINS[slot >>> SLOT_BITS] ?? 'unrecorded',
    }
  }

  /** Its number may be given again. */
  drop(at: number): void {
    this.#large.delete(at)
    this.#free.push(at)
  }

  #next(): number {
    const at = this.#used
    this.#used += 1
    if (at % BLOCK === 0) this.#blocks.push(new DataView(new ArrayBuffer(BLOCK * BYTES)))
    return at
  }

  #ownBlock(at: number): DataView<ArrayBuffer> {
    const block = this.#blockOf(at)
    if (!this.#shared.delete(block)) return block
    const own = new DataView(block.buffer.slice())
    this.#blocks[Math.floor(at / BLOCK)] = own
    return own
  }

  #blockOf(at: number): DataView<ArrayBuffer> {
    const block = this.#blocks[Math.floor(at / BLOCK)]
    if (!block) throw new RangeError(`no lot ${at}`)
    return block
  }
}

/** Whether each of its numbers has the room that it is given. */
function isSmall({ alpha, cost = 0n, atMs, seq }: Lot): boolean {
  const times = Number.isInteger(atMs) && atMs >= 0 && atMs <= MOST && Number.isInteger(seq) && seq >= 0
  return times && alpha <= MOST && cost >= 0n && cost < UNKNOWN && placeOf(seq).block < 2 ** 32
}

function put48(view: DataView, at: number, value: number): void {
  view.setUint16(at, Math.floor(value / 2 ** 32))
  view.setUint32(at + 2, value % 2 ** 32)
}
const get48 = (view: DataView, at: number): number => view.getUint16(at) * 2 ** 32 + view.getUint32(at + 2)

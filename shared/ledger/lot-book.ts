import type { Netuid, Ss58 } from '../units/amounts.ts'
import type { BookPiece } from './book-pieces.ts'
import { type LedgerEntry, seqOf } from './entry.ts'
import type { Lot, LotOrigin } from './lot.ts'
import { LotStore } from './lot-store.ts'
import { type LotMethod, LotPile } from './lots.ts'

/** How alpha left. `given`: to an account that is not one's own. `lost`: an epoch or a snapshot found less. `ended`: with its subnet. */
export type DisposalKind = 'sold' | 'ended' | 'fee' | 'burned' | 'recycled' | 'given' | 'lost'

/** A lot, or a part of one, that left. */
export interface Disposal {
  readonly account: Ss58
  readonly netuid: Netuid
  readonly hotkey: Ss58
  readonly kind: DisposalKind
  readonly seq: number
  readonly atMs: number
  readonly lot: Lot
  /** rao, the lot's share. `undefined` where there were none to speak of, or nobody knows. */
  readonly proceeds: bigint | undefined
  /** `proceeds − cost`; `undefined` as soon as one of them is. */
  readonly gain: bigint | undefined
}

/** What the book says about one position. */
export interface Holding {
  readonly account: Ss58
  readonly netuid: Netuid
  readonly hotkey: Ss58
  /** 1e-9 alpha, of all lots. */
  readonly alpha: bigint
  /** 1e-9 alpha of it whose cost is unknown. */
  readonly unknownAlpha: bigint
  /** rao, of the rest. */
  readonly knownCost: bigint
  /** rao, of all disposals whose gain is known. */
  readonly realised: bigint
  /** 1e-9 alpha that left without a known gain. */
  readonly unknownDisposed: bigint
}

interface Position {
  readonly account: Ss58
  readonly netuid: Netuid
  readonly hotkey: Ss58
  readonly pile: LotPile
  realised: bigint
  unknownDisposed: bigint
}

/** Lots of one piece: a ms or so. */
const PIECE = 1_000

type Place = Pick<LedgerEntry, 'account' | 'netuid' | 'hotkey'>

/**
 * Follows the ledger, oldest line first, and knows at each moment which lots make up each position.
 *
 * Purchases cost what was paid, swap fee included. Rewards cost what they were worth at the price of their epoch (that
 * worth is income). Moves within a subnet, and stake given between own accounts, carry their lots with them.
 */
export class LotBook {
  readonly #method: LotMethod
  readonly #own: ReadonlySet<Ss58>
  readonly #onDisposal: (disposal: Disposal) => void
  #store = new LotStore()
  readonly #positions = new Map<string, Position>()
  /** By account and subnet: the block in which it ended. What is missing after that block is told already. */
  readonly #ends = new Map<string, number>()

  /** @param own accounts whose ledger this is */
  constructor(method: LotMethod, own: ReadonlySet<Ss58>, onDisposal: (disposal: Disposal) => void = () => undefined) {
    this.#method = method
    this.#own = own
    this.#onDisposal = onDisposal
  }

  /** A book of the same state that goes its own way from here. */
  fork(): LotBook {
    const copy = new LotBook(this.#method, this.#own)
    copy.#store = this.#store.fork()
    for (const [key, block] of this.#ends) copy.#ends.set(key, block)
    for (const [key, position] of this.#positions)
      copy.#positions.set(key, { ...position, pile: position.pile.fork(copy.#store) })
    return copy
  }

  holdings(): readonly Holding[] {
    return [...this.#positions.values()].map(({ account, netuid, hotkey, pile, realised, unknownDisposed }) => ({
      account,
      netuid,
      hotkey,
      alpha: pile.alpha,
      unknownAlpha: pile.unknownAlpha,
      knownCost: pile.knownCost,
      realised,
      unknownDisposed,
    }))
  }

  /** Open lots of all positions, one position after the other. */
  *open(): Generator<{ readonly account: Ss58; readonly netuid: Netuid; readonly hotkey: Ss58; readonly lot: Lot }> {
    for (const { account, netuid, hotkey, pile } of this.#positions.values())
      for (const lot of pile.lots()) yield { account, netuid, hotkey, lot }
  }

  /** All that this book knows, in pieces of at most some thousand lots. */
  *pieces(): Generator<BookPiece> {
    for (const { pile, ...known } of this.#positions.values()) {
      let lots: Lot[] = []
      for (const lot of pile.piled()) {
        if (lots.length === PIECE) {
          yield { ...known, lots }
          lots = []
        }
        lots.push(lot)
      }
      yield { ...known, lots }
    }
  }

  /** Puts the next piece back that such a book gave, into one that was empty before the first. */
  putBack({ account, netuid, hotkey, realised, unknownDisposed, lots }: BookPiece): void {
    const position = this.#position({ account, netuid, hotkey })
    if (!position) return
    position.realised = realised
    position.unknownDisposed = unknownDisposed
    for (const lot of lots) position.pile.putBack(lot)
  }

  /** The next line. Lines that touch no alpha change nothing. */
  apply(entry: LedgerEntry): void {
    switch (entry.kind) {
      case 'buy':
        return this.#acquire(entry, -entry.tao, 'bought')
      case 'reward':
        return this.#acquire(entry, entry.worth, entry.mined ? 'mined' : 'staked')
      case 'stake-in':
        // Between own accounts the line of the giver has carried the lots over.
        return entry.other && this.#own.has(entry.other) ? undefined : this.#acquire(entry, undefined, 'received')
      case 'sell':
        return this.#dispose(entry, 'sold', entry.tao)
      case 'fee-alpha':
        return this.#dispose(entry, 'fee', entry.worth)
      case 'burn':
        return this.#dispose(entry, 'burned', undefined)
      case 'recycle':
        return this.#dispose(entry, 'recycled', undefined)
      case 'shrink':
        if (this.#ends.get(endKey(entry)) === entry.block) return
        return this.#dispose(entry, 'lost', undefined)
      case 'subnet-end':
        return this.#endSubnet(entry)
      case 'stake-out':
        return this.#giveAway(entry)
      case 'move':
        return this.#carry(entry, entry.alpha, { ...entry, hotkey: entry.toHotkey })
      case 'opening':
        return this.#asItStood(entry)
      case 'hotkey-swap':
        return this.#swapHotkey(entry)
      case 'coldkey-swap':
        return this.#swapColdkey(entry)
      default:
        return
    }
  }

  #position({ account, netuid, hotkey }: Place): Position | undefined {
    if (netuid === undefined || hotkey === undefined) return undefined
    const key = `${account}/${netuid}/${hotkey}`
    const known = this.#positions.get(key)
    if (known) return known
    const pile = new LotPile(this.#method, this.#store)
    const made: Position = { account, netuid, hotkey, pile, realised: 0n, unknownDisposed: 0n }
    this.#positions.set(key, made)
    return made
  }

  #acquire(entry: LedgerEntry, cost: bigint | undefined, origin: LotOrigin): void {
    const { alpha, atMs } = entry
    this.#position(entry)?.pile.put({ alpha, cost, seq: seqOf(entry.block, entry.slot), atMs, origin })
  }

  #dispose(entry: LedgerEntry, kind: DisposalKind, proceeds: bigint | undefined): void {
    const position = this.#position(entry)
    if (!position) return
    const { account, netuid, hotkey, pile } = position
    const now = { seq: seqOf(entry.block, entry.slot), atMs: entry.atMs }
    const parts = pile.take(-entry.alpha, now)
    const shares = sharesOf(proceeds, parts)
    parts.forEach((lot, index) => {
      const share = shares?.[index]
      const gain = share === undefined || lot.cost === undefined ? undefined : share - lot.cost
      if (gain === undefined) position.unknownDisposed += lot.alpha
      else position.realised += gain
      this.#onDisposal({ account, netuid, hotkey, kind, ...now, lot, proceeds: share, gain })
    })
  }

  #giveAway(entry: LedgerEntry): void {
    const { other, toHotkey, hotkey } = entry
    if (other && this.#own.has(other))
      this.#carry(entry, -entry.alpha, { account: other, netuid: entry.netuid, hotkey: toHotkey ?? hotkey })
    else this.#dispose(entry, 'given', undefined)
  }

  #carry(entry: LedgerEntry, alpha: bigint, to: Place): void {
    const [source, target] = [this.#position(entry), this.#position(to)]
    if (!source || !target) return
    const now = { seq: seqOf(entry.block, entry.slot), atMs: entry.atMs }
    for (const lot of source.pile.take(alpha, now)) target.pile.put(lot)
  }

  /** What is there beyond the lots came unseen, at a cost that nobody knows; what is missing left unseen. */
  #asItStood(entry: LedgerEntry): void {
    const position = this.#position(entry)
    if (!position) return
    const beyond = entry.alpha - position.pile.alpha
    if (beyond > 0n) this.#acquire({ ...entry, alpha: beyond }, undefined, 'before')
    if (beyond < 0n) this.#dispose({ ...entry, alpha: beyond }, 'lost', undefined)
  }

  #swapHotkey(entry: LedgerEntry): void {
    for (const from of [...this.#positions.values()]) {
      const meant = entry.netuid === undefined || entry.netuid === from.netuid
      if (from.account !== entry.account || from.hotkey !== entry.hotkey || !meant) continue
      this.#carry({ ...entry, netuid: from.netuid }, from.pile.alpha, { ...from, hotkey: entry.toHotkey })
    }
  }

  /** Everything on it leaves, each position for its part of what was paid. */
  #endSubnet(entry: LedgerEntry): void {
    this.#ends.set(endKey(entry), entry.block)
    const held = [...this.#positions.values()].filter(
      ({ account, netuid, pile }) => account === entry.account && netuid === entry.netuid && pile.alpha > 0n,
    )
    const paid = partsOf(
      entry.tao,
      held.map(({ pile }) => pile.alpha),
    )
    held.forEach(({ hotkey, pile }, index) => {
      this.#dispose({ ...entry, hotkey, alpha: -pile.alpha }, 'ended', paid[index])
    })
  }

  #swapColdkey(entry: LedgerEntry): void {
    const { account, other } = entry
    if (!other || !this.#own.has(other)) return
    for (const from of [...this.#positions.values()]) {
      if (from.account !== account) continue
      const { netuid, hotkey } = from
      this.#carry({ ...entry, netuid, hotkey }, from.pile.alpha, { account: other, netuid, hotkey })
    }
  }
}

const endKey = ({ account, netuid }: LedgerEntry): string => `${account}/${netuid}`

/** Divided by alpha, rounded down; the last part takes what is left, so that the sum is exact. */
function partsOf(total: bigint, alphas: readonly bigint[]): readonly bigint[] {
  const alpha = alphas.reduce((sum, part) => sum + part, 0n)
  let left = total
  return alphas.map((part, index) => {
    const share = index === alphas.length - 1 ? left : alpha === 0n ? 0n : (total * part) / alpha
    left -= share
    return share
  })
}

/** `undefined` where nobody said what it brought. */
const sharesOf = (total: bigint | undefined, parts: readonly Lot[]): readonly bigint[] | undefined =>
  total === undefined
    ? undefined
    : partsOf(
        total,
        parts.map(({ alpha }) => alpha),
      )

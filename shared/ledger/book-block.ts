import type { Ss58 } from '../units/amounts.ts'
import { type EntryKind, eventSlot, type LedgerEntry } from './entry.ts'
import type { LedgerFact, StakeFact } from './facts.ts'

export interface BlockPlace {
  readonly block: number
  readonly atMs: number
}
export interface Own {
  readonly accounts: ReadonlySet<Ss58>
  /** Own accounts with stake behind a hotkey: when it is swapped by its owner, their positions go along. */
  readonly holdersOf: (hotkey: Ss58) => readonly Ss58[]
}

/**
 * Books the facts of one block for own accounts.
 *
 * Within each extrinsic: a same-subnet pair of removed and added stake is a transfer that carries its lots, no sale;
 * across subnets it is a sale and a purchase; alpha sold for a fee is a fee. What a balance changed beyond all that
 * is booked as `registration` or as "other", so that the sum of lines is what the balance did.
 * @source subtensor events as listed in `facts.ts`; pallet-balances, pallet-transaction-payment
 */
export function bookBlock(facts: readonly LedgerFact[], own: Own, at: BlockPlace): readonly LedgerEntry[] {
  const groups = new Map<number | undefined, LedgerFact[]>()
  for (const fact of facts) {
    const group = groups.get(fact.extrinsic)
    if (group) group.push(fact)
    else groups.set(fact.extrinsic, [fact])
  }
  const entries = [...groups.values()].flatMap((group) => new Extrinsic(group, own, at).booked())
  return entries.sort((a, b) => a.slot - b.slot)
}

type Parts = Partial<Omit<LedgerEntry, 'account' | 'block' | 'slot' | 'kind' | 'atMs'>>

class Extrinsic {
  readonly #facts: readonly LedgerFact[]
  readonly #own: Own
  readonly #at: BlockPlace
  readonly #entries: LedgerEntry[] = []
  /** Stake events that are told by another line already. */
  readonly #told = new Set<StakeFact>()

  constructor(facts: readonly LedgerFact[], own: Own, at: BlockPlace) {
    this.#facts = facts
    this.#own = own
    this.#at = at
  }

  booked(): readonly LedgerEntry[] {
    this.#alphaFees()
    this.#moves()
    for (const fact of this.#facts) this.#one(fact)
    for (const account of this.#own.accounts) this.#remainder(account)
    return this.#entries
  }

  #add(account: Ss58, kind: EntryKind, where: { fact: LedgerFact; line?: number }, parts: Parts): void {
    if (!this.#own.accounts.has(account)) return
    const { fact, line = 0 } = where
    this.#entries.push({
      account,
      ...this.#at,
      slot: eventSlot(fact.index, line),
      kind,
      tao: 0n,
      alpha: 0n,
      ...(fact.extrinsic === undefined ? {} : { extrinsic: fact.extrinsic }),
      ...parts,
    })
  }

  #stakes(what: StakeFact['what']): readonly StakeFact[] {
    return this.#facts.filter((fact): fact is StakeFact => fact.what === what && !this.#told.has(fact))
  }

  /** The alpha that a fee took is also reported as removed stake. Where it is not, its position is the one touched. */
  #alphaFees(): void {
    for (const fact of this.#facts) {
      if (fact.what !== 'alpha-fee') continue
      const { who, netuid, alpha, tao } = fact
      const removed = this.#stakes('stake-removed')
      const mine = removed.filter((stake) => stake.coldkey === who && stake.netuid === netuid)
      const sale = mine.find((stake) => stake.alpha === alpha && stake.tao === tao && stake.fee === 0n)
      if (sale) this.#told.add(sale)
      const hotkey = (sale ?? mine[0] ?? this.#stakes('stake-added')[0])?.hotkey
      this.#add(who, 'fee-alpha', { fact }, { netuid, hotkey, alpha: -alpha, worth: tao })
    }
  }

  /** Pairs within one subnet, in extrinsics that say that they moved stake. */
  #moves(): void {
    const moved = this.#facts.filter((fact) => fact.what === 'stake-moved')
    if (!moved.some((fact) => fact.netuid === fact.toNetuid)) return
    for (const from of this.#stakes('stake-removed')) {
      const to = this.#stakes('stake-added').find(
        (added) =>
          added.index > from.index &&
          added.netuid === from.netuid &&
          added.alpha === from.alpha &&
          added.fee === 0n &&
          from.fee === 0n,
      )
      if (!to) continue
      this.#told.add(from).add(to)
      const { netuid, alpha, hotkey, tao } = from
      const parts = { netuid, hotkey, toHotkey: to.hotkey }
      if (from.coldkey === to.coldkey) this.#add(from.coldkey, 'move', { fact: from }, { ...parts, alpha })
      else {
        this.#add(from.coldkey, 'stake-out', { fact: from }, { ...parts, alpha: -alpha, worth: tao, other: to.coldkey })
        const received = { netuid, hotkey: to.hotkey, alpha, worth: tao, other: from.coldkey }
        this.#add(to.coldkey, 'stake-in', { fact: to }, received)
      }
    }
  }

  #one(fact: LedgerFact): void {
    const where = { fact }
    switch (fact.what) {
      case 'stake-added':
        return this.#bought(fact)
      case 'stake-removed':
        return this.#sold(fact)
      case 'stake-moved':
        return this.#given(fact)
      case 'burned':
      case 'recycled': {
        const { coldkey, netuid, hotkey, alpha } = fact
        const kind = fact.what === 'burned' ? 'burn' : 'recycle'
        return this.#add(coldkey, kind, where, { netuid, hotkey, alpha: -alpha })
      }
      case 'fee':
        return this.#fee(fact.who, fact)
      case 'transfer':
        return this.#transfer(fact)
      case 'hotkey-swapped':
        return this.#hotkeySwapped(fact)
      case 'subnet-removed':
        return this.#paidOut(fact)
      case 'coldkey-swapped':
        this.#add(fact.from, 'coldkey-swap', where, { other: fact.to })
        return
      default:
        return
    }
  }

  #bought(fact: StakeFact): void {
    if (this.#told.has(fact)) return
    const { coldkey, netuid, hotkey, tao, alpha, fee } = fact
    this.#add(coldkey, 'buy', { fact }, { netuid, hotkey, tao: -tao, alpha, feeTao: fee })
  }

  #sold(fact: StakeFact): void {
    if (this.#told.has(fact)) return
    const { coldkey, netuid, hotkey, tao, alpha, fee } = fact
    this.#add(coldkey, 'sell', { fact }, { netuid, hotkey, tao, alpha: -(alpha + fee), feeAlpha: fee })
  }

  /** Stake that crossed subnets on its way to another coldkey was sold first: what was given is the TAO of that sale. */
  #given(fact: Extract<LedgerFact, { what: 'stake-moved' }>): void {
    const { coldkey, toColdkey } = fact
    if (coldkey === toColdkey || fact.netuid === fact.toNetuid) return
    const sale = this.#stakes('stake-removed').find((s) => s.coldkey === coldkey && s.netuid === fact.netuid)
    const tao = sale?.tao ?? fact.tao
    this.#add(coldkey, 'transfer-out', { fact }, { tao: -tao, other: toColdkey })
    this.#add(toColdkey, 'transfer-in', { fact, line: 1 }, { tao, other: coldkey })
  }

  #fee(who: Ss58, fact: Extract<LedgerFact, { what: 'fee' }>): void {
    // Paid in alpha, and told by that line.
    if (fact.tao === 0n || this.#facts.some((other) => other.what === 'alpha-fee' && other.who === who)) return
    this.#add(who, 'fee', { fact }, { tao: -fact.tao, feeTao: fact.tao })
  }

  #transfer(fact: Extract<LedgerFact, { what: 'transfer' }>): void {
    const { from, to, tao, system } = fact
    // The swap fee goes to the block's author on some runtimes; the purchase tells it already.
    const isSwapFee = this.#facts.some((s) => s.what === 'stake-added' && s.coldkey === from && s.fee === tao)
    if (system || from === to || isSwapFee) return
    this.#add(from, 'transfer-out', { fact }, { tao: -tao, other: to })
    this.#add(to, 'transfer-in', { fact, line: 1 }, { tao, other: from })
  }

  /** What the pool paid beside sales: the account's part of what was in it. Runtimes that pay in later blocks say so nowhere. */
  #paidOut(fact: Extract<LedgerFact, { what: 'subnet-removed' }>): void {
    const { netuid } = fact
    for (const account of this.#own.accounts) {
      const sold = this.#facts.reduce(
        (sum, one) =>
          one.what === 'stake-removed' && one.coldkey === account && one.netuid === netuid ? sum + one.tao : sum,
        0n,
      )
      const paid = this.#facts.reduce(
        (sum, one) => (one.what === 'transfer' && one.to === account && one.pool === netuid ? sum + one.tao : sum),
        0n,
      )
      if (paid > sold) this.#add(account, 'subnet-end', { fact }, { netuid, tao: paid - sold })
    }
  }

  #hotkeySwapped(fact: Extract<LedgerFact, { what: 'hotkey-swapped' }>): void {
    const { hotkey, toHotkey, netuid } = fact
    for (const account of this.#own.holdersOf(hotkey))
      this.#add(account, 'hotkey-swap', { fact }, { hotkey, toHotkey, ...(netuid === undefined ? {} : { netuid }) })
  }

  /** What the balance did beyond all lines above. */
  #remainder(account: Ss58): void {
    let rest = 0n
    let last: LedgerFact | undefined
    for (const fact of this.#facts) {
      const change = balanceChange(fact, account)
      if (change === 0n) continue
      rest += change
      last = fact
    }
    // Extrinsics that say nothing about the balance trade between subnets only: their lines add up by themselves.
    const booked = this.#entries.filter((entry) => entry.account === account).reduce((sum, { tao }) => sum + tao, 0n)
    rest -= booked
    if (rest === 0n || !last) return
    const place = this.#facts.find((fact) => fact.what === 'registered')
    const where = { fact: last, line: 3 }
    if (place && rest < 0n)
      this.#add(account, 'registration', where, { tao: rest, netuid: place.netuid, hotkey: place.hotkey })
    else this.#add(account, rest < 0n ? 'other-out' : 'other-in', where, { tao: rest })
  }
}

function balanceChange(fact: LedgerFact, account: Ss58): bigint {
  if (fact.what === 'balance') return fact.who === account ? fact.tao : 0n
  if (fact.what !== 'transfer' || fact.from === fact.to) return 0n
  if (fact.from === account) return -fact.tao
  return fact.to === account ? fact.tao : 0n
}

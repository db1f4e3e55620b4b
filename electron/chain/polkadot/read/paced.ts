import { notFinal } from '../../../../shared/staking/not-final.ts'
import type { Portfolio } from '../../../../shared/staking/position.ts'
import type { SubnetsSnapshot } from '../../../../shared/subnets/subnet.ts'
import type { Ss58 } from '../../../../shared/units/amounts.ts'
import { publicKeyOf } from '../scale/address.ts'
import { toHex } from '../scale/bytes.ts'
import type { Session } from '../session.ts'
import { View } from '../view.ts'
import { readHeldAt, readHeldAtBy, readPortfolio, readPortfolios } from './portfolio.ts'
import { Sales } from './sales.ts'
import { readSubnets } from './subnets.ts'

/**
 * Blocks for which a table stays as it is while nothing of ours happens. A portfolio takes three requests and the
 * subnets two more, which share the prices: in all less than one per block.
 */
const PORTFOLIO_BLOCKS = 8
const SUBNETS_BLOCKS = 16

interface Kept<T> {
  readonly value: T
  /** When something happened to its accounts last; absent: not since it was first read. */
  readonly touchedAt?: number | undefined
  readonly block: number
  readonly touches: string
}

/**
 * The tables that windows hold open, read anew when something happened to their account, and every few blocks. Where the
 * node does not tell what happens, they are read every time. What is shown says of which block it is.
 */
export class Paced {
  readonly #session: Session
  readonly #sales = new Sales()
  readonly #portfolios = new Map<string, Kept<Portfolio>>()
  #all: (Kept<readonly Portfolio[]> & { readonly of: string }) | undefined
  #subnets: Kept<SubnetsSnapshot> | undefined
  #accounts = new Set<string>()

  constructor(session: Session) {
    this.#session = session
  }

  async portfolio(view: View, coldkey: Ss58, withSale: boolean): Promise<Portfolio> {
    const name = `${coldkey} ${withSale}`
    const known = this.#portfolios.get(name)
    const key = keyOf(coldkey)
    this.#accounts.add(key)
    const touches = await this.#touches(view, [key])
    if (known && touches === known.touches && sameTurn(known.block, view.block, PORTFOLIO_BLOCKS))
      return this.#withFinal(known, coldkey)
    const value = await readPortfolio(view, coldkey, withSale ? this.#sales : undefined)
    const touchedAt = known && touches !== known.touches ? view.block : known?.touchedAt
    if (touches !== undefined) this.#portfolios.set(name, { value, block: view.block, touches, touchedAt })
    return this.#withFinal({ value, touchedAt }, coldkey)
  }

  /** Beside what the newest block says, what the last final one says: asked for only while something of ours is not final. */
  async #withFinal(
    { value, touchedAt }: Pick<Kept<Portfolio>, 'value' | 'touchedAt'>,
    coldkey: Ss58,
  ): Promise<Portfolio> {
    const final = this.#finalBefore(touchedAt)
    if (!final) return value
    const difference = notFinal(value, await readHeldAt(final, coldkey))
    return difference ? { ...value, notFinal: difference } : value
  }

  /** The last final block, where something of ours happened after it. */
  #finalBefore(touchedAt: number | undefined): View | undefined {
    const { finalized, runtime } = this.#session
    if (touchedAt === undefined || !finalized || finalized.number >= touchedAt) return undefined
    return new View(this.#session, { block: finalized.number, hash: finalized.hash, runtime })
  }

  /** Of several accounts at once, of one block, paced as that of one. */
  async portfolios(view: View, coldkeys: readonly Ss58[], withSale: boolean): Promise<readonly Portfolio[]> {
    const of = `${coldkeys.join()} ${withSale}`
    const keys = coldkeys.map(keyOf)
    for (const key of keys) this.#accounts.add(key)
    const touches = await this.#touches(view, keys)
    const known = this.#all
    if (known?.of === of && touches === known.touches && sameTurn(known.block, view.block, PORTFOLIO_BLOCKS))
      return this.#allWithFinal(known, coldkeys)
    const value = await readPortfolios(view, coldkeys, withSale ? this.#sales : undefined)
    const before = known?.of === of ? known : undefined
    const touchedAt = before && touches !== before.touches ? view.block : before?.touchedAt
    if (touches !== undefined) this.#all = { of, value, block: view.block, touches, touchedAt }
    return this.#allWithFinal({ value, touchedAt }, coldkeys)
  }

  /** As of one; of all together in as many requests. */
  async #allWithFinal(
    { value, touchedAt }: Pick<Kept<readonly Portfolio[]>, 'value' | 'touchedAt'>,
    coldkeys: readonly Ss58[],
  ): Promise<readonly Portfolio[]> {
    const final = this.#finalBefore(touchedAt)
    if (!final) return value
    const held = await readHeldAtBy(final, coldkeys)
    return value.map((portfolio, index) => {
      const before = held[index]
      const difference = before && notFinal(portfolio, before)
      return difference ? { ...portfolio, notFinal: difference } : portfolio
    })
  }

  async subnets(view: View): Promise<SubnetsSnapshot> {
    const known = this.#subnets
    const touches = await this.#touches(view, [...this.#accounts])
    if (known && touches === known.touches && sameTurn(known.block, view.block, SUBNETS_BLOCKS)) return known.value
    const value = await readSubnets(view)
    if (touches !== undefined) this.#subnets = { value, block: view.block, touches }
    return value
  }

  /** `undefined` as long as nobody tells what happens to them. */
  async #touches(view: View, accounts: readonly string[]): Promise<string | undefined> {
    const { feed } = this.#session
    if (!feed.live || accounts.length === 0 || !(await feed.at(view.hash))) return undefined
    const all = accounts.map((account) => feed.touches(account))
    return all.includes(undefined) ? undefined : all.join(' ')
  }
}

const sameTurn = (a: number, b: number, blocks: number): boolean => Math.floor(a / blocks) === Math.floor(b / blocks)
const keyOf = (address: Ss58): string => toHex(publicKeyOf(address)).slice(2)

const bySession = new WeakMap<Session, Paced>()

/** One for each session. */
export function pacedOf(session: Session): Paced {
  const known = bySession.get(session) ?? new Paced(session)
  bySession.set(session, known)
  return known
}

import type { Brand } from './brand.ts'

/** TAO in its smallest unit. 1 TAO = 1_000_000_000 rao. Range 0..2^64-1. */
export type Rao = Brand<bigint, 'Rao'>
/** Subnet token in its smallest unit (1e-9 alpha). Meaningless without a {@link Netuid}. */
export type Alpha = Brand<bigint, 'Alpha'>
/** Rao paid for one whole alpha (1e9 units). Range 0..2^64-1. */
export type RaoPerAlpha = Brand<bigint, 'RaoPerAlpha'>
/** Subnet index. Range 0..65_535; 0 is the root network. */
export type Netuid = Brand<number, 'Netuid'>
/** Address text of SS58 shape, prefix 42. The chain adapter verifies its checksum before use. */
export type Ss58 = Brand<string, 'Ss58'>

/** Alpha of subnet 3 and alpha of subnet 8 are different tokens: amount and netuid travel together. */
export interface SubnetAlpha {
  readonly netuid: Netuid
  readonly amount: Alpha
}

/** Largest amount the chain can hold. */
export const U64_MAX = (1n << 64n) - 1n
/** Smallest units in one whole TAO or one whole alpha. */
export const UNITS_PER_WHOLE = 1_000_000_000n

const isU64 = (n: unknown): boolean => typeof n === 'bigint' && n >= 0n && n <= U64_MAX
const capped = (n: bigint): bigint => (n > U64_MAX ? U64_MAX : n)

export const isRao = (n: unknown): n is Rao => isU64(n)
export const isAlpha = (n: unknown): n is Alpha => isU64(n)
export const isRaoPerAlpha = (n: unknown): n is RaoPerAlpha => isU64(n)
export const isNetuid = (n: unknown): n is Netuid =>
  typeof n === 'number' && Number.isInteger(n) && n >= 0 && n <= 65_535
/** Shape only (prefix 42 gives 48 characters that begin with 5); the checksum is verified where a key is decoded. */
export const isSs58Shape = (s: unknown): s is Ss58 => typeof s === 'string' && /^5[1-9A-HJ-NP-Za-km-z]{47}$/.test(s)

/** For literals, decoded chain values and tests. Throws: a value out of range is our bug, not a user's mistake. */
const literal =
  <In, T extends In>(is: (n: unknown) => n is T, unit: string) =>
  (n: In): T => {
    if (!is(n)) throw new RangeError(`${String(n)} is not a ${unit}`)
    return n
  }
export const rao = literal<bigint, Rao>(isRao, 'rao')
export const alpha = literal<bigint, Alpha>(isAlpha, 'alpha')
export const raoPerAlpha = literal<bigint, RaoPerAlpha>(isRaoPerAlpha, 'rao per alpha')
export const netuid = literal<number, Netuid>(isNetuid, 'netuid')
export const ss58 = literal<string, Ss58>(isSs58Shape, 'address')

/** Saturates at 2^64-1, as the chain's `saturating_add` does. */
export const addRao = (a: Rao, b: Rao): Rao => capped(a + b) as Rao
/** `undefined` below zero: the caller must decide what a missing balance means. */
export const subRao = (a: Rao, b: Rao): Rao | undefined => (a >= b ? ((a - b) as Rao) : undefined)
export const subAlpha = (a: Alpha, b: Alpha): Alpha | undefined => (a >= b ? ((a - b) as Alpha) : undefined)

/** `price` plus `ppm` parts per million, rounded down (5_000 ppm = 0.5 %). Saturates. The ceiling of a purchase. */
export const raisedByPpm = (price: RaoPerAlpha, ppm: number): RaoPerAlpha =>
  capped((price * BigInt(1_000_000 + ppm)) / 1_000_000n) as RaoPerAlpha
/** `price` less `ppm` parts per million, rounded up. The floor of a sale. @param ppm 0..1_000_000 */
export const loweredByPpm = (price: RaoPerAlpha, ppm: number): RaoPerAlpha =>
  ((price * BigInt(1_000_000 - ppm) + 999_999n) / 1_000_000n) as RaoPerAlpha
/** `amount` plus `ppm` parts per million, rounded up. Saturates. */
export const raoRaisedByPpm = (amount: Rao, ppm: number): Rao =>
  capped((amount * BigInt(1_000_000 + ppm) + 999_999n) / 1_000_000n) as Rao
/** What `amount` is worth at `price`, rounded down; a mark, not what a sale would bring. */
export const valueAtPrice = (amount: Alpha, price: RaoPerAlpha): Rao =>
  capped((amount * price) / UNITS_PER_WHOLE) as Rao
/** How much alpha `amount` would be at `price`, rounded down, without any price impact. `undefined` at price 0. */
export const alphaAtPrice = (amount: Rao, price: RaoPerAlpha): Alpha | undefined =>
  price === 0n ? undefined : (capped((amount * UNITS_PER_WHOLE) / price) as Alpha)

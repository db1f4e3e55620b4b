import type { Netuid, Ss58 } from '../units/amounts.ts'

/**
 * What a line of the ledger says. In brackets what it does to free TAO and to the position.
 *
 * - `buy` (−TAO, +alpha): stake added; the swap fee is part of the TAO.
 * - `sell` (+TAO, −alpha): stake removed; the swap fee is part of the alpha.
 * - `reward` (+alpha): what an epoch brought. `shrink` (−alpha): an epoch that left less than before.
 * - `opening` (alpha as it stood): a position when recording began, or began again after a gap; `before` is what it was by the
 *   lines before, so the difference came or went while nobody looked.
 * - `move` (alpha changes its hotkey): same subnet, so nothing was traded.
 * - `stake-in`, `stake-out` (±alpha): stake from or to another coldkey, within one subnet.
 * - `burn`, `recycle` (−alpha): destroyed on purpose.
 * - `fee` (−TAO), `fee-alpha` (−alpha): of the network, for a transaction.
 * - `transfer-in`, `transfer-out` (±TAO); `registration` (−TAO): a place on a subnet.
 * - `other-in`, `other-out` (±TAO): the balance changed, and the chain names no reason that is known here.
 * - `hotkey-swap`, `coldkey-swap`: positions under another key from now on.
 * - `subnet-end` (+TAO): a subnet was removed, and all positions on it were paid out; that they are gone, the `shrink` of each says.
 *
 * Added to at the end only: storage keeps the index.
 */
export const ENTRY_KINDS = [
  'buy',
  'sell',
  'reward',
  'shrink',
  'opening',
  'move',
  'stake-in',
  'stake-out',
  'burn',
  'recycle',
  'fee',
  'fee-alpha',
  'transfer-in',
  'transfer-out',
  'registration',
  'other-in',
  'other-out',
  'hotkey-swap',
  'coldkey-swap',
  'subnet-end',
] as const
export type EntryKind = (typeof ENTRY_KINDS)[number]

/** One line of the ledger: what one thing did to one own account. */
export interface LedgerEntry {
  readonly account: Ss58
  readonly block: number
  /** Place within the block, see {@link eventSlot} and its neighbours. With block and account it names the line. */
  readonly slot: number
  readonly kind: EntryKind
  /** Time of the block, ms since 1970. */
  readonly atMs: number
  readonly netuid?: Netuid | undefined
  readonly hotkey?: Ss58 | undefined
  /** Where it went: of `move`, `stake-out`, `hotkey-swap`. */
  readonly toHotkey?: Ss58 | undefined
  /** The other account: of transfers, `stake-in`, `stake-out`, `coldkey-swap`. */
  readonly other?: Ss58 | undefined
  /** Change of free TAO, signed rao. */
  readonly tao: bigint
  /** Change of the position, signed 1e-9 alpha. Of `move` what moved, of `opening` what was there. */
  readonly alpha: bigint
  /** rao: what alpha was worth that came or went without TAO. `undefined`: nobody said. */
  readonly worth?: bigint | undefined
  /** rao, part of `tao`. */
  readonly feeTao?: bigint | undefined
  /** 1e-9 alpha, part of `alpha`. */
  readonly feeAlpha?: bigint | undefined
  /** rao per alpha, where the chain was asked. */
  readonly price?: bigint | undefined
  /** Index of the extrinsic in its block, by which explorers name it. */
  readonly extrinsic?: number | undefined
  /** Of `opening` after a gap: 1e-9 alpha that the lines before it explain. `undefined`: nothing was recorded before. */
  readonly before?: bigint | undefined
  /** Of `reward`: how it was earned, and how many epochs it spans. */
  readonly mined?: boolean | undefined
  readonly epochs?: number | undefined
}

/** Slots of one block. Blocks below 2^26 then have exact numbers in a double: about 22 years from now. */
export const SLOTS = 2 ** 27
const OPENINGS = 2 ** 25
const REWARDS = 2 ** 26
const SLOTS_PER_NETUID = 2 ** 9
/** One event may be booked as several lines. */
const LINES_PER_EVENT = 4

/** @param line 0..3, where one event makes several lines */
export const eventSlot = (index: number, line = 0): number => index * LINES_PER_EVENT + line
/** Snapshots stand for the end of their block: after its events. @param tried slots that others have taken already */
export const openingSlot = (netuid: Netuid, tried: number): number => OPENINGS + netuid * SLOTS_PER_NETUID + tried
export const rewardSlot = (netuid: Netuid, tried: number): number => REWARDS + netuid * SLOTS_PER_NETUID + tried
/** Orders lines over blocks. */
export const seqOf = (block: number, slot: number): number => block * SLOTS + slot
export const placeOf = (seq: number): { readonly block: number; readonly slot: number } => ({
  block: Math.floor(seq / SLOTS),
  slot: seq % SLOTS,
})

/** A block as the ledger books it. */
export interface LedgerBlock {
  readonly number: number
  readonly hash: string
  readonly parentHash: string
  readonly atMs: number
  readonly entries: readonly LedgerEntry[]
}

import { type Alpha, alpha, type Netuid, type RaoPerAlpha, type Ss58, valueAtPrice } from '../units/amounts.ts'
import type { EpochRow } from './epoch-row.ts'

/** A position as it stood when it was last booked, and own moves since. */
export interface Mark {
  readonly hotkey: Ss58
  readonly netuid: Netuid
  readonly block: number
  readonly alpha: Alpha
  /** Signed 1e-9 alpha; own moves after `block`. */
  readonly flows: bigint
}

export interface EpochEnd {
  readonly epochBlock: number
  readonly tempo: number
  readonly stakeAfter: Alpha
  readonly price?: RaoPerAlpha | undefined
  readonly uid?: number | undefined
  readonly ownHotkey: boolean
  readonly atMs: number
}

/**
 * Earned = stake after − stake before − own moves, to the last unit.
 *
 * @returns a row, or `undefined` where nothing was held and nothing came: a row of zeros would say nothing.
 * @source protocol.md 6.2, method B
 */
export function bookEpoch(
  mark: Mark,
  end: EpochEnd,
  of: { readonly genesis: string; readonly coldkey: Ss58 },
): EpochRow | undefined {
  if (mark.alpha === 0n && end.stakeAfter === 0n && mark.flows === 0n) return undefined
  const earned = end.stakeAfter - mark.alpha - mark.flows
  const mined = end.ownHotkey && end.uid !== undefined
  const worth = end.price !== undefined && earned >= 0n ? valueAtPrice(alpha(earned), end.price) : undefined
  return {
    ...of,
    hotkey: mark.hotkey,
    netuid: mark.netuid,
    epochBlock: end.epochBlock,
    stakeBefore: mark.alpha,
    stakeAfter: end.stakeAfter,
    flows: mark.flows,
    earned,
    ...(end.price === undefined ? {} : { price: end.price }),
    ...(worth === undefined ? {} : { earnedTao: worth }),
    source: mined ? 'mined' : 'staked',
    ...(end.uid === undefined ? {} : { uid: end.uid }),
    // A mark that was set between two epochs makes the first span shorter than a tempo; it still holds one epoch.
    epochs: Math.max(1, Math.floor((end.epochBlock - mark.block) / Math.max(1, end.tempo))),
    atMs: end.atMs,
  }
}

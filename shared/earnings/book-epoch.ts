import { type Alpha, alpha, type Netuid, type RaoPerAlpha, type Ss58, valueAtPrice } from '../units/amounts.ts'
import { type EpochTold, partsOf, type SpanFacts } from './epoch-parts.ts'
import type { EpochRow, RowSource } from './epoch-row.ts'

/** A position as it stood when it was last booked, and own moves since. */
export interface Mark {
  readonly hotkey: Ss58
  readonly netuid: Netuid
  readonly block: number
  readonly alpha: Alpha
  /** Signed 1e-9 alpha; own moves after `block`. */
  readonly flows: bigint
  /** What else is known of the blocks after `block`; absent where it was not looked at. */
  readonly span?: SpanFacts | undefined
}

export interface EpochEnd {
  readonly epochBlock: number
  readonly tempo: number
  readonly stakeAfter: Alpha
  readonly price?: RaoPerAlpha | undefined
  readonly uid?: number | undefined
  readonly ownHotkey: boolean
  readonly atMs: number
  /** What the chain told of the epoch itself; absent: the row has no parts. */
  readonly told?: EpochTold | undefined
  readonly via?: RowSource | undefined
}

/**
 * Books one epoch of one position. With `told`, each part is read by itself, and what does not add up is `unexplained`, to the
 * last unit; without, earned = stake after − stake before − own moves.
 *
 * @returns a row, or `undefined` where nothing was held and nothing came: a row of zeros would say nothing.
 * @source protocol.md 6.1, 6.2
 */
export function bookEpoch(
  mark: Mark,
  end: EpochEnd,
  of: { readonly genesis: string; readonly coldkey: Ss58 },
): EpochRow | undefined {
  const parts = end.told && mark.span && partsOf(mark, end.stakeAfter, end.told, mark.span)
  const isEmpty = mark.alpha === 0n && end.stakeAfter === 0n && mark.flows === 0n
  if (isEmpty && (parts === undefined || (parts.unexplained === 0n && parts.elsewhere === undefined))) return undefined
  const change = end.stakeAfter - mark.alpha - mark.flows
  const earned = parts ? change - parts.unexplained : change
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
    ...(parts === undefined ? {} : { parts }),
    ...(end.via === undefined ? {} : { via: end.via }),
  }
}

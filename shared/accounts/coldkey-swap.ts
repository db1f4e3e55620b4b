import type { Ss58 } from '../units/amounts.ts'

/**
 * A change of coldkey that was announced on chain.
 * @source subtensor `announce_coldkey_swap`: the stored block is that of the announcement plus the delay
 */
export interface ColdkeySwap {
  readonly coldkey: Ss58
  /** First block in which everything of the coldkey can be moved. */
  readonly executableAt: number
  /** First block in which the announcement can be replaced or cleared. */
  readonly clearableAt: number
  /** `0x` and 64 hex digits: blake2-256 of the new coldkey's account id. The chain does not know more. */
  readonly newColdkeyHash: string
  /** Block of the dispute; since then nobody can use the coldkey until the chain's root account resets it. */
  readonly disputedAt?: number | undefined
}

/** All coldkeys that were asked for, at one block. A coldkey without an entry has nothing announced. */
export interface ColdkeySwaps {
  readonly atBlock: number
  readonly delayBlocks: number
  /** Blocks after `executableAt` before an announcement may be replaced or cleared. */
  readonly waitBlocks: number
  readonly swaps: readonly ColdkeySwap[]
}

/** What a person confirmed in this app: that this coldkey shall move to that one. */
export interface OwnAnnouncement {
  readonly coldkey: Ss58
  readonly newColdkey: Ss58
  readonly newColdkeyHash: string
}

export type SwapStage =
  /** The delay runs. */
  | 'waiting'
  /** Can be carried out in the next block. */
  | 'ready'
  | 'disputed'

export interface JudgedSwap {
  readonly swap: ColdkeySwap
  readonly stage: SwapStage
  /** 0 once it can be carried out. */
  readonly blocksLeft: number
  /** 0 once it can be cleared or replaced. */
  readonly blocksUntilClear: number
  /** The hash is one that this app announced; then that coldkey. Otherwise nobody here knows where everything goes. */
  readonly newColdkey?: Ss58 | undefined
  /** Not announced by this app: treat the key as stolen until its owner says otherwise. */
  readonly foreign: boolean
}

/**
 * What each announcement means now. Pure.
 * @param own announcements that a person confirmed here; a watch-only coldkey has none, so all of its are foreign
 */
export function judgeSwaps(at: ColdkeySwaps, own: readonly OwnAnnouncement[]): readonly JudgedSwap[] {
  return at.swaps.map((swap) => {
    const mine = own.find((one) => one.coldkey === swap.coldkey && sameHash(one.newColdkeyHash, swap.newColdkeyHash))
    const blocksLeft = Math.max(0, swap.executableAt - at.atBlock)
    const stage = swap.disputedAt !== undefined ? 'disputed' : blocksLeft === 0 ? 'ready' : 'waiting'
    return {
      swap,
      stage,
      blocksLeft,
      blocksUntilClear: Math.max(0, swap.clearableAt - at.atBlock),
      foreign: mine === undefined,
      ...(mine ? { newColdkey: mine.newColdkey } : {}),
    }
  })
}

const sameHash = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

/** The announcements that call for the full-window alarm: foreign, and not yet frozen by a dispute. */
export const alarming = (judged: readonly JudgedSwap[]): readonly JudgedSwap[] =>
  judged.filter(({ foreign, stage }) => foreign && stage !== 'disputed')

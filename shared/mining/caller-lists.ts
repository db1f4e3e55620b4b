import type { Ss58 } from '../units/amounts.ts'

/** Hotkeys that the miner answers, of those who prove who they are. */
export interface CallerLists {
  /** Never answered, also where they are on the other list. */
  readonly denied: readonly Ss58[]
  /** Where it is there, nobody else is answered. An empty one answers nobody. */
  readonly allowed?: readonly Ss58[] | undefined
}

export const NO_CALLER_LISTS: CallerLists = { denied: [] }

/** On one list: more than any subnet has places for. */
export const MOST_LISTED = 4_096

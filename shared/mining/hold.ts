interface Reason {
  /** The model leaves memory while this holds: others need the room, or its heat. Default: it stays loaded. */
  readonly freesModel?: boolean | undefined
}

/** Why a miner that runs answers nobody for a while. It goes on by itself when the reason is gone; nothing failed. */
export type HoldReason =
  | (Reason & {
      readonly kind: 'too-hot'
      /** What is hot, as a person calls it: `graphics card`, `processor`. */
      readonly part: string
      readonly celsius: number
      readonly limitCelsius: number
      /** It goes on once it has cooled down to this. */
      readonly resumesAtCelsius: number
    })
  /** No temperature can be read, and it was set to rather wait than to go on blind. */
  | (Reason & { readonly kind: 'heat-unknown' })
  | (Reason & { readonly kind: 'on-battery'; readonly chargePercent?: number | undefined })
  /** Outside of the hours that were set. @param untilMs when they begin again, ms since 1970 */
  | (Reason & { readonly kind: 'schedule'; readonly untilMs?: number | undefined })
  /** Somebody works at this computer. @param waitMs how long it has to be left alone */
  | (Reason & { readonly kind: 'in-use'; readonly waitMs: number })
  /** @param why one whole sentence */
  | (Reason & { readonly kind: 'no-profit'; readonly why: string })
export type HoldKind = HoldReason['kind']

/** Who had a miner begin: a person by a press or a command, or a rule that the person set. */
export type StartedBy = 'hand' | 'rule'

export interface Held {
  /** Empty: nothing holds it any more, and its model is being loaded again. */
  readonly reasons: readonly HoldReason[]
  readonly sinceMs: number
  /** The model is out of memory. */
  readonly modelFreed: boolean
}

export const freesModel = (reasons: readonly HoldReason[]): boolean => reasons.some((reason) => reason.freesModel)

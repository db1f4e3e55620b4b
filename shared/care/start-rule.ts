import type { HoldReason, StartedBy } from '../mining/hold.ts'

/** What a rule goes by when it decides whether the miner shall begin or end. */
export interface RuleNow {
  /** The rule is on, and there is a choice that a person confirmed. */
  readonly on: boolean
  readonly miner: 'off' | 'running' | 'failed'
  readonly startedBy: StartedBy | undefined
  readonly reasons: readonly HoldReason[]
  /** A person stopped it: it stays so until the hours, or the time without input, begin anew. */
  readonly stoodDown: boolean
  /** It died too often, or could not begin: it waits for a hand, or for its time. */
  readonly waits: boolean
}
export type RuleStep = 'start' | 'stop' | 'none'

/** Reasons that come and go with the hours and the people, and so begin a new turn. */
const endsTurn = ({ kind }: HoldReason): boolean => kind === 'schedule' || kind === 'in-use'

/**
 * What a rule does now. It ends only what a rule began, and only for the hours: heat, battery and input hold a miner without ending it,
 * because they pass soon.
 */
export function ruleStep({ on, miner, startedBy, reasons, stoodDown, waits }: RuleNow): RuleStep {
  if (miner === 'running')
    return startedBy === 'rule' && reasons.some(({ kind }) => kind === 'schedule') ? 'stop' : 'none'
  return on && miner === 'off' && !stoodDown && !waits && reasons.length === 0 ? 'start' : 'none'
}

/** A stop by hand counts until its turn is over. */
export const stillStoodDown = (stoodDown: boolean, reasons: readonly HoldReason[]): boolean =>
  stoodDown && !reasons.some(endsTurn)

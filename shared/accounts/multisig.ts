import { base58Bytes } from '../addresses/base58.ts'
import type { AppError } from '../errors.ts'
import { err, ok, type Result } from '../result.ts'
import type { Intent, MaxWeight, Timepoint } from '../signing/intent.ts'
import type { Rao, Ss58 } from '../units/amounts.ts'

/** Who may act together, and how many of them it takes. */
export interface MultisigMembers {
  readonly threshold: number
  readonly members: readonly Ss58[]
}

/** A shared account as this app remembers it: the chain knows only its address. */
export interface MultisigAccount extends MultisigMembers {
  readonly address: Ss58
  readonly name: string
}

/** An operation that waits for approvals. */
export interface MultisigOperation {
  readonly callHash: string
  readonly timepoint: Timepoint
  readonly depositor: Ss58
  readonly deposit: Rao
  readonly approvals: readonly Ss58[]
  /** The call as hex, where it was found on chain or here and its hash fits. */
  readonly callHex?: string | undefined
  /** In our words; absent where the call is not known, or none of those that the app has signed. */
  readonly intent?: Intent | undefined
  /** `Pallet.call(name: value)`, where the call is known. */
  readonly text?: string | undefined
}

export interface MultisigFacts {
  readonly atBlock: number
  readonly address: Ss58
  readonly free: Rao
  readonly operations: readonly MultisigOperation[]
}

/** @source pallet-multisig constant `MaxSignatories` of subtensor */
export const MOST_MEMBERS = 100

/** Public keys decide the order of members, not the letters of addresses. */
function byKey(a: Ss58, b: Ss58): number {
  const [left, right] = [base58Bytes(a) ?? [], base58Bytes(b) ?? []]
  const at = left.findIndex((byte, index) => byte !== right[index])
  return at < 0 ? 0 : (left[at] ?? 0) - (right[at] ?? 0)
}

/** In the order that the chain demands. @source pallet-multisig: `SignatoriesOutOfOrder` */
export const inOrder = (members: readonly Ss58[]): readonly Ss58[] => [...members].sort(byKey)

/**
 * Checks the members of a shared account and puts them in the chain's order.
 * @errors multisig/bad-members with the reason
 */
export function planMembers({ threshold, members }: MultisigMembers): Result<MultisigMembers, AppError> {
  const bad = (reason: 'too-few' | 'too-many' | 'twice' | 'threshold') =>
    err({ code: 'multisig/bad-members', reason } as const)
  if (members.length < 2) return bad('too-few')
  if (members.length > MOST_MEMBERS) return bad('too-many')
  if (new Set(members).size !== members.length) return bad('twice')
  if (!Number.isInteger(threshold) || threshold < 1 || threshold > members.length) return bad('threshold')
  return ok({ threshold, members: inOrder(members) })
}

/** What a member can do about an operation now. */
export type MultisigStep =
  /** Nothing: approved already, and more approvals are needed. */
  | 'wait'
  | 'approve'
  /** The next approval is the last: it carries the call out, so the call itself is needed. */
  | 'execute'
  /** As `execute`, but only the hash is known: somebody has to pass the call on. */
  | 'needs-call'

export function nextStep(account: MultisigMembers, operation: MultisigOperation, member: Ss58): MultisigStep {
  const approved = operation.approvals.includes(member)
  // Where enough approved already and nobody carried it out, any member may, the one who approved too.
  const left = account.threshold - operation.approvals.length
  if (left > 1) return approved ? 'wait' : 'approve'
  if (left === 1 && approved) return 'wait'
  return operation.callHex === undefined ? 'needs-call' : 'execute'
}

/** The deposit is given back to the one who opened the operation, and only that one may cancel it. */
export const mayCancel = (operation: MultisigOperation, member: Ss58): boolean => operation.depositor === member

/** All members but the one who signs, in the chain's order. */
export const othersOf = (account: MultisigMembers, member: Ss58): readonly Ss58[] =>
  inOrder(account.members.filter((one) => one !== member))

/**
 * The intent of the next signature on a shared account.
 * @param opened absent: this proposes the call
 */
export function multisigIntent(
  account: MultisigMembers,
  member: Ss58,
  step: {
    readonly intent: Intent
    readonly maxWeight: MaxWeight
    readonly opened?: Timepoint | undefined
  },
): Intent {
  const others = othersOf(account, member)
  if (account.threshold === 1) return { kind: 'multisig-alone', others, intent: step.intent }
  return {
    kind: 'multisig-execute',
    threshold: account.threshold,
    others,
    ...(step.opened ? { timepoint: step.opened } : {}),
    intent: step.intent,
    maxWeight: step.maxWeight,
  }
}

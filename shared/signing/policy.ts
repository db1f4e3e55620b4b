import type { AppError } from '../errors.ts'
import { addRao, type Netuid, type Rao, type Ss58 } from '../units/amounts.ts'
import { INTENT_KINDS, type IntentKind } from './intent.ts'
import type { Risk } from './risk.ts'

/** Limits that the signer enforces itself. What is absent is not limited. */
export interface Policy {
  readonly mostPerTransaction?: Rao
  /** In any 24 hours. */
  readonly mostPerDay?: Rao
  readonly subnets?: readonly Netuid[]
  readonly kinds?: readonly IntentKind[]
  readonly recipients?: readonly Ss58[]
  /**
   * Kinds that pass although a limit cannot be checked for them: where TAO is limited, those whose worth cannot be read from
   * the call; where subnets or recipients are, a bare hash.
   */
  readonly ofUnknownWorth?: readonly IntentKind[]
  /** More than `above` rao is signed only when asked again after `waitMs`. */
  readonly delay?: PolicyDelay
}
export interface PolicyDelay {
  readonly above: Rao
  readonly waitMs: number
}

export const NO_LIMITS: Policy = {}
/** Signs nothing: what holds while the true limits are not known. */
export const NOTHING_ALLOWED: Policy = { kinds: [] }
export const DAY_MS = 86_400_000
/** A loosened limit counts after this. Long enough to notice a stolen password, short enough to live with. */
export const LOOSENING_WAIT_MS = 24 * 3_600_000
/** A request that waited this long after its moment must be made anew. */
export const DELAYED_GOOD_FOR_MS = 7 * DAY_MS
export const LONGEST_WAIT_MS = 30 * DAY_MS

/** @errors policy/bad */
export function policyProblem({ delay, subnets, kinds, recipients, ofUnknownWorth }: Policy): AppError | undefined {
  if (delay && !(Number.isSafeInteger(delay.waitMs) && delay.waitMs > 0 && delay.waitMs <= LONGEST_WAIT_MS))
    return { code: 'policy/bad', what: 'waitMs' }
  const lists = { subnets, kinds, recipients, ofUnknownWorth }
  for (const [what, list] of Object.entries(lists))
    if (list && new Set<unknown>(list).size !== list.length) return { code: 'policy/bad', what }
  return undefined
}

/**
 * Whether the limits let something pass.
 * @param spent TAO of what was signed in the last 24 hours, rao
 * @errors policy/kind, policy/subnet, policy/recipient, policy/unknown-amount, policy/per-transaction, policy/per-day
 */
export function policyRefusal(policy: Policy, risk: Risk, spent: Rao): AppError | undefined {
  const { kinds, subnets, recipients, mostPerTransaction, mostPerDay } = policy
  const kind = kinds && risk.kinds.find((candidate) => !kinds.includes(candidate))
  if (kind) return { code: 'policy/kind', kind, allowed: kinds }
  const netuid = subnets && risk.netuids.find((candidate) => !subnets.includes(candidate))
  if (netuid !== undefined && subnets) return { code: 'policy/subnet', netuid, allowed: subnets }
  const recipient = recipients && risk.recipients.find((candidate) => !recipients.includes(candidate))
  if (recipient) return { code: 'policy/recipient', recipient }
  const unchecked = uncheckedIn(policy)
  const unknown = unchecked && [...risk.unknown, ...risk.unseen].find((candidate) => !unchecked.includes(candidate))
  if (unknown) return { code: 'policy/unknown-amount', kind: unknown }
  const asked = risk.tao
  if (mostPerTransaction !== undefined && asked > mostPerTransaction)
    return { code: 'policy/per-transaction', limit: mostPerTransaction, asked }
  if (mostPerDay !== undefined && asked > 0n && addRao(spent, asked) > mostPerDay)
    return { code: 'policy/per-day', limit: mostPerDay, asked, spent }
  return undefined
}

/** How long a request has to wait, ms; 0 = not at all. What is worth an unknown amount waits. */
export function waitOf({ delay }: Policy, risk: Risk): number {
  return delay && (risk.tao > delay.above || risk.unknown.length > 0) ? delay.waitMs : 0
}

/** Kinds that are a bare hash. */
const UNSEEN: readonly IntentKind[] = ['announce-proxied', 'multisig-approve']
const limitsTao = (policy: Policy): boolean =>
  policy.mostPerTransaction !== undefined || policy.mostPerDay !== undefined

/** Kinds that pass although some limit cannot be checked for them. `undefined` = all: nothing would be checked. */
function uncheckedIn(policy: Policy): readonly IntentKind[] | undefined {
  const named = policy.ofUnknownWorth ?? []
  if (limitsTao(policy)) return named
  if (!policy.subnets && !policy.recipients) return undefined
  return INTENT_KINDS.filter((kind) => !UNSEEN.includes(kind) || named.includes(kind))
}

const lower = (a: Rao | undefined, b: Rao | undefined): Rao | undefined =>
  a === undefined || b === undefined ? (a ?? b) : a < b ? a : b
const both = <T>(a: readonly T[] | undefined, b: readonly T[] | undefined): readonly T[] | undefined =>
  a === undefined || b === undefined ? (a ?? b) : a.filter((item) => b.includes(item))

function strictDelay(a: PolicyDelay | undefined, b: PolicyDelay | undefined): PolicyDelay | undefined {
  if (!a || !b) return a ?? b
  return { above: a.above < b.above ? a.above : b.above, waitMs: Math.max(a.waitMs, b.waitMs) }
}

/** What both of two policies allow. */
export function strictest(a: Policy, b: Policy): Policy {
  const mostPerTransaction = lower(a.mostPerTransaction, b.mostPerTransaction)
  const mostPerDay = lower(a.mostPerDay, b.mostPerDay)
  const [subnets, kinds, recipients] = [
    both(a.subnets, b.subnets),
    both(a.kinds, b.kinds),
    both(a.recipients, b.recipients),
  ]
  const unchecked = both(uncheckedIn(a), uncheckedIn(b))
  // Without a limit in TAO only the hashes need a name.
  const ofUnknownWorth = limitsTao(a) || limitsTao(b) ? unchecked : unchecked?.filter((kind) => UNSEEN.includes(kind))
  const delay = strictDelay(a.delay, b.delay)
  return {
    ...(mostPerTransaction === undefined ? {} : { mostPerTransaction }),
    ...(mostPerDay === undefined ? {} : { mostPerDay }),
    ...(subnets ? { subnets } : {}),
    ...(kinds ? { kinds } : {}),
    ...(recipients ? { recipients } : {}),
    ...(ofUnknownWorth && ofUnknownWorth.length > 0 ? { ofUnknownWorth } : {}),
    ...(delay ? { delay } : {}),
  }
}

const sameList = (a: readonly unknown[] | undefined, b: readonly unknown[] | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && a.length === b.length && a.every((item) => b.includes(item)))

/** The same limits, whatever the order of lists. */
export const samePolicy = (a: Policy, b: Policy): boolean =>
  a.mostPerTransaction === b.mostPerTransaction &&
  a.mostPerDay === b.mostPerDay &&
  sameList(a.subnets, b.subnets) &&
  sameList(a.kinds, b.kinds) &&
  sameList(a.recipients, b.recipients) &&
  sameList(uncheckedIn(a), uncheckedIn(b)) &&
  a.delay?.above === b.delay?.above &&
  a.delay?.waitMs === b.delay?.waitMs

/** Whether `next` allows anything that `current` does not. */
export const isLoosening = (current: Policy, next: Policy): boolean => !samePolicy(strictest(current, next), next)

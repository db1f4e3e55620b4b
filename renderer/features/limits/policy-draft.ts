import { readAddress } from '../../../shared/addresses/read-address.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { INTENT_KINDS, type IntentKind } from '../../../shared/signing/intent.ts'
import { LONGEST_WAIT_MS, type Policy } from '../../../shared/signing/policy.ts'
import { isNetuid, type Netuid, type Rao, type Ss58 } from '../../../shared/units/amounts.ts'
import { parseTao } from '../../../shared/units/decimal.ts'
import { ADDRESS_PROBLEMS } from '../../../shared/words/explain-address-error.ts'
import { plainAmount } from '../../format/amount.ts'
import { AMOUNT_WORDS } from '../../format/read-amount.ts'

/** Limits as they are typed. An empty amount is no limit; a list counts only while `only` is on. */
export interface PolicyDraft {
  readonly perTransaction: string
  readonly perDay: string
  readonly onlySubnets: boolean
  readonly subnets: string
  readonly onlyRecipients: boolean
  /** One address on a line. */
  readonly recipients: string
  readonly onlyKinds: boolean
  readonly kinds: readonly IntentKind[]
  readonly unchecked: readonly IntentKind[]
  readonly delayAbove: string
  readonly delayMs: number
}
export type DraftField = 'perTransaction' | 'perDay' | 'subnets' | 'recipients' | 'delayAbove'
export type DraftProblems = Partial<Record<DraftField, string>>

const HOUR_MS = 3_600_000
/** Waits that a person would choose, ms. */
export const WAITS: readonly number[] = [60_000, HOUR_MS, 6 * HOUR_MS, 24 * HOUR_MS, 72 * HOUR_MS, 168 * HOUR_MS]

/** Kinds for which some limit cannot be checked, because the call says neither its worth nor, some of them, for whom it is. */
export const UNCHECKED_KINDS = [
  'transfer-all',
  'transfer-stake',
  'add-proxy',
  'announce-proxied',
  'multisig-approve',
  'announce-coldkey-swap',
  'execute-coldkey-swap',
  'kill-pure',
  'recycle-alpha',
  'burn-alpha',
  'root-register',
  'swap-hotkey',
] as const satisfies readonly IntentKind[]

const amountText = (amount: Rao | undefined): string => (amount === undefined ? '' : plainAmount(amount))

export function draftOf(policy: Policy): PolicyDraft {
  return {
    perTransaction: amountText(policy.mostPerTransaction),
    perDay: amountText(policy.mostPerDay),
    onlySubnets: policy.subnets !== undefined,
    subnets: (policy.subnets ?? []).join(', '),
    onlyRecipients: policy.recipients !== undefined,
    recipients: (policy.recipients ?? []).join('\n'),
    onlyKinds: policy.kinds !== undefined,
    kinds: policy.kinds ?? INTENT_KINDS,
    unchecked: policy.ofUnknownWorth ?? [],
    delayAbove: amountText(policy.delay?.above),
    delayMs: policy.delay?.waitMs ?? 24 * HOUR_MS,
  }
}

function readTao(text: string): Result<Rao | undefined, string> {
  if (text.trim() === '') return ok(undefined)
  const read = parseTao(text)
  return read.ok ? read : err(AMOUNT_WORDS[read.error])
}

function readSubnets(text: string): Result<readonly Netuid[], string> {
  const numbers: Netuid[] = []
  for (const part of text.split(/[\s,]+/).filter((piece) => piece !== '')) {
    const number = /^\d{1,5}$/.test(part) ? Number(part) : undefined
    if (number === undefined || !isNetuid(number)) return err(`“${part}” is not the number of a subnet: 0 to 65535.`)
    if (numbers.includes(number)) return err(`Subnet ${number} stands there twice.`)
    numbers.push(number)
  }
  return ok(numbers)
}

function readRecipients(text: string): Result<readonly Ss58[], string> {
  const addresses: Ss58[] = []
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const read = readAddress(line)
    if (!read.ok) return err(`Line ${at + 1}: ${ADDRESS_PROBLEMS[read.error.problem][0]}`)
    if (addresses.includes(read.value)) return err(`Line ${at + 1}: this address stands there twice.`)
    addresses.push(read.value)
  }
  return ok(addresses)
}

/** Reads a draft. What was typed is never corrected: it is understood or it is not. */
export function readDraft(draft: PolicyDraft): Result<Policy, DraftProblems> {
  const perTransaction = readTao(draft.perTransaction)
  const perDay = readTao(draft.perDay)
  const above = readTao(draft.delayAbove)
  const subnets = draft.onlySubnets ? readSubnets(draft.subnets) : ok(undefined)
  const recipients = draft.onlyRecipients ? readRecipients(draft.recipients) : ok(undefined)
  if (perTransaction.ok && perDay.ok && above.ok && subnets.ok && recipients.ok)
    return ok({
      ...(perTransaction.value === undefined ? {} : { mostPerTransaction: perTransaction.value }),
      ...(perDay.value === undefined ? {} : { mostPerDay: perDay.value }),
      ...(subnets.value ? { subnets: subnets.value } : {}),
      ...(draft.onlyKinds ? { kinds: draft.kinds } : {}),
      ...(recipients.value ? { recipients: recipients.value } : {}),
      ...(draft.unchecked.length > 0 ? { ofUnknownWorth: draft.unchecked } : {}),
      ...(above.value === undefined ? {} : { delay: { above: above.value, waitMs: clampWait(draft.delayMs) } }),
    })
  return err({
    ...(perTransaction.ok ? {} : { perTransaction: perTransaction.error }),
    ...(perDay.ok ? {} : { perDay: perDay.error }),
    ...(above.ok ? {} : { delayAbove: above.error }),
    ...(subnets.ok ? {} : { subnets: subnets.error }),
    ...(recipients.ok ? {} : { recipients: recipients.error }),
  })
}

const clampWait = (ms: number): number => Math.min(LONGEST_WAIT_MS, Math.max(1, ms))

import type { RecipientReport } from '../../../shared/addresses/judge-recipient.ts'
import { isRao, type Ss58 } from '../../../shared/units/amounts.ts'
import { useActedPlan, useActing, useForAccount, whyNotActed } from '../../bridge/use-acting.ts'
import type { Chain } from '../../bridge/use-chain.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { useQuote, useSettled } from '../../bridge/use-quote.ts'
import { explainError } from '../../format/explain-error.ts'
import { AMOUNT_WORDS, readAmount } from '../../format/read-amount.ts'
import { useSendDraft } from './send-draft.store.ts'

const bare = (text: string): string => text.replace(/\s+/gu, '')

/** The judgement about what stands in the field, asked once typing rests. */
export function useRecipient() {
  const { to } = useSendDraft()
  const { account } = useActing()
  const settled = useSettled(to, to)
  const check = useQuestion('addresses.check', settled?.trim() ? { text: settled } : undefined, { freshForMs: 2_000 })
  const found = check.state === 'ready' ? check.value : undefined
  const report = found && judgedFor(found, account?.address)
  const words = check.state === 'failed' ? explainError(check.error) : undefined
  return { report, wrong: words && `${words.what} ${words.why} ${words.next}`, waiting: to.trim() !== '' && !settled }
}

/** `itself` is said of the wallet; the one that pays may be the account that it acts for. */
function judgedFor(report: RecipientReport, account: Ss58 | undefined): RecipientReport {
  if (account === undefined) return report
  const findings = report.findings.filter(({ kind }) => kind !== 'itself')
  return {
    ...report,
    findings: report.address === account ? [{ kind: 'itself', weight: 'block' }, ...findings] : findings,
  }
}

/** What keeps a recipient from being paid; `undefined` when nothing does. */
function recipientLacks(report: RecipientReport | undefined, typedTo: string, meant: boolean): string | undefined {
  if (!report) return 'Enter a recipient first.'
  if (report.findings.some(({ kind }) => kind === 'itself')) return 'Enter another recipient.'
  if (report.mustBeTyped && bare(typedTo) !== report.address) return 'Type the whole address first.'
  if (!meant && report.findings.some(({ weight }) => weight === 'warn')) return 'Say that this hotkey is meant.'
  return undefined
}

const STALE = 'The chain data is old. Signing waits for a new block.'

export function useSend() {
  const draft = useSendDraft()
  const chain: Chain = useChain()
  const { report, wrong } = useRecipient()
  const forAccount = useForAccount()
  const lacks = recipientLacks(report, draft.typedTo, draft.meant)
  const to = lacks ? undefined : report?.address
  // The limits are shown as soon as there is a recipient: they tell nothing that helps an imitator.
  const limits = useQuote('transfer.limits', report && { to: report.address, ...forAccount })
  const most = limits.state === 'ready' ? limits.value.most : undefined
  const read = readAmount(draft.text, draft.unit, most)
  const amount = read.ok && isRao(read.value) && read.value > 0n && most !== undefined ? read.value : undefined
  const typed = report?.mustBeTyped ? { typedTo: draft.typedTo } : {}
  const quote = useQuote(
    'transfer.plan',
    to && amount !== undefined ? { to, amount, ...typed, ...forAccount } : undefined,
  )
  const plan = quote.state === 'ready' ? quote.value : undefined
  const amountWrong = !read.ok && read.error !== 'empty' && most !== undefined ? AMOUNT_WORDS[read.error] : undefined
  const acted = useActedPlan(plan)
  const lacksPlan = plan ? whyNotActed(acted) : (amountWrong ?? 'Enter an amount first.')
  const off = chain.stale ? STALE : (lacks ?? lacksPlan)
  return { draft, chain, report, wrong, lacks, to, typed, limits, most, quote, plan, acted, amountWrong, off }
}

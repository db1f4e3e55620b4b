import type { RecipientReport } from '../../../shared/addresses/judge-recipient.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { useAddressBook } from '../../bridge/use-address-book.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { useSettled } from '../../bridge/use-quote.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { explainError } from '../../format/explain-error.ts'
import { Field } from '../../ui/field.tsx'
import { GroupedAddress } from '../../ui/grouped-address.tsx'
import { RecipientFindings } from '../../ui/recipient-findings.tsx'
import { Select } from '../../ui/select.tsx'

export interface CheckedAddress {
  readonly report: RecipientReport | undefined
  /** What is wrong with the text itself. */
  readonly wrong: string | undefined
  /** Why this account is not taken; absent when it is. */
  readonly lacks: string | undefined
}

/**
 * The checks of a recipient, for an account that gets power instead of money. An imitation is never taken here: nobody has
 * to give everything to an address that only looks like a known one.
 */
export function useCheckedAddress(text: string): CheckedAddress {
  const settled = useSettled(text, text)
  const check = useQuestion('addresses.check', settled?.trim() ? { text: settled } : undefined, { freshForMs: 2_000 })
  const report = check.state === 'ready' ? check.value : undefined
  const words = check.state === 'failed' ? explainError(check.error) : undefined
  const wrong = words && `${words.what} ${words.why} ${words.next}`
  if (!report) return { report, wrong, lacks: words ? 'Correct the address first.' : 'Enter an address first.' }
  const found = report.findings.map(({ kind }) => kind)
  if (report.mustBeTyped) return { report, wrong, lacks: 'This address imitates another one.' }
  if (found.includes('itself')) return { report, wrong, lacks: 'This is the account itself.' }
  if (found.includes('validator')) return { report, wrong, lacks: 'This is the hotkey of a validator.' }
  return { report, wrong, lacks: undefined }
}

export interface AddressEntryProps {
  readonly label: string
  readonly hint?: string
  readonly text: string
  readonly onType: (text: string) => void
  readonly checked: CheckedAddress
  /** This account is not offered. */
  readonly except?: string | undefined
}

/** Typed, or chosen among the own wallets and the names of the address book; shown whole, with what is known about it. */
export function AddressEntry({ label, hint, text, onType, checked, except }: AddressEntryProps) {
  const wallets = valueIn(useSubscription('wallet.state'))?.wallets ?? []
  const { entries } = useAddressBook()
  const named = new Map(
    [...entries, ...wallets]
      .filter(({ address }) => address !== except)
      .map((one) => [one.address as string, one.name]),
  )
  return (
    <div className="grid gap-2">
      <div className="recipient">
        <Field label={label} {...(hint ? { hint } : {})} mono value={text} onType={onType} wrong={checked.wrong} />
        {named.size > 0 && (
          <Select
            label="Known accounts"
            value={named.has(text) ? text : ''}
            onPick={onType}
            choices={[
              { value: '', text: 'Choose a name' },
              ...[...named].map(([address, name]) => ({ value: address, text: name })),
            ]}
          />
        )}
      </div>
      {checked.report && <GroupedAddress address={checked.report.address} />}
      {checked.report && <RecipientFindings report={checked.report} />}
    </div>
  )
}

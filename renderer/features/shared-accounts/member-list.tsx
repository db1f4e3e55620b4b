import { useState } from 'react'
import type { Ss58 } from '../../../shared/units/amounts.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { useSettled } from '../../bridge/use-quote.ts'
import { explainError } from '../../format/explain-error.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { GroupedAddress } from '../../ui/grouped-address.tsx'
import { RecipientFindings } from '../../ui/recipient-findings.tsx'
import { Select } from '../../ui/select.tsx'
import { useNames } from './use-names.ts'

export interface MemberListProps {
  readonly members: readonly Ss58[]
  readonly onRemove: (member: Ss58) => void
}

export function MemberList({ members, onRemove }: MemberListProps) {
  const names = useNames()
  return (
    <section aria-label="Members" className="members">
      <h3>Members</h3>
      <ul className="members">
        {members.map((member) => (
          <li key={member} className="row">
            <span className="grow">
              <GroupedAddress address={member} twoLines />
            </span>
            <Button kind="quiet" label={`Remove ${names.get(member) ?? member}`} onPress={() => onRemove(member)}>
              Remove
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

export interface AddMemberProps {
  readonly members: readonly Ss58[]
  readonly full: boolean
  readonly onAdd: (member: Ss58) => void
}

/** From own wallets and the address book, or typed. A typed one is checked as a recipient is: it will decide over money. */
export function AddMember({ members, full, onAdd }: AddMemberProps) {
  const [text, setText] = useState('')
  const names = useNames()
  const settled = useSettled(text, text)
  const check = useQuestion('addresses.check', settled?.trim() ? { text: settled } : undefined, { freshForMs: 2_000 })
  const report = check.state === 'ready' ? check.value : undefined
  const there = report && members.includes(report.address)
  const words = check.state === 'failed' ? explainError(check.error) : undefined
  const known = [...names].filter(([address]) => !members.some((member) => member === address))
  const off = full
    ? 'The chain allows no more members.'
    : there
      ? 'It is in the list already.'
      : report
        ? undefined
        : 'Enter an address first.'
  return (
    <div className="grid gap-2">
      {known.length > 0 && (
        <Select
          label="A member that you know"
          value={known.some(([address]) => address === text) ? text : ''}
          onPick={setText}
          choices={[
            { value: '', text: 'Choose a name' },
            ...known.map(([address, name]) => ({ value: address, text: name })),
          ]}
        />
      )}
      <Field
        label="Address of the next member"
        mono
        value={text}
        onType={setText}
        placeholder="5…"
        wrong={words && `${words.what} ${words.why} ${words.next}`}
      />
      {report?.mustBeTyped && <RecipientFindings report={report} narrow />}
      <span className="row wrap">
        <Button
          offBecause={off}
          onPress={() => {
            if (!report) return
            onAdd(report.address)
            setText('')
          }}
        >
          Add this member
        </Button>
        <span className="why">{text === '' ? '' : off}</span>
      </span>
    </div>
  )
}

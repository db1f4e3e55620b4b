import { type ReactNode, useId } from 'react'
import { INTENT_KINDS, type IntentKind } from '../../../shared/signing/intent.ts'
import { INTENT_WORDS } from '../../format/intent-words.ts'
import { writeDuration } from '../../format/time.ts'
import { Field, Wrong } from '../../ui/field.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Select } from '../../ui/select.tsx'
import { type DraftProblems, type PolicyDraft, UNCHECKED_KINDS, WAITS } from './policy-draft.ts'

export interface LimitFieldsProps {
  readonly draft: PolicyDraft
  readonly problems: DraftProblems
  readonly onChange: (draft: PolicyDraft) => void
}

/** One row for each limit: what it means beside where it is typed. */
export function LimitFields(props: LimitFieldsProps) {
  return (
    <>
      <AmountRows {...props} />
      <ListRows {...props} />
      <KindRows {...props} />
      <DelayRow {...props} />
    </>
  )
}

function Row({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <section className="setting" aria-label={title}>
      <div>
        <h2>{title}</h2>
        <p className="soft">{text}</p>
      </div>
      <div className="setting-control grid gap-2">{children}</div>
    </section>
  )
}

function AmountRows({ draft, problems, onChange }: LimitFieldsProps) {
  return (
    <>
      <Row title="At once" text="What one transaction may take out of the free balance, all calls in it together.">
        <Field
          label="Most TAO per transaction"
          hint="Empty: any amount."
          inputMode="decimal"
          value={draft.perTransaction}
          onType={(perTransaction) => onChange({ ...draft, perTransaction })}
          wrong={problems.perTransaction}
        />
      </Row>
      <Row
        title="In 24 hours"
        text="Together with what was signed for before. Fees, deposits and alpha are not counted."
      >
        <Field
          label="Most TAO in any 24 hours"
          hint="Empty: any amount."
          inputMode="decimal"
          value={draft.perDay}
          onType={(perDay) => onChange({ ...draft, perDay })}
          wrong={problems.perDay}
        />
      </Row>
    </>
  )
}

interface OnlyProps {
  readonly label: string
  readonly only: boolean
  readonly onPick: (only: boolean) => void
}
function Only({ label, only, onPick }: OnlyProps) {
  return (
    <Segments
      label={label}
      value={only ? 'only' : 'all'}
      onPick={(picked) => onPick(picked === 'only')}
      choices={[
        { value: 'all', text: 'Any' },
        { value: 'only', text: 'Only these' },
      ]}
    />
  )
}

function ListRows({ draft, problems, onChange }: LimitFieldsProps) {
  const id = useId()
  return (
    <>
      <Row title="Subnets" text="Where this wallet may stake, unstake, move and register.">
        <Only
          label="Allowed subnets"
          only={draft.onlySubnets}
          onPick={(onlySubnets) => onChange({ ...draft, onlySubnets })}
        />
        {draft.onlySubnets && (
          <Field
            label="Numbers of the subnets"
            hint="0, 1, 64. Empty: none."
            value={draft.subnets}
            onType={(subnets) => onChange({ ...draft, subnets })}
            wrong={problems.subnets}
          />
        )}
      </Row>
      <Row title="Recipients" text="Who may be sent TAO or stake, or be given power over the account.">
        <Only
          label="Allowed recipients"
          only={draft.onlyRecipients}
          onPick={(onlyRecipients) => onChange({ ...draft, onlyRecipients })}
        />
        {draft.onlyRecipients && (
          <div>
            <label className="lab" htmlFor={id}>
              Addresses, one on a line
            </label>
            <textarea
              id={id}
              className="area"
              rows={3}
              value={draft.recipients}
              spellCheck={false}
              aria-describedby={`${id}-wrong`}
              aria-invalid={problems.recipients !== undefined || undefined}
              onChange={(event) => onChange({ ...draft, recipients: event.target.value })}
            />
            <p className="msg">Empty: nobody.</p>
            <Wrong id={`${id}-wrong`} text={problems.recipients} />
          </div>
        )}
      </Row>
    </>
  )
}

interface KindBoxesProps {
  readonly legend: string
  readonly of: readonly IntentKind[]
  readonly picked: readonly IntentKind[]
  readonly onPick: (picked: readonly IntentKind[]) => void
}
function KindBoxes({ legend, of, picked, onPick }: KindBoxesProps) {
  const toggle = (kind: IntentKind) =>
    onPick(picked.includes(kind) ? picked.filter((one) => one !== kind) : [...picked, kind])
  return (
    <fieldset>
      <legend className="vh">{legend}</legend>
      {of.map((kind) => (
        <label className="pick" key={kind}>
          <input type="checkbox" checked={picked.includes(kind)} onChange={() => toggle(kind)} />
          <span>
            {INTENT_WORDS[kind].name} <span className="mono small mute">{kind}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

function KindRows({ draft, onChange }: LimitFieldsProps) {
  const limits = draft.perTransaction !== '' || draft.perDay !== '' || draft.onlySubnets || draft.onlyRecipients
  return (
    <>
      <Row title="Kinds of call" text="A call that carries others counts itself, and each call inside it counts, too.">
        <Only label="Allowed kinds" only={draft.onlyKinds} onPick={(onlyKinds) => onChange({ ...draft, onlyKinds })} />
        {draft.onlyKinds && (
          <KindBoxes
            legend="Allowed kinds of call"
            of={INTENT_KINDS}
            picked={draft.kinds}
            onPick={(kinds) => onChange({ ...draft, kinds })}
          />
        )}
      </Row>
      {limits && (
        <Row
          title="Pass unchecked"
          text="These do not say what they are worth, or for whom they are. With limits above they are refused, unless ticked."
        >
          <KindBoxes
            legend="Kinds that pass although a limit cannot be checked"
            of={UNCHECKED_KINDS}
            picked={draft.unchecked}
            onPick={(unchecked) => onChange({ ...draft, unchecked })}
          />
        </Row>
      )}
    </>
  )
}

function DelayRow({ draft, problems, onChange }: LimitFieldsProps) {
  const waits = WAITS.includes(draft.delayMs) ? WAITS : [...WAITS, draft.delayMs].sort((a, b) => a - b)
  return (
    <Row
      title="Delay"
      text="Asking for more than this begins a wait instead of a signature. Asked for again after it, the same transaction is signed."
    >
      <Field
        label="TAO above which to wait"
        hint="Empty: no delay. 0: everything waits."
        inputMode="decimal"
        value={draft.delayAbove}
        onType={(delayAbove) => onChange({ ...draft, delayAbove })}
        wrong={problems.delayAbove}
      />
      {draft.delayAbove.trim() !== '' && (
        <Select
          label="How long"
          value={String(draft.delayMs)}
          choices={waits.map((ms) => ({ value: String(ms), text: writeDuration(ms) }))}
          onPick={(picked) => onChange({ ...draft, delayMs: Number(picked) })}
        />
      )}
    </Row>
  )
}

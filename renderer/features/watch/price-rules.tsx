import { useState } from 'react'
import { isOpen, type PriceRule, RULE_LIMITS } from '../../../shared/registration/price-rule.ts'
import { isNetuid, isSs58Shape } from '../../../shared/units/amounts.ts'
import { parseTao } from '../../../shared/units/decimal.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { useNow } from '../../bridge/use-now.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { shortAddress } from '../../format/address.ts'
import { explainError } from '../../format/explain-error.ts'
import { cleanName } from '../../format/hostile-text.ts'
import { writeComing } from '../../format/time.ts'
import { Amount, TAO } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { ErrorNote, Note } from '../../ui/note.tsx'
import { Select } from '../../ui/select.tsx'
import { Failed, Loading } from '../../ui/states.tsx'
import { SubnetName } from '../../ui/subnet-name.tsx'

const BECAUSE = {
  expired: 'Its time is over. Nothing was bought.',
  'taken-back': 'Taken back. Nothing was bought.',
  'subnet-gone': 'The subnet was removed. Nothing was bought; another subnet may have its number now.',
  refused: 'The chain refused it. The network fee was paid, the place was not.',
  unsent: 'It came into no block. Nothing was paid for the place.',
}

/** "Register when it costs no more than this": off until somebody sets a rule, in sight as long as it waits. */
export function PriceRules() {
  const rules = useQuestion('registration.rules', {}, { everyMs: 5_000 })
  return (
    <section className="pad rule grid gap-3" aria-label="Wait for a price">
      <h2>Wait for a price</h2>
      <p className="soft">
        A rule buys a place once, as soon as it costs no more than you say. The call carries that limit, so the chain
        refuses it above. It acts while this app runs and the wallet that set it is shown and unlocked.
      </p>
      {rules.state === 'loading' && <Loading awaits="the rules" rows={2} />}
      {rules.state === 'failed' && <Failed error={rules.error} />}
      {rules.state === 'ready' && rules.value.aside.length > 0 && <KeptAside files={rules.value.aside} />}
      {rules.state === 'ready' && (
        <ul className="grid gap-3">
          {rules.value.rules.toReversed().map((rule) => (
            <RuleRow key={rule.id} rule={rule} />
          ))}
        </ul>
      )}
      <RuleForm />
    </section>
  )
}

/** Stays until the file is taken away: whoever set a rule must not believe that it still waits. */
function KeptAside({ files }: { readonly files: readonly string[] }) {
  return (
    <div role="status">
      <Note kind="warn" title="Rules that were set earlier could not be read.">
        <p>
          Their file was damaged. They buy nothing. What it held is kept, as it was: set anew what you still want, and
          take the file away when you do not need it any more.
        </p>
        {files.map((file) => (
          <p key={file} className="mono small break">
            {file}
          </p>
        ))}
      </Note>
    </div>
  )
}

function RuleRow({ rule }: { readonly rule: PriceRule }) {
  const end = useCommand('registration.endRule')
  const subnet = useDirectory().get(rule.netuid)
  return (
    <li className="grid gap-1">
      <div className="row wrap">
        <span>
          {isOpen(rule) ? 'Buy' : 'To buy'} a place on{' '}
          <SubnetName inline netuid={rule.netuid} name={subnet?.name} symbol={subnet?.symbol} /> for{' '}
          <span title={rule.hotkey}>{shortAddress(rule.hotkey)}</span> at <Amount value={rule.most} unit={TAO} /> or
          less
        </span>
        {rule.state.kind === 'waiting' && (
          <span className="end">
            <Button onPress={() => void end.send({ id: rule.id })}>Take it back</Button>
          </span>
        )}
      </div>
      <p className="soft small">
        <RuleStand rule={rule} />
      </p>
      {end.error && <ErrorNote error={end.error} />}
    </li>
  )
}

function RuleStand({ rule: { state, untilMs } }: { readonly rule: PriceRule }) {
  const now = useNow(30_000)
  switch (state.kind) {
    case 'waiting':
      return (
        <>
          Waits until {writeComing(untilMs, now)}.{' '}
          {state.price !== undefined && (
            <>
              At the last look a place cost <Amount value={state.price} unit={TAO} />.{' '}
            </>
          )}
          {state.why && `${explainError(state.why).what} ${explainError(state.why).next}`}
        </>
      )
    case 'sending':
      return <>The price was met, and it was sent. It is not sent again, whatever becomes of it.</>
    case 'done':
      return (
        <>
          Bought: uid {state.uid ?? 'unknown'}, in block {state.block ?? 'unknown'}.
        </>
      )
    case 'ended':
      return (
        <>
          {BECAUSE[state.because]} {state.error && explainError(state.error).what}
        </>
      )
  }
}

const readHours = (text: string): number | undefined => {
  const hours = /^\d{1,3}$/.test(text.trim()) ? Number(text) : 0
  return hours >= 1 && hours <= RULE_LIMITS.hours ? hours : undefined
}

function RuleForm() {
  const set = useCommand('registration.setRule')
  const wallet = valueIn(useSubscription('wallet.state'))?.active
  const subnets = [...useDirectory().values()].filter(({ netuid }) => netuid !== 0)
  const [texts, setTexts] = useState({ netuid: '', hotkey: '', most: '', hours: '24' })
  const [open, setOpen] = useState(false)
  const most = parseTao(texts.most)
  const hours = readHours(texts.hours)
  const netuid = texts.netuid === '' ? undefined : Number(texts.netuid)
  const { hotkey } = texts
  const wish =
    isNetuid(netuid) && isSs58Shape(hotkey) && most.ok && most.value > 0n && hours !== undefined
      ? { netuid, hotkey, most: most.value, hours }
      : undefined
  if (!open)
    return (
      <div>
        <Button onPress={() => setOpen(true)}>Set a rule</Button>
      </div>
    )
  return (
    <form
      className="grid gap-3 form"
      onSubmit={(event) => {
        event.preventDefault()
        if (wish) void set.send(wish).then((done) => done.ok && setOpen(false))
      }}
    >
      <Select
        label="Subnet"
        value={texts.netuid}
        onPick={(value) => setTexts({ ...texts, netuid: value })}
        choices={[
          { value: '', text: 'Choose a subnet', off: texts.netuid !== '' },
          ...subnets.map((one) => ({
            value: String(one.netuid),
            text: `${one.netuid} ${cleanName(one.name ?? '') || 'no name'}`,
          })),
        ]}
      />
      <Select
        label="Hotkey that gets the place"
        value={hotkey}
        onPick={(value) => setTexts({ ...texts, hotkey: value })}
        choices={[
          { value: '', text: 'Choose a hotkey', off: hotkey !== '' },
          ...(wallet?.hotkeys ?? []).map(({ name, address }) => ({
            value: address,
            text: `${name}, ${shortAddress(address)}`,
          })),
        ]}
      />
      <Field
        label="Most that the place may cost, TAO"
        hint="The network fee comes on top. It is spent and does not come back when the place is lost."
        inputMode="decimal"
        value={texts.most}
        onType={(text) => setTexts({ ...texts, most: text })}
        wrong={texts.most !== '' && !(most.ok && most.value > 0n) ? 'An amount above 0, as 0.25.' : undefined}
      />
      <Field
        label="For how many hours"
        hint={`Then it ends by itself. At most ${RULE_LIMITS.hours}, 30 days.`}
        inputMode="numeric"
        value={texts.hours}
        onType={(text) => setTexts({ ...texts, hours: text })}
        wrong={hours === undefined ? `A whole number from 1 to ${RULE_LIMITS.hours}.` : undefined}
      />
      {set.error && <ErrorNote error={set.error} />}
      <div className="rowline">
        <Button
          kind="main"
          type="submit"
          busyWith={set.busy ? 'Asking the chain' : undefined}
          offBecause={wish ? undefined : 'Fill in all four first.'}
        >
          Let it wait and buy once
        </Button>
        <Button kind="quiet" onPress={() => setOpen(false)}>
          Cancel
        </Button>
      </div>
    </form>
  )
}

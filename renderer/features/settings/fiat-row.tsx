import { useState } from 'react'
import type { FiatView } from '../../../shared/contract/fiat.contract.ts'
import { writeFiat } from '../../../shared/fiat/fiat-price.ts'
import { type FiatSource, KNOWN_SOURCES, resolveSource } from '../../../shared/fiat/fiat-source.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useNow } from '../../bridge/use-now.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { writeMoment } from '../../format/time.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { Select } from '../../ui/select.tsx'
import { SettingRow } from './setting-row.tsx'

const OWN = 'own'
const CHOICES = [
  ...KNOWN_SOURCES.map(({ name }) => ({ value: name, text: name })),
  { value: OWN, text: 'An address of my own' },
]
const WRONG = {
  currency: 'Three letters, as EUR.',
  address: 'Not a web address.',
  'not-encrypted': 'It must begin with https://, unless it is of this computer.',
  credentials: 'No name and no password in the address.',
  path: 'Names joined by dots, as data.0.price.',
} as const

const nameOf = (source: FiatSource | undefined): string =>
  source === undefined
    ? (KNOWN_SOURCES[0]?.name ?? OWN)
    : (KNOWN_SOURCES.find(({ url, path }) => url === source.url && path === source.path)?.name ?? OWN)

/** Where prices in ordinary money come from. Off until somebody chooses. */
export function FiatRow() {
  const fiat = valueIn(useSubscription('fiat.watch'))
  const choose = useCommand('fiat.choose')
  return (
    <SettingRow
      title="Prices in ordinary money"
      text={
        <>
          Off, nobody is asked. On, this app asks the source that you choose every five minutes while a window is open:
          the source then knows your internet address, and nothing else of you. One price is used everywhere, shown with
          its time. It is a mark for a glance; what is signed is in TAO and alpha alone.
        </>
      }
    >
      <div className="grid gap-3 grow">
        {fiat && <Now fiat={fiat} onOff={() => void choose.send({})} />}
        {fiat && <SourceForm key={JSON.stringify(fiat.source)} now={fiat.source} choose={choose} />}
        {choose.error && <ErrorNote error={choose.error} />}
        {fiat?.source && fiat.error && <ErrorNote error={fiat.error} />}
      </div>
    </SettingRow>
  )
}

function Now({ fiat, onOff }: { readonly fiat: FiatView; readonly onOff: () => void }) {
  const now = useNow(30_000)
  const { source, price, worthless, stale } = fiat
  if (!source) return <p aria-live="polite">Off.</p>
  const said = worthless
    ? 'TAO of this network are worth nothing elsewhere: nobody is asked here.'
    : price
      ? `1 TAO = ${writeFiat(price.nanosPerTao)} ${source.currency}, by ${price.host} at ${writeMoment(price.atMs, now)}${stale ? ', old' : ''}.`
      : 'No price was read yet.'
  return (
    <div className="row wrap">
      <p aria-live="polite">{said}</p>
      <span className="end">
        <Button onPress={onOff}>Turn off</Button>
      </span>
    </div>
  )
}

interface SourceFormProps {
  readonly now: FiatSource | undefined
  readonly choose: ReturnType<typeof useCommand<'fiat.choose'>>
}

function SourceForm({ now, choose }: SourceFormProps) {
  const [name, setName] = useState(nameOf(now))
  const [currency, setCurrency] = useState(now?.currency ?? 'EUR')
  const [url, setUrl] = useState(now?.url ?? '')
  const [path, setPath] = useState(now?.path ?? '')
  const known = KNOWN_SOURCES.find((one) => one.name === name)
  const source = {
    currency: currency.trim().toUpperCase(),
    url: (known?.url ?? url).trim(),
    path: (known?.path ?? path).trim(),
  }
  const resolved = resolveSource(source)
  const problem = resolved.ok ? undefined : resolved.error
  const isSame = now !== undefined && JSON.stringify(now) === JSON.stringify(source)
  const isUrlWrong = url !== '' && problem !== undefined && problem !== 'currency' && problem !== 'path'
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        if (resolved.ok) void choose.send({ source })
      }}
    >
      <Select label="Source" value={name} choices={CHOICES} onPick={setName} />
      <Field
        label="Currency"
        value={currency}
        onType={setCurrency}
        wrong={problem === 'currency' ? WRONG.currency : undefined}
      />
      {name === OWN && (
        <>
          <Field
            label="Address"
            hint="{currency} becomes eur in it, {CURRENCY} becomes EUR."
            value={url}
            onType={setUrl}
            mono
            wrong={isUrlWrong ? WRONG[problem] : undefined}
          />
          <Field
            label="Place of the price in the answer"
            hint="The answer is JSON; names and numbers of places, joined by dots: data.0.price"
            value={path}
            onType={setPath}
            mono
            wrong={path !== '' && problem === 'path' ? WRONG.path : undefined}
          />
        </>
      )}
      <div>
        <Button
          type="submit"
          busyWith={choose.busy ? 'Choosing' : undefined}
          offBecause={problem ? WRONG[problem] : isSame ? 'It is this one already.' : undefined}
        >
          {now ? 'Use this source' : 'Turn on'}
        </Button>
      </div>
    </form>
  )
}

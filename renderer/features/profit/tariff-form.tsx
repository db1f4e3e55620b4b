import { useState } from 'react'
import { MOST_BANDS } from '../../../shared/care/schedule.ts'
import { plainMoney, readMoney } from '../../../shared/profit/money-text.ts'
import type { ProfitSettings } from '../../../shared/profit/profit-settings.ts'
import type { TariffBand } from '../../../shared/profit/tariff.ts'
import { minuteText, readMinute } from '../../format/week.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { HoursLine } from '../../ui/hours-line.tsx'
import { FormEnd } from './form-end.tsx'
import { useGiven } from './use-given.ts'

interface BandDraft {
  readonly id: number
  readonly days: readonly number[]
  readonly from: string
  readonly to: string
  readonly price: string
}
const draftOf = ({ days, fromMinute, toMinute, nanosPerKwh }: TariffBand, id: number): BandDraft => ({
  id,
  days,
  from: minuteText(fromMinute),
  to: minuteText(toMinute),
  price: plainMoney(nanosPerKwh),
})
/** What most have who have two prices. */
const NIGHT = { days: [1, 2, 3, 4, 5], from: '22:00', to: '06:00', price: '' }

function bandOf({ days, from, to, price }: BandDraft): TariffBand | undefined {
  const fromMinute = readMinute(from)
  const toMinute = readMinute(to)
  const nanosPerKwh = readMoney(price)
  if (fromMinute === undefined || toMinute === undefined || nanosPerKwh === undefined) return undefined
  return { days, fromMinute, toMinute, nanosPerKwh }
}

/** What a kilowatt-hour costs, and in which hours it costs something else. */
export function TariffForm({ settings }: { readonly settings: ProfitSettings }) {
  const { tariff } = settings
  const [currency, setCurrency] = useState(settings.currency)
  const [price, setPrice] = useState(tariff ? plainMoney(tariff.nanosPerKwh) : '')
  const [drafts, setDrafts] = useState<readonly BandDraft[]>((tariff?.bands ?? []).map(draftOf))
  const nanosPerKwh = readMoney(price)
  const bands = drafts.flatMap((draft) => bandOf(draft) ?? [])
  const isRead = nanosPerKwh !== undefined && bands.length === drafts.length
  const change = isRead
    ? { currency: currency.trim().toUpperCase(), tariff: { nanosPerKwh, bands } }
    : price.trim() === '' && drafts.length === 0
      ? { currency: currency.trim().toUpperCase(), tariff: undefined }
      : undefined
  const { send, ...end } = useGiven(settings, change, 'A price looks like 0.31, and a time like 22:00.')
  const put = (changed: BandDraft) => setDrafts(drafts.map((one) => (one.id === changed.id ? changed : one)))
  return (
    <section className="grid gap-2 form" aria-label="Price of power">
      <h2>Price of power</h2>
      <div className="care-limits">
        <Field label="A kilowatt-hour costs" inputMode="decimal" value={price} onType={setPrice} />
        <Field label="Currency" value={currency} onType={setCurrency} />
      </div>
      {drafts.map((draft, index) => (
        <HoursLine
          key={draft.id}
          hours={draft}
          number={index + 1}
          fields="profit-band"
          onChange={(changed) => put({ ...draft, ...changed })}
          onRemove={() => setDrafts(drafts.filter(({ id }) => id !== draft.id))}
        >
          <Field
            label="Price"
            inputMode="decimal"
            value={draft.price}
            onType={(price) => put({ ...draft, price })}
            wrong={draft.price !== '' && readMoney(draft.price) === undefined ? 'Such as 0.21' : undefined}
          />
        </HoursLine>
      ))}
      <div>
        <Button
          kind="quiet"
          offBecause={drafts.length >= MOST_BANDS ? `There is room for ${MOST_BANDS} lines.` : undefined}
          onPress={() => setDrafts([...drafts, { ...NIGHT, id: Math.max(-1, ...drafts.map(({ id }) => id)) + 1 }])}
        >
          Add hours with another price
        </Button>
      </div>
      <p className="mute small">
        By the clock of this computer. The first line that holds counts; equal times are a whole day, and hours may go
        over midnight.
      </p>
      <FormEnd {...end} onSave={() => change && send({ ...change, tariff: change.tariff ?? null })}>
        Save the tariff
      </FormEnd>
    </section>
  )
}

import { useState } from 'react'
import { plainMoney, readMoney } from '../../../shared/profit/money-text.ts'
import type { Hardware, Machine, ProfitSettings } from '../../../shared/profit/profit-settings.ts'
import { Field } from '../../ui/field.tsx'
import { Segments } from '../../ui/segments.tsx'
import { FormEnd } from './form-end.tsx'
import { readNumber, useGiven } from './use-given.ts'

const YEAR_DAYS = 365

/** Whose computer it is, and what it cost. */
export function ComputerForm({ settings }: { readonly settings: ProfitSettings }) {
  const { machine, hardware, currency } = settings
  const [use, setUse] = useState(machine.use)
  const [share, setShare] = useState(machine.use === 'shared' ? String(machine.sharePercent) : '50')
  const [price, setPrice] = useState(hardware ? plainMoney(hardware.priceNanos) : '')
  const [resale, setResale] = useState(hardware ? plainMoney(hardware.resaleNanos) : '0')
  const [years, setYears] = useState(hardware ? String(Number((hardware.lifeDays / YEAR_DAYS).toFixed(3))) : '4')
  const wanted: Machine = use === 'dedicated' ? { use } : { use, sharePercent: readNumber(share) ?? Number.NaN }
  const typed = hardwareOf(price, resale, years)
  const change = typed === null ? undefined : { machine: wanted, hardware: typed }
  const { send, ...end } = useGiven(settings, change, 'A price looks like 1800 or 1800.50, and years like 4.')
  return (
    <section className="grid gap-2 form" aria-label="Computer">
      <h2>Computer</h2>
      <Segments
        label="What the computer is there for"
        value={use}
        choices={[
          { value: 'dedicated', text: 'Only for mining' },
          { value: 'shared', text: 'Also for other things' },
        ]}
        onPick={setUse}
      />
      <p className="mute small">
        {use === 'dedicated'
          ? 'All that it draws while the miner runs counts, also while it is held.'
          : 'It would run anyhow: only what it draws beyond rest counts, and this share of its price.'}
      </p>
      {use === 'shared' && <Field label="Share of mining, %" inputMode="decimal" value={share} onType={setShare} />}
      <div className="care-limits">
        <Field label={`Paid for it, ${currency}`} inputMode="decimal" value={price} onType={setPrice} />
        <Field label={`Sold for at the end, ${currency}`} inputMode="decimal" value={resale} onType={setResale} />
      </div>
      <Field
        label="Used for, years"
        inputMode="decimal"
        value={years}
        onType={setYears}
        hint="Its price is spread evenly over them. Enter a price of 0 if it is paid off; left empty it is unknown."
      />
      <FormEnd {...end} onSave={() => change && send({ machine: change.machine, hardware: change.hardware ?? null })}>
        Save the computer
      </FormEnd>
    </section>
  )
}

/** @returns `undefined`: nothing was entered; `null`: it cannot be read */
function hardwareOf(price: string, resale: string, years: string): Hardware | undefined | null {
  if (price.trim() === '') return undefined
  const priceNanos = readMoney(price)
  const resaleNanos = readMoney(resale.trim() === '' ? '0' : resale)
  const life = readNumber(years)
  if (priceNanos === undefined || resaleNanos === undefined || life === undefined || Number.isNaN(life)) return null
  return priceNanos < 0n || resaleNanos < 0n ? null : { priceNanos, resaleNanos, lifeDays: life * YEAR_DAYS }
}

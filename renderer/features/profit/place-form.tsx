import { useState } from 'react'
import { plainMoney, readMoney } from '../../../shared/profit/money-text.ts'
import type { ProfitView } from '../../../shared/profit/profit-view.ts'
import { priceSentence } from '../../../shared/words/profit-words.ts'
import { hrefOf } from '../../format/route.ts'
import { Field } from '../../ui/field.tsx'
import { FormEnd } from './form-end.tsx'
import { useGiven } from './use-given.ts'

/** Nothing typed is nothing said; `null`: it cannot be read. */
function amountOf(text: string): bigint | undefined | null {
  if (text.trim() === '') return undefined
  const amount = readMoney(text)
  return amount === undefined || amount < 0n ? null : amount
}

/** What a TAO is taken to be worth, and what the place cost where the ledger does not know. */
export function PlaceForm({ view }: { readonly view: ProfitView }) {
  const { settings, result } = view
  const [price, setPrice] = useState(settings.nanosPerTao === undefined ? '' : plainMoney(settings.nanosPerTao))
  const [paid, setPaid] = useState(settings.paidRao === undefined ? '' : plainMoney(settings.paidRao))
  const nanosPerTao = amountOf(price)
  const paidRao = amountOf(paid)
  const change = nanosPerTao === null || paidRao === null ? undefined : { nanosPerTao, paidRao }
  const { send, ...end } = useGiven(settings, change, 'An amount looks like 312.45.')
  const byLedger = result?.places.some(({ paidBy }) => paidBy === 'ledger') ?? false
  return (
    <section className="grid gap-2 form" aria-label="TAO and the place">
      <h2>TAO and the place</h2>
      <Field
        label={`Price of one TAO, ${settings.currency}, my own figure`}
        inputMode="decimal"
        value={price}
        onType={setPrice}
        hint="Left empty, the source of prices counts, if you have chosen one."
      />
      <p className="mute small">
        {priceSentence(view.price, settings, view.play)}{' '}
        {view.price.by === 'nobody' && <a href={hrefOf({ view: 'settings' })}>Settings</a>}
      </p>
      <Field
        label="Paid for the place, TAO"
        inputMode="decimal"
        value={paid}
        onType={setPaid}
        hint={byLedger ? 'The ledger knows what was paid, and goes before this.' : 'Where the ledger does not know it.'}
      />
      <FormEnd
        {...end}
        onSave={() => change && send({ nanosPerTao: change.nanosPerTao ?? null, paidRao: change.paidRao ?? null })}
      >
        Save both
      </FormEnd>
    </section>
  )
}

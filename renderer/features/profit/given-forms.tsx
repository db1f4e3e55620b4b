import type { ProfitView } from '../../../shared/profit/profit-view.ts'
import { ComputerForm } from './computer-form.tsx'
import { PlaceForm } from './place-form.tsx'
import { RuleForm } from './rule-form.tsx'
import { TariffForm } from './tariff-form.tsx'
import { WattsForm } from './watts-form.tsx'

/** Text of settings, by which a form begins anew when they were set elsewhere. */
const keyOf = (value: unknown): string =>
  JSON.stringify(value, (_key, one: unknown) => (typeof one === 'bigint' ? one.toString() : one)) ?? ''

/** What the reckoning takes for given. What is left empty is unknown, and is said to be. */
export function GivenForms({ view }: { readonly view: ProfitView }) {
  const { settings } = view
  const { tariff, currency, power, machine, hardware, paidRao, nanosPerTao, rule } = settings
  return (
    <>
      <TariffForm key={`tariff ${keyOf([tariff, currency])}`} settings={settings} />
      <WattsForm key={`watts ${keyOf(power)}`} settings={settings} />
      <ComputerForm key={`computer ${keyOf([machine, hardware])}`} settings={settings} />
      <PlaceForm key={`place ${keyOf([paidRao, nanosPerTao])}`} view={view} />
      <RuleForm key={`rule ${keyOf(rule)}`} view={view} />
    </>
  )
}

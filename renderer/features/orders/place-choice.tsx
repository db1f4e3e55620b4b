import type { SubnetView } from '../../../shared/contract/chain-views.contract.ts'
import { isNetuid } from '../../../shared/units/amounts.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { shortAddress } from '../../format/address.ts'
import { cleanName } from '../../format/hostile-text.ts'
import { FullAddress } from '../../ui/address.tsx'
import { alphaOf } from '../../ui/amount.tsx'
import { ErrorNote, Note } from '../../ui/note.tsx'
import { Select } from '../../ui/select.tsx'
import { Loading } from '../../ui/states.tsx'
import { ValidatorChoice } from '../../ui/validator-choice.tsx'
import type { OrderForm } from './order-form.ts'
import { KINDS } from './order-words.ts'

const MINUTE = 60_000

/** Where an order may buy, or what it may sell; the chosen place, and how much there is. */
export function usePlaces(form: OrderForm) {
  const { isPurchase } = KINDS[form.type]
  const directory = useDirectory()
  const chain = useChain()
  const portfolio = valueIn(useSubscription('portfolio.watch'))?.data
  const subnets = [...directory.values()].filter(({ netuid, started }) => netuid !== 0 && started)
  const positions = (portfolio?.positions ?? []).filter(({ netuid }) => netuid !== 0)
  const position =
    positions.find(({ netuid, hotkey }) => netuid === form.netuid && hotkey === form.hotkey) ??
    positions.find(({ netuid }) => netuid === form.netuid) ??
    positions[0]
  const bought = subnets.find(({ netuid }) => netuid === form.netuid) ?? subnets[0]
  const asked = isPurchase && isNetuid(bought?.netuid) ? { netuid: bought.netuid } : undefined
  const validators = useQuestion('subnets.validators', asked, { freshForMs: MINUTE })
  const list = validators.state === 'ready' ? validators.value : []
  const validator = list.find(({ hotkey }) => hotkey === form.hotkey) ?? list[0]
  const chosen = isPurchase
    ? { netuid: bought?.netuid, hotkey: validator?.hotkey }
    : { netuid: position?.netuid, hotkey: position?.hotkey }
  // The chain keeps the smallest balance alive.
  const least = chain.status?.facts?.existentialDeposit ?? 0n
  const free = portfolio === undefined ? undefined : portfolio.free > least ? portfolio.free - least : 0n
  return {
    subnets,
    positions,
    validators,
    chosen,
    subnet: directory.get(chosen.netuid ?? -1),
    available: isPurchase ? free : position?.available,
    isRead: portfolio !== undefined,
  }
}
export type Places = ReturnType<typeof usePlaces>

export interface PlaceChoiceProps {
  readonly form: OrderForm
  readonly places: Places
  readonly onChange: (part: Partial<OrderForm>) => void
}

export function PlaceChoice(props: PlaceChoiceProps) {
  return KINDS[props.form.type].isPurchase ? <BuyPlace {...props} /> : <SellPlace {...props} />
}

const textOf = (subnet: Pick<SubnetView, 'netuid' | 'name'>): string =>
  `${subnet.netuid} ${cleanName(subnet.name) || 'no name'}`

function BuyPlace({ places, onChange }: PlaceChoiceProps) {
  const { subnets, validators, chosen, subnet } = places
  if (subnets.length === 0) return <Loading awaits="the list of subnets" rows={1} />
  const list = validators.state === 'ready' ? validators.value : []
  return (
    <>
      <Select
        label="Subnet"
        value={String(chosen.netuid)}
        onPick={(picked) => onChange({ netuid: Number(picked), hotkey: undefined })}
        choices={subnets.map((one) => ({ value: String(one.netuid), text: textOf(one) }))}
      />
      {validators.state === 'loading' && <Loading awaits="its validators" rows={1} />}
      {validators.state === 'failed' && <ErrorNote error={validators.error} />}
      {validators.state === 'ready' && list.length === 0 && (
        <Note kind="warn" title="Nobody to stake with.">
          <p>This subnet has no hotkey that takes stake.</p>
        </Note>
      )}
      {chosen.hotkey !== undefined && chosen.netuid !== undefined && (
        <ValidatorChoice
          validators={list}
          hotkey={chosen.hotkey}
          unit={alphaOf(chosen.netuid, subnet?.symbol)}
          onPick={(hotkey) => onChange({ netuid: chosen.netuid, hotkey })}
        />
      )}
    </>
  )
}

function SellPlace({ places, onChange }: PlaceChoiceProps) {
  const { positions, chosen, isRead } = places
  const directory = useDirectory()
  if (!isRead) return <Loading awaits="your positions" rows={1} />
  if (positions.length === 0)
    return (
      <Note kind="warn" title="Nothing to sell.">
        <p>You hold no stake on a subnet. Stake first, or choose to buy.</p>
      </Note>
    )
  const keyOf = (place: { readonly netuid?: number | undefined; readonly hotkey?: string | undefined }) =>
    `${place.netuid}/${place.hotkey}`
  const pick = (picked: string) => {
    const position = positions.find((one) => keyOf(one) === picked)
    if (position) onChange({ netuid: position.netuid, hotkey: position.hotkey, amountText: '' })
  }
  return (
    <>
      <Select
        label="Position"
        value={keyOf(chosen)}
        onPick={pick}
        choices={positions.map((one) => ({
          value: keyOf(one),
          text: `${textOf(directory.get(one.netuid) ?? { netuid: one.netuid, name: '' })}, ${shortAddress(one.hotkey)}`,
        }))}
      />
      {chosen.hotkey !== undefined && <FullAddress address={chosen.hotkey} twoLines />}
    </>
  )
}

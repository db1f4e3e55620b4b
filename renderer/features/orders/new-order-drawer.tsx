import { useState } from 'react'
import type { WalletView } from '../../../shared/contract/wallet.contract.ts'
import type { OrderPlan } from '../../../shared/staking/order-plan.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useNow } from '../../bridge/use-now.ts'
import { useQuote } from '../../bridge/use-quote.ts'
import { Amount, alphaOf, TAO, UnitMark } from '../../ui/amount.tsx'
import { AmountField } from '../../ui/amount-field.tsx'
import { Field } from '../../ui/field.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Select } from '../../ui/select.tsx'
import { Loading } from '../../ui/states.tsx'
import { TradeDrawer, whyNoReview } from '../../ui/trade-drawer.tsx'
import { partOf, priceHint, slippageText } from './form-words.ts'
import { EMPTY_FORM, LASTS, type OrderForm, readOrderForm, SLIPPAGES } from './order-form.ts'
import { OrderPreview } from './order-preview.tsx'
import { KINDS } from './order-words.ts'
import { PlaceChoice, usePlaces } from './place-choice.tsx'
import { SignOrderDialog } from './sign-order-dialog.tsx'

export interface NewOrderDrawerProps {
  readonly wallet: WalletView
  readonly netuid: number | undefined
  readonly onSigned: () => void
  readonly onClose: () => void
}

const MINUTE = 60_000

function useNewOrder({ netuid }: NewOrderDrawerProps) {
  const [form, setForm] = useState<OrderForm>({ ...EMPTY_FORM, netuid })
  const change = (part: Partial<OrderForm>) => setForm((now) => ({ ...now, ...part }))
  const places = usePlaces(form)
  const now = useNow(MINUTE)
  const read = readOrderForm({ ...form, ...places.chosen }, places.available, now)
  const quote = useQuote('orders.plan', read.draft)
  return { form, change, places, read, quote, plan: quote.state === 'ready' ? quote.value : undefined }
}
type NewOrder = ReturnType<typeof useNewOrder>

/** What shall be traded, at which price, until when; below, what would be signed. */
export function NewOrderDrawer(props: NewOrderDrawerProps) {
  const { wallet, onSigned, onClose } = props
  const order = useNewOrder(props)
  const { stale } = useChain()
  const [signing, setSigning] = useState<OrderPlan>()
  const { read, quote, plan } = order
  const firstWrong = read.wrong.amount ?? read.wrong.price ?? read.wrong.relayers
  const off =
    firstWrong !== undefined && !stale
      ? 'Correct what is marked first.'
      : quote.state === 'idle' && !stale
        ? 'Fill in the place, the amount and the price first.'
        : whyNoReview({ stale, wrong: undefined, quote: quote.state })
  return (
    <>
      <TradeDrawer
        title="New limit order"
        off={off}
        note="Nothing is sent: it is signed and kept here"
        onReview={() => plan && setSigning(plan)}
        onClose={onClose}
      >
        <OrderFields order={order} />
        {quote.state === 'loading' && <Loading awaits="the chain’s word on it" rows={2} />}
        {quote.state === 'failed' && <ErrorNote error={quote.error} />}
        {plan && <OrderPreview plan={plan} />}
      </TradeDrawer>
      {signing && (
        <SignOrderDialog
          plan={signing}
          wallet={wallet}
          onSigned={onSigned}
          onClose={(signed) => {
            setSigning(undefined)
            if (signed) onClose()
          }}
        />
      )}
    </>
  )
}

function OrderFields({ order }: { readonly order: NewOrder }) {
  const { form, change, places, read } = order
  const { rule, isPurchase } = KINDS[form.type]
  const { netuid } = places.chosen
  const token = alphaOf(netuid ?? 0, places.subnet?.symbol)
  const unit = isPurchase ? TAO : token
  const choose = (type: OrderForm['type']) =>
    change({ type, ...(KINDS[type].isPurchase === isPurchase ? {} : { amountText: '', hotkey: undefined }) })
  return (
    <>
      <div>
        <Segments
          label="Kind of order"
          value={form.type}
          onPick={choose}
          choices={[
            { value: 'LimitBuy', text: KINDS.LimitBuy.name },
            { value: 'TakeProfit', text: KINDS.TakeProfit.name },
            { value: 'StopLoss', text: KINDS.StopLoss.name },
          ]}
        />
        <p className="soft small">{rule}</p>
      </div>
      <PlaceChoice form={form} places={places} onChange={change} />
      <AmountField
        label={isPurchase ? 'TAO to spend' : 'Alpha to sell'}
        text={form.amountText}
        unit={form.unit}
        unitName={<UnitMark unit={unit} />}
        onType={(amountText) => change({ amountText })}
        onUnit={(picked) => change({ unit: picked })}
        onPart={(percent) => {
          const { available } = places
          if (available !== undefined) change({ unit: 'whole', amountText: partOf(available, percent) })
        }}
        available={<Amount value={places.available} unit={unit} />}
        wrong={read.wrong.amount}
      />
      <Field
        label="Limit price, TAO for one alpha"
        value={form.priceText}
        onType={(priceText) => change({ priceText })}
        inputMode="decimal"
        wrong={read.wrong.price}
        hint={priceHint(places.subnet?.price, read.limitPrice)}
      />
      <Slippage form={form} onChange={change} />
      <Select
        label="How long it waits"
        value={String(form.lastsMs)}
        onPick={(picked) => change({ lastsMs: Number(picked) })}
        choices={LASTS.map(({ ms, text }) => ({ value: String(ms), text }))}
        hint="After that nobody can carry it out, and nothing has to be cancelled."
      />
      <Relayers form={form} wrong={read.wrong.relayers} onChange={change} />
    </>
  )
}

interface PartProps {
  readonly form: OrderForm
  readonly onChange: (part: Partial<OrderForm>) => void
}

function Slippage({ form, onChange }: PartProps) {
  if (form.type === 'StopLoss')
    return (
      <div>
        <h3>How far beyond the limit</h3>
        <p className="soft small">
          A stop-loss sells at any price once the limit was met. The chain reads a bound the wrong way round here: when
          the price falls fast it would refuse the sale just when it is needed. So none can be set.
        </p>
      </div>
    )
  return (
    <div className="grid gap-2">
      <h3>How far beyond the limit</h3>
      <Segments
        label="How far beyond the limit"
        value={String(form.slippagePpb)}
        onPick={(picked) => onChange({ slippagePpb: SLIPPAGES.find((ppb) => String(ppb) === picked) })}
        choices={SLIPPAGES.map((ppb) => ({ value: String(ppb), text: slippageText(ppb) }))}
      />
      <p className="soft small">
        The trade itself moves the price. Beyond this the chain refuses it, and the order stays open.
      </p>
    </div>
  )
}

function Relayers({ form, wrong, onChange }: PartProps & { readonly wrong: string | undefined }) {
  return (
    <div className="grid gap-2">
      <h3>Who may carry it out</h3>
      <Segments
        label="Who may carry it out"
        value={form.named ? 'named' : 'anybody'}
        onPick={(picked) => onChange({ named: picked === 'named', ...(picked === 'named' ? {} : { partial: false }) })}
        choices={[
          { value: 'anybody', text: 'Anybody who has it' },
          { value: 'named', text: 'Relayers by name' },
        ]}
      />
      {form.named && (
        <>
          <Field
            label="Addresses of relayers"
            value={form.relayersText}
            onType={(relayersText) => onChange({ relayersText })}
            mono
            wrong={wrong}
            hint="Up to ten, with spaces between them. Nobody else can carry it out."
          />
          <Segments
            label="In parts"
            value={form.partial ? 'parts' : 'whole'}
            onPick={(picked) => onChange({ partial: picked === 'parts' })}
            choices={[
              { value: 'whole', text: 'All at once' },
              { value: 'parts', text: 'In parts if need be' },
            ]}
          />
          {form.partial && (
            <p className="soft small">Once a part was carried out, the chain lets nobody cancel the rest.</p>
          )}
        </>
      )}
    </div>
  )
}

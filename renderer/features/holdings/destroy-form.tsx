import { useState } from 'react'
import type { HoldingIntent } from '../../../shared/signing/intent.ts'
import { saysToDestroy, wordsToDestroy } from '../../../shared/staking/words-to-destroy.ts'
import { valueAtPrice } from '../../../shared/units/amounts.ts'
import { Amount, TAO } from '../../ui/amount.tsx'
import { Note } from '../../ui/note.tsx'
import { AlphaField } from './alpha-field.tsx'
import type { FormProps } from './form-props.ts'
import { HoldingFrame } from './holding-frame.tsx'
import { useNotOffered } from './not-offered.ts'
import { PositionFacts } from './position-facts.tsx'
import { TypedWords } from './typed-words.tsx'
import { useAmount, whyNoAmount } from './use-amount.ts'
import { useHoldingPlan } from './use-holding-plan.ts'

type Destroy = Extract<HoldingIntent, { kind: 'burn-alpha' | 'recycle-alpha' }>
const WORDS: { readonly [K in Destroy['kind']]: { readonly label: string; readonly what: string } } = {
  'recycle-alpha': {
    label: 'Alpha to recycle',
    what: 'The alpha is destroyed, and the subnet may issue as much again, to others.',
  },
  'burn-alpha': {
    label: 'Alpha to burn',
    what: 'The alpha is destroyed for good: it counts as issued, and nobody ever holds it again.',
  },
}

/** Destroys own alpha. The amount is typed twice: once as a number, once in words. */
export function DestroyForm({ kind, ...form }: FormProps & { readonly kind: Destroy['kind'] }) {
  const { position, state, unit, onClose } = form
  const typed = useAmount(position.available, position.price)
  const [said, setSaid] = useState('')
  const notOffered = useNotOffered(state.features)('destroy')
  const { amount } = typed
  const intent = amount && ({ kind, netuid: position.netuid, hotkey: position.hotkey, amount } as const)
  const words = intent && wordsToDestroy(intent)
  const isSaid = words !== undefined && saysToDestroy(said, words)
  const lacks = notOffered ?? whyNoAmount(typed) ?? (isSaid ? undefined : 'Type the words first.')
  const plan = useHoldingPlan({ intent, lacks, typedWords: said }, onClose)
  return (
    <HoldingFrame {...form} plan={plan} notOffered={notOffered}>
      <Note kind="bad" title="It cannot be undone, and you receive nothing.">
        <p>{WORDS[kind].what} To get TAO for it, unstake it instead.</p>
      </Note>
      <PositionFacts {...form} />
      <AlphaField label={WORDS[kind].label} typed={typed} most={position.available} unit={unit} />
      {amount !== undefined && (
        <dl className="kv">
          <dt>Worth at the spot price</dt>
          <dd>
            <Amount
              value={position.price && valueAtPrice(amount, position.price)}
              unit={TAO}
              why="The chain gave no price"
            />
          </dd>
        </dl>
      )}
      {words !== undefined && <TypedWords words={words} typed={said} onType={setSaid} />}
    </HoldingFrame>
  )
}

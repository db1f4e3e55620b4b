import { useState } from 'react'
import type { GoView } from '../../../shared/contract/one-click.contract.ts'
import type { GoChoice } from '../../../shared/mining/one-click.ts'
import { useAppActions } from '../../bridge/app-actions.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useQuote } from '../../bridge/use-quote.ts'
import { ErrorNote, Note } from '../../ui/note.tsx'
import { Loading } from '../../ui/states.tsx'
import { AskedOutlook } from './asked-outlook.tsx'
import { ExpectsLoss, RegisterButton } from './pay-for-place.tsx'
import { Costs } from './register-panel.tsx'

export interface ConfirmPanelProps {
  readonly view: GoView
  readonly choice: GoChoice
}

/** The one question of the way: what is spent. The bytes and the password follow in the window that signs everything. */
export function ConfirmPanel({ view, choice }: ConfirmPanelProps) {
  const { netuid, hotkey, tolerancePpm } = choice
  const chain = useChain()
  const { review } = useAppActions()
  const [expectsLoss, setExpectsLoss] = useState(false)
  const quote = useQuote('registration.plan', { netuid, hotkey, tolerancePpm })
  const plan = quote.state === 'ready' ? quote.value : undefined
  const unreached = view.facts.some(({ about, kind }) => about === 'reach' && kind === 'warn')
  const off = !plan
    ? 'There is no quote.'
    : chain.stale
      ? 'The chain data is old. Signing waits for a new block.'
      : !chain.play && !expectsLoss
        ? 'Tick the line above first.'
        : undefined
  return (
    <>
      <h2>What you would spend</h2>
      {quote.state === 'loading' && <Loading awaits="the price of a place" rows={3} />}
      {quote.state === 'failed' && <ErrorNote error={quote.error} />}
      {plan && <Costs plan={plan} play={chain.play} blockMs={chain.blockMs} />}
      {plan && <AskedOutlook plan={plan} />}
      {unreached && (
        <Note kind="warn" title="Nobody has shown yet that validators can reach this computer.">
          <p>A place earns nothing where nobody can call.</p>
        </Note>
      )}
      {plan && !chain.play && <ExpectsLoss checked={expectsLoss} onChange={setExpectsLoss} />}
      <RegisterButton
        plan={plan}
        off={off}
        below={off ?? 'You see the bytes before you sign.'}
        onPress={() => plan && review(plan)}
      />
    </>
  )
}

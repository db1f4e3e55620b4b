import type { ReactNode } from 'react'
import type { RemoveStakePlan } from '../../../shared/staking/plan-remove-stake.ts'
import type { Position } from '../../../shared/staking/position.ts'
import { useAppActions } from '../../bridge/app-actions.ts'
import { useActedPlan, useForAccount, whyNotActed } from '../../bridge/use-acting.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { useHotkeyName } from '../../bridge/use-hotkey-name.ts'
import { useQuote } from '../../bridge/use-quote.ts'
import { ActingForPlan } from '../../ui/acting-for-plan.tsx'
import { FullAddress } from '../../ui/address.tsx'
import { Amount, alphaOf, TAO } from '../../ui/amount.tsx'
import { ErrorNote, Note } from '../../ui/note.tsx'
import { PartialChoice } from '../../ui/partial-choice.tsx'
import { Loading } from '../../ui/states.tsx'
import { SubnetName } from '../../ui/subnet-name.tsx'
import { PriceLimit, TradeDrawer, whyNoReview, YouReceive } from '../../ui/trade-drawer.tsx'
import { MoveAmount } from './move-amount.tsx'
import { useMoveDraft } from './use-move-draft.ts'

export interface UnstakeDrawerProps {
  readonly position: Position
  readonly onClose: () => void
  /** The other ways, to choose from. */
  readonly ways: ReactNode
}

export function UnstakeDrawer({ position, onClose, ways }: UnstakeDrawerProps) {
  const { review } = useAppActions()
  const chain = useChain()
  const forAccount = useForAccount()
  const subnet = useDirectory().get(position.netuid)
  const hotkey = useHotkeyName(position.netuid, position.hotkey)
  const draft = useMoveDraft(position)
  const { amount, partial, tolerancePpm, wrong } = draft
  const allowPartial = partial ? { allowPartial: true } : {}
  const quote = useQuote(
    'staking.planRemove',
    amount === undefined
      ? undefined
      : { netuid: position.netuid, hotkey: position.hotkey, amount, tolerancePpm, ...allowPartial, ...forAccount },
  )
  const plan = quote.state === 'ready' ? quote.value : undefined
  const acted = useActedPlan(plan)
  const off = whyNoReview({ stale: chain.stale, wrong, quote: quote.state }) ?? whyNotActed(acted)
  return (
    <TradeDrawer
      title={
        <>
          Unstake from <SubnetName inline netuid={position.netuid} name={subnet?.name} symbol={subnet?.symbol} />
        </>
      }
      off={off}
      onReview={() => acted.plan && review(acted.plan, onClose)}
      onClose={onClose}
    >
      {ways}
      {acted.account && <ActingForPlan {...acted} account={acted.account} narrow />}
      <div>
        <div className="lbl">Staked with {hotkey.name ?? 'a validator without a name'}</div>
        <FullAddress address={position.hotkey} twoLines />
      </div>
      <MoveAmount label="Alpha to unstake" position={position} draft={draft} />
      {quote.state === 'loading' && <Loading awaits="a quote of the chain" rows={2} />}
      {quote.state === 'failed' && <ErrorNote error={quote.error} />}
      {plan && <RemoveQuote plan={plan} />}
      <PriceLimit
        refuses="below"
        limitPrice={plan?.limitPrice}
        tolerancePpm={tolerancePpm}
        onPick={draft.setTolerance}
      />
      <PartialChoice partial={partial} onPick={draft.setPartial} />
    </TradeDrawer>
  )
}

function RemoveQuote({ plan }: { readonly plan: RemoveStakePlan }) {
  const subnet = useDirectory().get(plan.request.netuid)
  return (
    <>
      <YouReceive
        atBlock={plan.atBlock}
        best={plan.bestTao}
        expected={plan.expectedTao}
        worst={plan.worstTao}
        unit={TAO}
      />
      <dl className="kv">
        <dt>Swap fee, inside the amount</dt>
        <dd>
          <Amount value={plan.poolFee} unit={alphaOf(plan.request.netuid, subnet?.symbol)} />
        </dd>
        <dt>Network fee</dt>
        <dd>
          <Amount value={plan.txFee} unit={TAO} />
        </dd>
        <dt>Left in this position</dt>
        <dd>
          <Amount value={plan.alphaAfter} unit={alphaOf(plan.request.netuid, subnet?.symbol)} />
        </dd>
        <dt>Free afterwards</dt>
        <dd>
          <Amount value={plan.freeAfter} unit={TAO} />
        </dd>
      </dl>
      {plan.leavesDust && (
        <Note kind="warn" title="What stays is very little.">
          <p>The chain may sell so small a rest by itself. Take Max to leave nothing behind.</p>
        </Note>
      )}
    </>
  )
}

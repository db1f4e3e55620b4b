import { useState } from 'react'
import type { NetworkKind } from '../../../shared/network/network.ts'
import { adviceBeforePaying, stillHolds } from '../../../shared/reach/judge-reach.ts'
import type { RegisterPlan } from '../../../shared/registration/plan-register.ts'
import { boundWords } from '../../../shared/words/collateral-words.ts'
import { useAppActions } from '../../bridge/app-actions.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { useActedPlan, useForAccount, whyNotActed } from '../../bridge/use-acting.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useQuote } from '../../bridge/use-quote.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { writePpm } from '../../format/percent.ts'
import { writeBlocks, writeDuration } from '../../format/time.ts'
import { ActingForPlan } from '../../ui/acting-for-plan.tsx'
import { Amount, TAO } from '../../ui/amount.tsx'
import { ErrorNote, Note } from '../../ui/note.tsx'
import { Loading } from '../../ui/states.tsx'
import { Tolerance } from '../../ui/tolerance.tsx'
import { AskedOutlook } from './asked-outlook.tsx'
import type { Chosen } from './before.view.tsx'
import { useMineDraft } from './mine-draft.store.ts'
import { BoundLine, ExpectsLoss, RegisterButton } from './pay-for-place.tsx'
import { ReachPanel, useMinerPort } from './reach-panel.tsx'

export interface RegisterPanelProps {
  readonly chosen: Chosen
  readonly onRegistered: () => void
}

/** What is known of the way in from the internet, as far as it bears on paying. */
function useAdvice(kind: NetworkKind | undefined) {
  const reach = valueIn(useSubscription('reach.watch'))
  const port = useMinerPort()
  return adviceBeforePaying(kind ?? 'custom', stillHolds(reach?.report, { port, own: reach?.asks.own ?? [] }))
}

export function RegisterPanel({ chosen, onRegistered }: RegisterPanelProps) {
  const { option, hotkey } = chosen
  const { tolerancePpm, userPickedTolerance, expectsLoss, userAcceptedLoss } = useMineDraft()
  const [minesElsewhere, setMinesElsewhere] = useState(false)
  const chain = useChain()
  const { review } = useAppActions()
  const forAccount = useForAccount()
  const input =
    option && (option.usable || option.adapters.length > 0) && hotkey
      ? { netuid: option.netuid, hotkey: hotkey.address, tolerancePpm, ...forAccount }
      : undefined
  const quote = useQuote('registration.plan', input)
  const plan = quote.state === 'ready' ? quote.value : undefined
  const advice = useAdvice(chain.status?.choice?.kind)
  const acted = useActedPlan(plan)
  const off =
    !option || (!option.usable && option.adapters.length === 0)
      ? 'Choose a subnet that can be mined.'
      : !hotkey
        ? 'Create a hotkey first.'
        : !plan
          ? 'There is no quote.'
          : chain.stale
            ? 'The chain data is old. Signing waits for a new block.'
            : advice === 'stop' && !minesElsewhere
              ? 'The internet does not reach this computer, so no validator could call the miner here.'
              : !chain.play && !expectsLoss
                ? 'Tick the line above first.'
                : whyNotActed(acted)
  return (
    <>
      {chain.status && !chain.play && <ReachPanel />}
      <h2>A place on the subnet</h2>
      {quote.state === 'idle' && <p className="soft">{off}</p>}
      {quote.state === 'loading' && <Loading awaits="the price of a place" rows={3} />}
      {quote.state === 'failed' && <ErrorNote error={quote.error} />}
      {acted.account && <ActingForPlan {...acted} account={acted.account} />}
      {plan && <Costs plan={plan} play={chain.play} blockMs={chain.blockMs} />}
      {plan && <AskedOutlook plan={plan} />}
      <div className="row top">
        <p className="soft small grow">
          Room for a rise until the block. One other registration makes the place 26 % dearer.
        </p>
        <Tolerance label="Room for a rise" ppm={tolerancePpm} onPick={userPickedTolerance} />
      </div>
      {plan && advice === 'warn' && (
        <Note kind="warn" title="Nobody has shown yet that validators can reach this computer.">
          <p>Check it above, before you pay: a place earns nothing where nobody can call.</p>
        </Note>
      )}
      {plan && advice === 'stop' && (
        <label className="pick">
          <input
            type="checkbox"
            checked={minesElsewhere}
            onChange={(event) => setMinesElsewhere(event.target.checked)}
          />
          <span>The miner will run on another computer, which the internet reaches.</span>
        </label>
      )}
      {plan && !chain.play && <ExpectsLoss checked={expectsLoss} onChange={userAcceptedLoss} />}
      <RegisterButton
        plan={plan}
        off={off}
        below={quote.state === 'idle' ? undefined : off}
        onPress={() => acted.plan && review(acted.plan, onRegistered)}
      />
    </>
  )
}

export interface CostsProps {
  readonly plan: RegisterPlan
  readonly play: boolean
  readonly blockMs: number
}
/** Price, room, fee and the most that it costs. */
export function Costs({ plan, play, blockMs }: CostsProps) {
  const protectedMs = plan.immunityBlocks * blockMs
  return (
    <>
      {play ? (
        <Note kind="play" title="Play money pays for it.">
          <p>The practice validator asks each miner and pays those that answer, at each epoch.</p>
        </Note>
      ) : (
        <Note kind="warn" title="Most likely you pay and earn nothing.">
          <p>
            Validators decide what an answer is worth.{' '}
            {plan.replacesAnother
              ? 'All places are taken: yours replaces one that earned little, and yours is replaced when it earns little.'
              : 'A place is free; once all are taken, those that earn little are replaced.'}
          </p>
        </Note>
      )}
      <dl className="kv">
        <dt>Place on netuid {plan.request.netuid}, now</dt>
        <dd>
          <Amount value={plan.price} unit={TAO} />
        </dd>
        <dt>Room for a rise, {writePpm(plan.request.tolerancePpm)}</dt>
        <dd>
          <Amount value={plan.limitPrice - plan.price} unit={TAO} />
        </dd>
        <dt>Network fee</dt>
        <dd>
          <Amount value={plan.txFee} unit={TAO} />
        </dd>
        <dt className="strong inkc">At most</dt>
        <dd className="strong">
          <Amount value={plan.mostCost} unit={TAO} />
        </dd>
        <BoundLine plan={plan} />
        <dt>Free afterwards, at least</dt>
        <dd>
          <Amount value={plan.freeAfterAtMost} unit={TAO} />
        </dd>
      </dl>
      <p className="soft small">
        {boundWords(plan.collateral)} Nobody can replace a new place for {writeBlocks(plan.immunityBlocks)}, about{' '}
        {writeDuration(protectedMs)}.
      </p>
    </>
  )
}

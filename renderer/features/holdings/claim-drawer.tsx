import type { HoldingState } from '../../../shared/staking/holding-state.ts'
import { foreseenClaim, owedTo, sumOwed } from '../../../shared/staking/root-claim.ts'
import { netuid, type Ss58 } from '../../../shared/units/amounts.ts'
import { useHotkeyName } from '../../bridge/use-hotkey-name.ts'
import { FullAddress } from '../../ui/address.tsx'
import { Amount, Num, TAO } from '../../ui/amount.tsx'
import { Note } from '../../ui/note.tsx'
import { HoldingFrame } from './holding-frame.tsx'
import { useNotOffered } from './not-offered.ts'
import { useHoldingPlan } from './use-holding-plan.ts'
import { When } from './when.tsx'

const ROOT = netuid(0)

export interface ClaimDrawerProps {
  readonly state: HoldingState
  /** Absent: of all validators. */
  readonly hotkey?: Ss58 | undefined
  readonly onClose: () => void
}

/** What root owes, what of it is paid now, what the claim costs, and how long the stake then stays. */
export function ClaimDrawer({ state, hotkey, onClose }: ClaimDrawerProps) {
  const { root, atBlock } = state
  const rows = owedTo(state, hotkey)
  const paid = foreseenClaim(state, hotkey)
  const notOffered = useNotOffered(state.features)('baskets')
  const name = useHotkeyName(ROOT, hotkey ?? '').name
  const intent = hotkey ? ({ kind: 'claim-root-of', hotkey } as const) : ({ kind: 'claim-root', subnets: [] } as const)
  const plan = useHoldingPlan({ intent, lacks: notOffered }, onClose)
  const isLoss = plan.plan !== undefined && paid !== undefined && plan.plan.txFee >= paid
  return (
    <HoldingFrame title="Claim from root" plan={plan} notOffered={notOffered} onClose={onClose}>
      {hotkey ? (
        <div>
          <div className="lbl">Staked with {name ?? 'a validator without a name'}</div>
          <FullAddress address={hotkey} twoLines />
        </div>
      ) : (
        <p>Of all validators that your stake on root is with.</p>
      )}
      <dl className="kv" aria-live="polite">
        <dt>Owed</dt>
        <dd>
          <Amount value={notOffered ? undefined : sumOwed(rows)} unit={TAO} why="The runtime does not tell" />
        </dd>
        <dt>Least that is paid for one validator</dt>
        <dd>
          <Amount value={root.threshold} unit={TAO} why="The chain does not tell" />
        </dd>
        <dt>Paid by this claim, as stake on root</dt>
        <dd>
          <Amount value={notOffered ? undefined : paid} unit={TAO} why="The runtime does not tell" />
        </dd>
      </dl>
      <p className="soft small">
        A claim always takes all that a validator owes; there is no part. What is owed keeps growing with the basket and
        never expires. What is claimed becomes stake on root with the same validator, and is not TAO that can be spent
        at once.
      </p>
      {root.holdBlocks !== undefined && root.holdBlocks > 0 && (
        <p className="soft small">
          After a claim the stake behind its validator, all of it, stays on root for <Num value={root.holdBlocks} />{' '}
          blocks: until <When block={atBlock + root.holdBlocks} atBlock={atBlock} />, if it is made now.
        </p>
      )}
      {isLoss && (
        <Note kind="warn" title="The fee is more than what is paid.">
          <p>Wait until more has come together. Nothing expires.</p>
        </Note>
      )}
    </HoldingFrame>
  )
}

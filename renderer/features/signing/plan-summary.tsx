import type { ReactNode } from 'react'
import type { RegisterPlan } from '../../../shared/registration/plan-register.ts'
import { assertNever } from '../../../shared/result.ts'
import type { SignerReading } from '../../../shared/signing/reading.ts'
import type { AddStakePlan } from '../../../shared/staking/plan-add-stake.ts'
import type { RemoveStakePlan } from '../../../shared/staking/plan-remove-stake.ts'
import type { Plan, Prepared } from '../../../shared/transactions/transaction.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { useHotkeyName } from '../../bridge/use-hotkey-name.ts'
import { shortHash } from '../../format/address.ts'
import { writePpm } from '../../format/percent.ts'
import { FullAddress } from '../../ui/address.tsx'
import { Amount, alphaOf, TAO, type Unit } from '../../ui/amount.tsx'
import { SubnetName } from '../../ui/subnet-name.tsx'
import { AccountLines } from './account-lines.tsx'
import { MovesLines } from './moves-lines.tsx'
import { metadataWords } from './second-reading.tsx'
import { ShieldLine } from './shield-line.tsx'
import { TransferLines } from './transfer-lines.tsx'

function Line({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

function AddLines({ plan, token }: { readonly plan: AddStakePlan; readonly token: Unit }) {
  return (
    <>
      <Line name="Amount">
        <span className="read-m">
          <Amount value={plan.request.amount} unit={TAO} />
        </span>
      </Line>
      <Line name="What it does">Buys alpha of a subnet with TAO and leaves it with a validator.</Line>
      <Line name="You receive">
        <Amount value={plan.expectedAlpha} unit={token} /> expected at block {plan.atBlock},{' '}
        <b className="strong">at least</b> <Amount value={plan.worstAlpha} unit={token} />{' '}
        {plan.request.allowPartial ? 'for a part, up to the limit' : 'or nothing is bought'}
      </Line>
      <Line name="Price limit">
        <Amount value={plan.limitPrice} unit={TAO} /> for one alpha, {writePpm(plan.request.tolerancePpm)} above the
        price of now
      </Line>
      <Line name="Fees">
        <Amount value={plan.poolFee} unit={TAO} /> swap, inside the amount, and <Amount value={plan.txFee} unit={TAO} />{' '}
        network, on top
      </Line>
      <Line name="Free afterwards">
        <Amount value={plan.freeAfter} unit={TAO} />
      </Line>
    </>
  )
}

function RemoveLines({ plan, token }: { readonly plan: RemoveStakePlan; readonly token: Unit }) {
  return (
    <>
      <Line name="Amount">
        <span className="read-m">
          <Amount value={plan.request.amount} unit={token} />
        </span>
      </Line>
      <Line name="What it does">Takes alpha back from a validator and sells it for TAO.</Line>
      <Line name="You receive">
        <Amount value={plan.expectedTao} unit={TAO} /> expected at block {plan.atBlock},{' '}
        <b className="strong">at least</b> <Amount value={plan.worstTao} unit={TAO} />{' '}
        {plan.request.allowPartial ? 'for a part, up to the limit' : 'or nothing is sold'}
      </Line>
      <Line name="Price limit">
        <Amount value={plan.limitPrice} unit={TAO} /> for one alpha, {writePpm(plan.request.tolerancePpm)} below the
        price of now
      </Line>
      <Line name="Fees">
        <Amount value={plan.poolFee} unit={token} /> swap, inside the amount, and{' '}
        <Amount value={plan.txFee} unit={TAO} /> network, from the free balance
      </Line>
      <Line name="Left in the position">
        <Amount value={plan.alphaAfter} unit={token} />
      </Line>
      <Line name="Free afterwards">
        <Amount value={plan.freeAfter} unit={TAO} />
      </Line>
    </>
  )
}

function RegisterLines({ plan }: { readonly plan: RegisterPlan }) {
  return (
    <>
      <Line name="At most">
        <span className="read-m">
          <Amount value={plan.mostCost} unit={TAO} />
        </span>
      </Line>
      <Line name="What it does">
        Buys a place (a uid) for this hotkey.{' '}
        {plan.replacesAnother ? 'The subnet is full, so another uid is replaced.' : 'A place is free.'}
      </Line>
      <Line name="Price now">
        <Amount value={plan.price} unit={TAO} />, spent for good
      </Line>
      <Line name="Price limit">
        <Amount value={plan.limitPrice} unit={TAO} />, {writePpm(plan.request.tolerancePpm)} above the price of now.
        Above it nothing is bought.
      </Line>
      <Line name="Network fee">
        <Amount value={plan.txFee} unit={TAO} />
      </Line>
      <Line name="Protected">for {plan.immunityBlocks} blocks after registering</Line>
      <Line name="Free afterwards">
        at least <Amount value={plan.freeAfterAtMost} unit={TAO} />
      </Line>
    </>
  )
}

type Trade = Extract<Plan, { readonly request: { readonly netuid: unknown } }>

function TradeLines({ plan, token }: { readonly plan: Trade; readonly token: Unit }) {
  switch (plan.kind) {
    case 'add-stake':
      return <AddLines plan={plan} token={token} />
    case 'remove-stake':
      return <RemoveLines plan={plan} token={token} />
    case 'register':
      return <RegisterLines plan={plan} />
    default:
      return assertNever(plan)
  }
}

/** Kind by kind, and which subnet with whom. */
function TradeSummary({ plan }: { readonly plan: Trade }) {
  const subnet = useDirectory().get(plan.request.netuid)
  const hotkey = useHotkeyName(plan.request.netuid, plan.request.hotkey)
  const token = alphaOf(plan.request.netuid, subnet?.symbol)
  return (
    <>
      <TradeLines plan={plan} token={token} />
      <Line name={plan.kind === 'register' ? 'Subnet, hotkey' : 'Subnet, validator'}>
        <SubnetName inline netuid={plan.request.netuid} name={subnet?.name} symbol={subnet?.symbol} />
        {hotkey.name && (
          <>
            , with <bdi>{hotkey.name}</bdi>
          </>
        )}
        <div>
          <FullAddress address={plan.request.hotkey} />
        </div>
      </Line>
    </>
  )
}

function PlanLines({ plan }: { readonly plan: Plan }) {
  switch (plan.kind) {
    case 'account':
      return <AccountLines plan={plan} />
    case 'stake-moves':
      return <MovesLines plan={plan} />
    case 'transfer':
    case 'transfer-all':
      return <TransferLines plan={plan} />
    default:
      return <TradeSummary plan={plan} />
  }
}

export interface PlanSummaryProps {
  readonly prepared: Prepared
  readonly reading: SignerReading | undefined
  /** What the wallet's limits say of it; absent where nothing is signed here. */
  readonly limits?: ReactNode
}

/** The plan in words. It was quoted again for this dialog, so it may differ a little from the drawer. */
export function PlanSummary({ prepared, reading, limits }: PlanSummaryProps) {
  const { plan, decoded } = prepared
  const { status } = useChain()
  const genesis = status?.facts?.genesis
  return (
    <dl className="kv start confirm">
      <PlanLines plan={plan} />
      <Line name="Network">
        {status?.label ?? 'unknown'}, genesis <span className="mono">{shortHash(decoded.genesis)}</span>{' '}
        {genesis === decoded.genesis ? (
          <span className="good">matches</span>
        ) : (
          <b className="bad">is not the connected network</b>
        )}
        , runtime {decoded.specVersion}
        {metadataWords(reading)}
      </Line>
      {prepared.shield && <ShieldLine verdict={prepared.shield} />}
      {limits !== undefined && <Line name="Your limits">{limits}</Line>}
    </dl>
  )
}

import type { ReactNode } from 'react'
import type { RegisterPlan } from '../../../shared/registration/plan-register.ts'
import type { SignerReading } from '../../../shared/signing/reading.ts'
import type { ShieldMode } from '../../../shared/transactions/shield.ts'
import type { Plan, Prepared } from '../../../shared/transactions/transaction.ts'
import { COLLATERAL_UNSAID } from '../../../shared/words/collateral-words.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { useHotkeyName } from '../../bridge/use-hotkey-name.ts'
import { shortHash } from '../../format/address.ts'
import { writePpm } from '../../format/percent.ts'
import { FullAddress } from '../../ui/address.tsx'
import { Amount, TAO } from '../../ui/amount.tsx'
import { Fiat } from '../../ui/fiat.tsx'
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

function RegisterLines({ plan }: { readonly plan: RegisterPlan }) {
  return (
    <>
      <Line name="At most">
        <span className="read-m">
          <Amount value={plan.mostCost} unit={TAO} />
        </span>
        <Fiat value={plan.mostCost} said />
      </Line>
      <Line name="What it does">
        Buys a place (a uid) for this hotkey.{' '}
        {plan.replacesAnother ? 'The subnet is full, so another uid is replaced.' : 'A place is free.'}
      </Line>
      <Line name="Price now">
        <Amount value={plan.price} unit={TAO} />
        {plan.mostBound === 0n ? ', spent for good' : plan.mostBound !== undefined && ', a part of it bound'}
      </Line>
      {plan.now !== undefined && plan.now.pays < plan.price && (
        <Line name="Taken now">
          <Amount value={plan.now.pays} unit={TAO} />: what this hotkey has bound from an earlier place is counted.
        </Line>
      )}
      <Line name="Price limit">
        <Amount value={plan.limitPrice} unit={TAO} />, {writePpm(plan.request.tolerancePpm)} above the price of now.
        Above it nothing is bought.
      </Line>
      {plan.mostBound !== 0n && (
        <Line name="Of it bound, at most">
          <Amount value={plan.mostBound} unit={TAO} why={COLLATERAL_UNSAID} />
        </Line>
      )}
      <Line name="Network fee">
        <Amount value={plan.txFee} unit={TAO} />
      </Line>
      <Line name="Protected">
        for {plan.immunityBlocks} {plan.immunityBlocks === 1 ? 'block' : 'blocks'} after registering
      </Line>
      <Line name="Free afterwards">
        at least <Amount value={plan.freeAfterAtMost} unit={TAO} />
      </Line>
    </>
  )
}

/** The price, and which subnet with which hotkey. */
function RegisterSummary({ plan }: { readonly plan: RegisterPlan }) {
  const { netuid, hotkey: address } = plan.request
  const subnet = useDirectory().get(netuid)
  const hotkey = useHotkeyName(netuid, address)
  return (
    <>
      <RegisterLines plan={plan} />
      <Line name="Subnet, hotkey">
        <SubnetName inline netuid={netuid} name={subnet?.name} symbol={subnet?.symbol} />
        {hotkey.name && (
          <>
            , with <bdi>{hotkey.name}</bdi>
          </>
        )}
        <div>
          <FullAddress address={address} />
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
    case 'register':
      return <RegisterSummary plan={plan} />
  }
}

export interface PlanSummaryProps {
  readonly prepared: Prepared
  readonly reading: SignerReading | undefined
  /** What the wallet's limits say of it; absent where nothing is signed here. */
  readonly limits?: ReactNode
  /** Prepares it anew, hidden or in the open; absent where nothing is signed here. */
  readonly onShield?: ((mode: ShieldMode) => void) | undefined
}

/** The plan in words. It was quoted again for this dialog, so it may differ a little from the drawer. */
export function PlanSummary({ prepared, reading, limits, onShield }: PlanSummaryProps) {
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
      {prepared.shield && <ShieldLine verdict={prepared.shield} onChoose={onShield} />}
      {limits !== undefined && <Line name="Your limits">{limits}</Line>}
    </dl>
  )
}

import { feeShare, paysForItself } from '../../shared/staking/plan-exit.ts'
import type { PlannedMove, SkippedPosition, StakeMovesPlan } from '../../shared/staking/stake-move.ts'
import { destinationOf, originOf } from '../../shared/staking/stake-move.ts'
import { MOVE_NAMES, MOVE_NOTES, SKIP_WORDS } from '../format/move-words.ts'
import { writeDifference, writePpm } from '../format/percent.ts'
import { ShortAddress } from './address.tsx'
import { Amount, alphaOf, Num, TAO, type Unit } from './amount.tsx'
import { Fiat } from './fiat.tsx'
import { GroupedAddress } from './grouped-address.tsx'
import { SubnetName } from './subnet-name.tsx'

/** Names and symbols of subnets by netuid, as far as they are known. */
export type SubnetNames = ReadonlyMap<number, { readonly name: string; readonly symbol: string }>

export function MovePlace({ netuid, names }: { readonly netuid: number; readonly names: SubnetNames }) {
  const subnet = names.get(netuid)
  return <SubnetName inline netuid={netuid} name={subnet?.name} symbol={subnet?.symbol} />
}

const unitOn = (netuid: number, names: SubnetNames): Unit => alphaOf(netuid, names.get(netuid)?.symbol)
/** Token in which a move pays, and in which it is received. */
export function unitsOf({ move, receives }: Pick<PlannedMove, 'move' | 'receives'>, names: SubnetNames) {
  const [from, to] = [originOf(move), destinationOf(move)]
  return {
    gives: from ? unitOn(from.netuid, names) : TAO,
    gets: receives === 'tao' || !to ? TAO : unitOn(to.netuid, names),
  }
}

/** Best, expected and worst of one move, its limit and its costs. */
function StepNumbers({ step, names }: { readonly step: PlannedMove; readonly names: SubnetNames }) {
  const { gives, gets } = unitsOf(step, names)
  const why = 'This chain does not simulate swaps'
  const trades = step.move.kind !== 'move' && step.move.kind !== 'transfer'
  return (
    <dl className="kv">
      <dt>Gives</dt>
      <dd>
        <Amount value={step.gives} unit={gives} />
      </dd>
      {trades && (
        <>
          <dt>Best</dt>
          <dd>
            <Amount value={step.best} unit={gets} why={why} />
          </dd>
        </>
      )}
      <dt>{trades ? 'Receives, expected' : 'Arrives'}</dt>
      <dd>
        <Amount value={step.expected} unit={gets} why={why} /> <Below value={step.expected} best={step.best} />
      </dd>
      {trades && (
        <>
          <dt>At least</dt>
          <dd>
            <Amount value={step.worst} unit={gets} /> <Below value={step.worst} best={step.best} />
          </dd>
          <dt>Price impact, swap fee</dt>
          <dd>
            {step.impactPpm === undefined ? 'unknown' : writePpm(step.impactPpm)},{' '}
            <Amount value={step.poolFeeRao} unit={TAO} why={why} />
          </dd>
          <dt>Limit</dt>
          <dd>
            {step.limitPrice === undefined ? (
              <Amount value={step.limitRatio} unit={gets} />
            ) : (
              <Amount value={step.limitPrice} unit={TAO} />
            )}{' '}
            for one alpha <FromPrice step={step} />
          </dd>
        </>
      )}
    </dl>
  )
}

/** In percent below the best case. */
function Below({ value, best }: { readonly value: bigint | undefined; readonly best: bigint | undefined }) {
  if (value === undefined || !best || value === best) return null
  return <span className="mute">{writeDifference(value, best)}</span>
}

/** How far the limit is from the price of now. */
function FromPrice({ step }: { readonly step: PlannedMove }) {
  const price = step.move.kind === 'add' ? step.priceTo : step.priceFrom
  if (step.limitPrice === undefined || !price) return null
  return <span className="mute">{writeDifference(step.limitPrice, price)} from the price of now</span>
}

/** What a position brings against its part of the fee, where many are left at once. */
function FeePart({ step, plan }: { readonly step: PlannedMove; readonly plan: StakeMovesPlan }) {
  const { purpose } = plan.request
  // Nothing where somebody else pays, who acts for this account: what that costs is told with the fees.
  if ((purpose !== 'exit' && purpose !== 'sweep') || plan.txFee === 0n) return null
  const pays = paysForItself(step, plan)
  return (
    <p className="small soft">
      Its part of the fee is <Amount value={feeShare(plan)} unit={TAO} />
      {pays === undefined ? ': whether it pays is not known.' : pays ? ': it pays.' : ': more than it brings.'}
    </p>
  )
}

/** One after the other, each readable by itself: where from, where to, what it brings at least. */
export function MoveSteps({ plan, names }: { readonly plan: StakeMovesPlan; readonly names: SubnetNames }) {
  return (
    <ol className="moves">
      {plan.steps.map((step, index) => (
        // A plan is made anew as a whole: its steps have no identity but their place.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <li key={index}>
          <StepHead step={step} names={names} />
          <StepNumbers step={step} names={names} />
          <FeePart step={step} plan={plan} />
          {step.move.kind === 'move' && (
            <div className="small">
              With <GroupedAddress address={step.move.toHotkey} twoLines />
            </div>
          )}
          {step.move.kind === 'transfer' && (
            <div className="small">
              To <GroupedAddress address={step.move.to} twoLines />
            </div>
          )}
          {step.notes.map((note) => (
            <p key={note} className="small soft">
              {MOVE_NOTES[note]}
            </p>
          ))}
        </li>
      ))}
    </ol>
  )
}

function StepHead({ step, names }: { readonly step: PlannedMove; readonly names: SubnetNames }) {
  const [from, to] = [originOf(step.move), destinationOf(step.move)]
  const hotkey = from?.hotkey ?? to?.hotkey
  return (
    <div className="row wrap">
      <b className="strong">{MOVE_NAMES[step.move.kind]}</b>
      {from && <MovePlace netuid={from.netuid} names={names} />}
      {to && to.netuid !== from?.netuid && (
        <>
          {from && <span className="mute">to</span>}
          <MovePlace netuid={to.netuid} names={names} />
        </>
      )}
      {hotkey && (
        <span className="mute small">
          with <ShortAddress address={hotkey} />
        </span>
      )}
    </div>
  )
}

/** What all of it costs, and what is free afterwards. */
export function MoveTotals({ plan, names }: { readonly plan: StakeMovesPlan; readonly names: SubnetNames }) {
  const { feeInAlpha } = plan
  return (
    <dl className="kv" aria-live="polite">
      <dt>{plan.carry === 'queue' ? 'Network fees, one for each' : 'Network fee'}</dt>
      <dd>
        <Amount value={plan.txFee} unit={TAO} />
      </dd>
      {feeInAlpha && (
        <>
          <dt>Paid in alpha, as the TAO does not reach</dt>
          <dd>
            <Amount value={feeInAlpha.alpha} unit={unitOn(feeInAlpha.netuid, names)} />
          </dd>
        </>
      )}
      <dt className="strong">All costs against the spot price</dt>
      <dd className="strong">
        <Amount value={plan.costRao} unit={TAO} why="One step has no quote" />
        <Fiat value={plan.costRao} said />
      </dd>
      <dt>In the worst case</dt>
      <dd>
        <Amount value={plan.worstCostRao} unit={TAO} why="One step has no bound in TAO" />
        <Fiat value={plan.worstCostRao} />
      </dd>
      <dt>Free afterwards</dt>
      <dd>
        <Amount value={plan.freeAfter} unit={TAO} why="One step has no quote" />
      </dd>
      <dt>Quoted at block</dt>
      <dd>
        <Num value={plan.atBlock} />
      </dd>
    </dl>
  )
}

export function SkippedList({
  skipped,
  names,
}: {
  readonly skipped: readonly SkippedPosition[]
  readonly names: SubnetNames
}) {
  if (skipped.length === 0) return null
  return (
    <div>
      <h3>Left where it is</h3>
      <ul className="moves">
        {skipped.map((row) => (
          <li key={`${row.netuid}/${row.hotkey}`}>
            <div className="row wrap">
              <MovePlace netuid={row.netuid} names={names} />
              <span className="end">
                <Amount value={row.alpha} unit={unitOn(row.netuid, names)} />
              </span>
            </div>
            <p className="small soft">{SKIP_WORDS[row.reason]}</p>
          </li>
        ))}
      </ul>
    </div>
  )
}

import type { ManyPlan } from '../../../shared/registration/plan-many.ts'
import type { Ss58 } from '../../../shared/units/amounts.ts'
import { boundWords, COLLATERAL_UNSAID } from '../../../shared/words/collateral-words.ts'
import { cleanName } from '../../format/hostile-text.ts'
import { writePpm } from '../../format/percent.ts'
import { writeBlocks, writeDuration } from '../../format/time.ts'
import { ShortAddress } from '../../ui/address.tsx'
import { Amount, TAO } from '../../ui/amount.tsx'

/** File names of the hotkeys of the wallet, by address. */
export type HotkeyNames = ReadonlyMap<string, string>

export function HotkeyOf({ address, names }: { readonly address: Ss58; readonly names: HotkeyNames }) {
  const name = names.get(address)
  return (
    <span className="row wrap min-w-0">
      {name !== undefined && <bdi className="break">{cleanName(name)}</bdi>}
      <ShortAddress address={address} />
    </span>
  )
}

export interface SeveralPlanProps {
  readonly plan: ManyPlan
  readonly names: HotkeyNames
}

/** Each place at the price that it has when its turn comes, and what it may cost at most; then all of them. */
export function SeveralPlan({ plan, names }: SeveralPlanProps) {
  const { buys, have } = plan
  return (
    <>
      <ol className="moves" aria-label="What each place costs">
        {have.map(({ hotkey, uid }) => (
          <li key={hotkey}>
            <div className="row wrap">
              <HotkeyOf address={hotkey} names={names} />
              <span className="end soft">has uid {uid} already: nothing is paid</span>
            </div>
          </li>
        ))}
        {buys.map(({ hotkey, price, limitPrice, mostBound }) => (
          <li key={hotkey}>
            <div className="row wrap">
              <HotkeyOf address={hotkey} names={names} />
              <span className="end">
                about <Amount value={price} unit={TAO} />
              </span>
            </div>
            <p className="soft small">
              never above <Amount value={limitPrice} unit={TAO} />
              {mostBound === 0n ? (
                ', nothing of it bound'
              ) : (
                <>
                  , of it bound at most <Amount value={mostBound} unit={TAO} why={COLLATERAL_UNSAID} />
                </>
              )}
            </p>
          </li>
        ))}
      </ol>
      {buys.length > 0 && <WholePrice plan={plan} />}
    </>
  )
}

export function WholePrice({ plan }: { readonly plan: ManyPlan }) {
  const { buys, mostBound } = plan
  const now = buys.reduce((all, { price }) => all + price, 0n)
  return (
    <dl className="kv">
      <dt>{buys.length === 1 ? 'One place, now' : `${buys.length} places, if bought one after the other now`}</dt>
      <dd>
        <Amount value={now} unit={TAO} />
      </dd>
      <dt>Room for a rise, {writePpm(plan.tolerancePpm)} of each</dt>
      <dd>
        <Amount value={plan.mostCost - plan.txFees - now} unit={TAO} />
      </dd>
      <dt>Network fees, one for each</dt>
      <dd>
        <Amount value={plan.txFees} unit={TAO} />
      </dd>
      <dt className="strong inkc">All together at most</dt>
      <dd className="strong">
        <Amount value={plan.mostCost} unit={TAO} />
      </dd>
      <dt>Of it bound as collateral, at most</dt>
      <dd>{mostBound === 0n ? 'none' : <Amount value={mostBound} unit={TAO} why={COLLATERAL_UNSAID} />}</dd>
      <dt>Free afterwards, at least</dt>
      <dd>
        <Amount value={plan.freeAfterAtMost} unit={TAO} />
      </dd>
    </dl>
  )
}

/** What becomes of the money and of the places, in sentences. */
export function SeveralWords({ plan, blockMs }: { readonly plan: ManyPlan; readonly blockMs: number }) {
  const { buys, freePlaces, immunityBlocks } = plan
  if (buys.length === 0) return null
  const taken = Math.max(0, buys.length - freePlaces)
  return (
    <p className="soft small">
      {boundWords(plan.collateral)}{' '}
      {taken === 0
        ? 'There are free places for all of them.'
        : `${freePlaces === 0 ? 'No place is' : freePlaces === 1 ? 'One place is' : `${freePlaces} places are`} free: ${taken} of yours ${taken === 1 ? 'replaces' : 'replace'} somebody else.`}{' '}
      Nobody can replace a new place for {writeBlocks(immunityBlocks)}, about {writeDuration(immunityBlocks * blockMs)}.
    </p>
  )
}

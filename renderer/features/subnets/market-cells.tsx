import { Star } from 'lucide-react'
import type { SubnetView } from '../../../shared/contract/chain-views.contract.ts'
import { marketValue } from '../../../shared/subnets/market.ts'
import { writeDifference } from '../../format/percent.ts'
import { Amount, TAO, Unknown } from '../../ui/amount.tsx'
import { Fiat } from '../../ui/fiat.tsx'
import type { Before, Favourites } from './use-market.ts'

const NOT_RECORDED = 'This app has not recorded the market long enough'

/** What was seen of this very subnet: its netuid may have belonged to another one then. */
export function earlier(subnet: SubnetView, { since, points }: Before): ReturnType<Before['points']['get']> {
  return since === undefined || subnet.registeredAtBlock > since.block ? undefined : points.get(subnet.netuid)
}

export function Change({ subnet, before }: { readonly subnet: SubnetView; readonly before: Before }) {
  if (subnet.netuid === 0) return <span className="mute">none</span>
  const then = earlier(subnet, before)?.price
  if (then === undefined) return <Unknown why={NOT_RECORDED} />
  const text = subnet.price === undefined ? undefined : writeDifference(subnet.price, then)
  return text === undefined ? <Unknown why="The chain gave no price" /> : <span className="nu">{text}</span>
}

/** Rao that were traded since the earlier look; `undefined` where one of the two is unknown. */
export function tradedSince(subnet: SubnetView, before: Before): bigint | undefined {
  const then = earlier(subnet, before)?.volume
  return subnet.volume === undefined || then === undefined ? undefined : subnet.volume - then
}

export function Traded({ subnet, before }: { readonly subnet: SubnetView; readonly before: Before }) {
  if (subnet.netuid === 0) return <span className="mute">no trade</span>
  const value = tradedSince(subnet, before)
  return <Amount value={value} unit={TAO} showUnit={false} decimals={3} why={NOT_RECORDED} />
}

/** All alpha at the spot price. */
export function Value({ subnet }: { readonly subnet: SubnetView }) {
  if (subnet.netuid === 0) return <span className="mute">is TAO</span>
  const value = marketValue(subnet)
  return (
    <>
      <Amount value={value} unit={TAO} showUnit={false} decimals={3} why="The chain gave no price" />
      <Fiat value={value} />
    </>
  )
}

export function Pool({ subnet }: { readonly subnet: SubnetView }) {
  if (subnet.netuid === 0) return <span className="mute">no pool</span>
  return <Amount value={subnet.taoReserve} unit={TAO} showUnit={false} decimals={3} />
}

export interface FavouriteProps {
  readonly subnet: SubnetView
  readonly favourites: Favourites
  /** Whether Tab stops here. */
  readonly reachable: boolean
}
export function FavouriteMark({ subnet, favourites, reachable }: FavouriteProps) {
  const on = favourites.all.has(subnet.netuid)
  return (
    <button
      type="button"
      className="star"
      aria-pressed={on}
      aria-label={`Favourite, subnet ${subnet.netuid}`}
      title={on ? 'Take the mark away' : 'Mark as favourite'}
      tabIndex={reachable ? 0 : -1}
      onClick={(event) => {
        // The row itself opens at a click.
        event.stopPropagation()
        favourites.set(subnet.netuid, !on)
      }}
    >
      <Star className="ic s" fill={on ? 'currentColor' : 'none'} />
    </button>
  )
}

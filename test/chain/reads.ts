import type { Subnet } from '../../shared/subnets/subnet.ts'
import { type Netuid, netuid } from '../../shared/units/amounts.ts'
import type { Places, Walk } from './walk.ts'

export const ROOT = netuid(0)
/** Subnets that are looked at for a validator: each is a request. */
const LOOKED_AT = 5

/** Everything that is read; what the runtime lacks is named. @returns where the rest of the journey may stake */
export async function reads({ chain, account, report }: Walk): Promise<Places | undefined> {
  const { address } = account
  const found = report.took('subnets', await chain.subnets(), (v) => `${v.subnets.length} at block ${v.block}`)
  const portfolio = await chain.portfolio(address, true)
  report.took(
    'portfolio',
    portfolio,
    ({ free, positions, totalAtSpot, totalIfSold }) =>
      `free ${free} rao, ${positions.length} positions, at spot ${totalAtSpot ?? 'unknown'}, sold ${totalIfSold ?? 'unknown'}`,
  )
  report.took('epochs', await chain.epochFacts(), (value) => `${value.length} schedules`)
  report.took('market', await chain.market(), ({ points }) => `${points.length} subnets`)
  report.took('network', await chain.networkFacts(), ({ issuance }) => `issuance ${issuance ?? 'unknown'} rao`)
  report.took('holdings', await chain.holdingState(address), ({ features }) => {
    const has = Object.entries(features).filter(([, there]) => there)
    return has.map(([name]) => name).join(', ') || 'none of locks, claims, orders'
  })
  return found && placesOf({ chain, report }, found.subnets)
}

async function placesOf(
  { chain, report }: Pick<Walk, 'chain' | 'report'>,
  subnets: readonly Subnet[],
): Promise<Places | undefined> {
  const started = subnets
    .filter((subnet) => subnet.netuid !== ROOT && subnet.started)
    .sort((a, b) => (a.taoReserve > b.taoReserve ? -1 : 1))
  for (const { netuid: id } of started.slice(0, LOOKED_AT)) {
    const validators = report.took(`validators of ${id}`, await chain.validators(id), (list) => `${list.length}`) ?? []
    report.took(`validators of ${id}, as a table`, await chain.validatorTable(id), ({ rows }) => `${rows.length}`)
    const [first, second] = validators
    if (first)
      return { ...(await around(id, { chain, report }, started)), hotkey: first.hotkey, otherHotkey: second?.hotkey }
  }
  // A young chain has nobody with a permit yet: an owner's hotkey takes stake, too.
  const [deepest] = started
  if (!deepest) return undefined
  const other = started.find(({ ownerHotkey }) => ownerHotkey !== deepest.ownerHotkey)?.ownerHotkey
  const there = await around(deepest.netuid, { chain, report }, started)
  return { ...there, hotkey: deepest.ownerHotkey, otherHotkey: other }
}

async function around(
  id: Netuid,
  { chain, report }: Pick<Walk, 'chain' | 'report'>,
  started: readonly Subnet[],
): Promise<Omit<Places, 'hotkey'>> {
  const depth = await chain.marketDepth(id)
  report.took(`what leaving ${id} costs`, depth, ({ block }) => `simulated at block ${block}`)
  const state = chain.state()
  const at = state.state === 'ready' ? state.best.number : 0
  const price = report.took(`the price on ${id}`, await chain.priceAt(id, at), (value) => `${value} rao at block ${at}`)
  const onRoot = await chain.validators(ROOT)
  const subnet = started.find(({ netuid: one }) => one === id)
  return {
    netuid: id,
    otherNetuid: started.find(({ netuid: one }) => one !== id)?.netuid,
    rootHotkey: (onRoot.ok ? onRoot.value[0]?.hotkey : undefined) ?? subnet?.ownerHotkey ?? started[0]!.ownerHotkey,
    price,
    simulates: depth.ok || depth.error.code !== 'chain/unsupported',
  }
}

import type { HappenedHolding } from '../../../../shared/transactions/transaction.ts'
import { netuid, type Ss58 } from '../../../../shared/units/amounts.ts'
import { ChainFailure } from '../failure.ts'
import { readHeld } from '../read/portfolio.ts'
import { FEATURES } from '../runtime/features.ts'
import type { View } from '../view.ts'
import type { ChainEvent } from './events.ts'

const ROOT = netuid(0)
const CLAIMED = 'SubtensorModule.RootClaimed'
/** Pallets whose events can mean that stake went somewhere. */
const MOVES_STAKE = /^(SubtensorModule|LimitOrders|Swap)\./

export interface ClaimReading {
  /** All events of the block. */
  readonly events: readonly ChainEvent[]
  readonly extrinsicIndex: number
  /** The block before, asked only where a claim needs it. */
  readonly before: () => Promise<View>
}

/**
 * What a claim from root paid, where its event names the coldkey alone: the stake on root of the block less that of the block
 * before, by validator. That is only the claim where nothing else in the block touched stake of this coldkey; otherwise, and
 * where the node has forgotten the block before, it stays unknown.
 * Three requests, and none without such a claim.
 */
export async function withClaims(
  view: View,
  held: readonly HappenedHolding[],
  reading: ClaimReading,
): Promise<readonly HappenedHolding[]> {
  const silent = held.filter(({ event, amount }) => event === 'root-claimed' && amount === undefined)
  // Before baskets a claim paid alpha of several subnets.
  if (silent.length === 0 || !view.runtime.has(FEATURES.baskets)) return held
  const coldkeys = [...new Set(silent.map(({ coldkey }) => coldkey))]
  const paid = new Map<Ss58, readonly HappenedHolding[] | undefined>()
  for (const coldkey of coldkeys) paid.set(coldkey, await paidTo(view, coldkey, reading))
  const told = new Set<Ss58>()
  return held.flatMap((one) => {
    const rows = silent.includes(one) ? paid.get(one.coldkey) : undefined
    if (!rows) return [one]
    // Several claims of one extrinsic have one difference.
    if (told.has(one.coldkey)) return []
    told.add(one.coldkey)
    return rows
  })
}

async function paidTo(
  view: View,
  coldkey: Ss58,
  reading: ClaimReading,
): Promise<readonly HappenedHolding[] | undefined> {
  if (touchedElsewhere(coldkey, reading)) return undefined
  try {
    const [after, before] = await Promise.all([
      readHeld(view, coldkey),
      reading.before().then((earlier) => readHeld(earlier, coldkey)),
    ])
    const was = new Map(before.filter(({ netuid: id }) => id === ROOT).map(({ hotkey, alpha }) => [hotkey, alpha]))
    const grown = after
      .filter(({ netuid: id }) => id === ROOT)
      .map(({ hotkey, alpha }) => ({ hotkey, amount: alpha - (was.get(hotkey) ?? 0n) }))
    if (grown.some(({ amount }) => amount < 0n)) return undefined
    const rows = grown.filter(({ amount }) => amount > 0n)
    const claim = { event: 'root-claimed', coldkey, netuid: ROOT } as const
    return rows.length > 0 ? rows.map((row) => ({ ...claim, ...row })) : [{ ...claim, amount: 0n }]
  } catch (cause) {
    if (cause instanceof ChainFailure && cause.error.code === 'chain/unsupported') return undefined
    throw cause
  }
}

/** Whether anything besides claims of this extrinsic may have changed the stake of a coldkey in this block. */
const touchedElsewhere = (coldkey: Ss58, { events, extrinsicIndex }: ClaimReading): boolean =>
  events.some(
    ({ name, value, extrinsic }) =>
      MOVES_STAKE.test(name) && !(name === CLAIMED && extrinsic === extrinsicIndex) && names(value, coldkey),
  )

function names(value: unknown, coldkey: Ss58): boolean {
  if (typeof value === 'string') return value === coldkey
  if (typeof value !== 'object' || value === null) return false
  return Object.values(value).some((inner) => names(inner, coldkey))
}

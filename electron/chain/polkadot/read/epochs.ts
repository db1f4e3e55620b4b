import type { Netuid, Ss58 } from '../../../../shared/units/amounts.ts'
import type { EpochFacts, StakeAt } from '../../chain.port.ts'
import { asNumber } from '../answer.ts'
import { FEATURES } from '../runtime/features.ts'
import type { Runtime } from '../runtime/runtime.ts'
import type { Ask, View } from '../view.ts'
import { readNetuids } from './netuids.ts'
import { readHeld } from './portfolio.ts'
import { ROOT } from './prices.ts'
import { nextEpochOf, PENDING_EPOCH } from './subnets.ts'

const ITEMS = ['SubtensorModule.Tempo', 'SubtensorModule.LastEpochBlock'] as const

/** A new subnet has its first epoch after a tempo at the earliest; it is noticed before. */
const NETUIDS_FOR_BLOCKS = 25
const known = new WeakMap<Runtime, { readonly netuids: readonly Netuid[]; readonly block: number }>()

/** Epochs of all subnets but root, which has none: one request, and one more now and then for which subnets there are. */
export async function readEpochs(view: View): Promise<readonly EpochFacts[]> {
  view.runtime.need(FEATURES.epochs)
  const before = known.get(view.runtime)
  const fresh = before && Math.abs(view.block - before.block) < NETUIDS_FOR_BLOCKS
  const netuids = fresh ? before.netuids : (await readNetuids(view)).filter((netuid) => netuid !== ROOT)
  if (!fresh) known.set(view.runtime, { netuids, block: view.block })
  const items = view.runtime.has({ storage: [PENDING_EPOCH] }) ? [...ITEMS, PENDING_EPOCH] : ITEMS
  const stored = await view.storage(netuids.flatMap((netuid) => items.map((item): Ask => [item, netuid])))
  return netuids.map((netuid, index) => {
    const first = index * items.length
    const [tempoOf, last, pending] = stored.slice(first, first + items.length).map(({ value }) => value)
    const tempo = asNumber(tempoOf, 'Tempo')
    return {
      netuid,
      tempo,
      lastEpochBlock: asNumber(last, 'LastEpochBlock'),
      nextEpochBlock: nextEpochOf(view, netuid, { tempo, lastEpoch: last, pending }),
    }
  })
}

export async function readStakes(view: View, coldkey: Ss58): Promise<readonly StakeAt[]> {
  const held = await readHeld(view, coldkey)
  return held.map(({ hotkey, netuid, alpha }) => ({ hotkey, netuid, alpha }))
}

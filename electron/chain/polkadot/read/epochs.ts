import type { Ss58 } from '../../../../shared/units/amounts.ts'
import type { EpochFacts, StakeAt } from '../../chain.port.ts'
import { asNumber } from '../answer.ts'
import { FEATURES } from '../runtime/features.ts'
import type { Ask, View } from '../view.ts'
import { readNetuids } from './netuids.ts'
import { readHeld } from './portfolio.ts'
import { ROOT, readPrices } from './prices.ts'
import { nextEpochOf } from './subnets.ts'

const ITEMS = ['SubtensorModule.Tempo', 'SubtensorModule.LastEpochBlock'] as const

/** Epochs of all subnets but root, which has none: three requests, two of them at once. */
export async function readEpochs(view: View): Promise<readonly EpochFacts[]> {
  view.runtime.need(FEATURES.epochs)
  const [all, prices] = await Promise.all([readNetuids(view), readPrices(view)])
  const netuids = all.filter((netuid) => netuid !== ROOT)
  const stored = await view.storage(netuids.flatMap((netuid) => ITEMS.map((item): Ask => [item, netuid])))
  return netuids.map((netuid, index) => {
    const tempo = asNumber(stored[index * 2]?.value, 'Tempo')
    const last = stored[index * 2 + 1]?.value
    return {
      netuid,
      tempo,
      lastEpochBlock: asNumber(last, 'LastEpochBlock'),
      nextEpochBlock: nextEpochOf(view, netuid, { tempo, lastEpoch: last }),
      price: prices.get(netuid),
    }
  })
}

export async function readStakes(view: View, coldkey: Ss58): Promise<readonly StakeAt[]> {
  const held = await readHeld(view, coldkey)
  return held.map(({ hotkey, netuid, alpha }) => ({ hotkey, netuid, alpha }))
}

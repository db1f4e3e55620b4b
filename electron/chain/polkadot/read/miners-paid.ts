import type { Netuid } from '../../../../shared/units/amounts.ts'
import type { MinersPaid } from '../../miners.port.ts'
import { asAlpha, asList } from '../answer.ts'
import { FEATURES } from '../runtime/features.ts'
import type { View } from '../view.ts'

const EMISSION = 'SubtensorModule.Emission'
const PERMIT = 'SubtensorModule.ValidatorPermit'

/** See MinersPort. A uid that is newer than the last epoch is in neither list, and so is left out. */
export async function readMinersPaid(view: View, netuid: Netuid): Promise<MinersPaid> {
  view.runtime.need(FEATURES.minersPaid)
  const [emission, permit] = await view.storage([
    [EMISSION, netuid],
    [PERMIT, netuid],
  ])
  const permits = asList(permit?.value ?? [], PERMIT)
  const emissions = asList(emission?.value ?? [], EMISSION)
  return {
    block: view.block,
    emissions: emissions.flatMap((paid, uid) => (permits[uid] === true ? [] : [asAlpha(paid, EMISSION)])),
  }
}

import type { PaidEpoch } from '../../../../shared/registration/outlook.ts'
import type { Netuid } from '../../../../shared/units/amounts.ts'
import { Answer, asAlpha, asFlag } from '../answer.ts'
import { FEATURES } from '../runtime/features.ts'
import type { View } from '../view.ts'
import { columnsOf } from './metagraph-columns.ts'
import { METAGRAPH } from './registration.ts'

/** Numbers of `last_step`, `hotkeys`, `validator_permit` and `emission`. @source subtensor `rpc_info/metagraph.rs` */
const FIELDS = [9, 52, 57, 60]

/**
 * See RegistrationPort. The state right before an epoch holds what the one before it paid, and its block, so that no tempo is assumed.
 * @param at the view of a block
 */
export async function readEarlierPay(
  at: (block: number) => Promise<View>,
  { netuid, lastEpochBlock }: { readonly netuid: Netuid; readonly lastEpochBlock: number },
  most: number,
): Promise<readonly PaidEpoch[]> {
  const found: PaidEpoch[] = []
  for (let before = lastEpochBlock; found.length < most && before > 1; ) {
    // A node keeps few states: 256 blocks are less than an epoch of 360. What it has not is no failure of the rest.
    const epoch = await at(before - 1)
      .then((view) => paidAt(view, netuid))
      .catch(() => undefined)
    if (!epoch || epoch.block <= 0 || epoch.block >= before) break
    found.push(epoch)
    before = epoch.block
  }
  return found
}

async function paidAt(view: View, netuid: Netuid): Promise<PaidEpoch | undefined> {
  view.runtime.need(FEATURES.places)
  const answer = await view.api(METAGRAPH, netuid, FIELDS)
  if (answer === undefined) return undefined
  const graph = new Answer(answer, 'Metagraph')
  const cell = columnsOf(graph)
  return {
    block: graph.number('last_step'),
    emissions: graph
      .list('hotkeys')
      .map((_, uid) => ({
        permit: asFlag(cell('validator_permit', uid), 'validator_permit'),
        emission: asAlpha(cell('emission', uid), 'emission'),
      }))
      .filter(({ permit }) => !permit)
      .map(({ emission }) => emission),
  }
}

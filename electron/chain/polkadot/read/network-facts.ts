import type { NetworkFacts, RootSeat } from '../../../../shared/network-facts/network-facts.ts'
import { netuid } from '../../../../shared/units/amounts.ts'
import { Answer, asAddress, asRao } from '../answer.ts'
import { badAnswer } from '../failure.ts'
import type { Needs } from '../runtime/runtime.ts'
import type { Ask, View } from '../view.ts'
import { ROOT } from './prices.ts'
import { statedIdentity } from './stated-identity.ts'

const METAGRAPH = 'SubnetInfoRuntimeApi.get_selective_metagraph'
/** Field numbers of the selective metagraph. @source subtensor `rpc_info/metagraph.rs`, `SelectiveMetagraphIndex` */
const HOTKEYS = 52
const COLDKEYS = 53
const IDENTITIES = 54

const ISSUANCE = 'SubtensorModule.TotalIssuance'
const EMISSION = 'SubtensorModule.BlockEmission'
const ROOT_TAO = 'SubtensorModule.SubnetTAO'
const STAKE = 'SubtensorModule.TotalHotkeyAlpha'
const NEEDS: Needs = { apis: [METAGRAPH], storage: [ISSUANCE, ROOT_TAO, STAKE] }

/** Issuance, and who holds root: two requests. */
export async function readNetworkFacts(view: View): Promise<NetworkFacts> {
  view.runtime.need(NEEDS)
  const root = netuid(ROOT)
  const answer = await view.api(METAGRAPH, root, [HOTKEYS, COLDKEYS, IDENTITIES])
  const graph = new Answer(answer === undefined ? badAnswer('root is not there') : answer, 'Metagraph')
  const [hotkeys, coldkeys, identities] = [graph.list('hotkeys'), graph.list('coldkeys'), graph.list('identities')]
  if (coldkeys.length !== hotkeys.length || identities.length !== hotkeys.length)
    return badAnswer('columns of Metagraph differ')
  const hasEmission = view.runtime.has({ storage: [EMISSION] })
  const asks: readonly Ask[] = [
    [ISSUANCE],
    [ROOT_TAO, root],
    ...hotkeys.map((hotkey): Ask => [STAKE, hotkey, root]),
    ...(hasEmission ? [[EMISSION] as const] : []),
  ]
  const stored = (await view.storage(asks)).map(({ value }) => value)
  const [issuance, rootStake] = stored
  const stakes = stored.slice(2)
  const seats = hotkeys.map((hotkey, uid): RootSeat => {
    const name = statedIdentity(identities[uid])?.name
    return {
      hotkey: asAddress(hotkey, 'hotkeys'),
      ownerColdkey: asAddress(coldkeys[uid], 'coldkeys'),
      ...(name ? { name } : {}),
      // On root one unit of stake is one rao.
      stake: asRao(stakes[uid], STAKE),
    }
  })
  return {
    block: view.block,
    issuance: asRao(issuance, ISSUANCE),
    ...(hasEmission ? { blockEmission: asRao(stored.at(-1), EMISSION) } : {}),
    rootStake: asRao(rootStake, ROOT_TAO),
    rootSeats: seats.sort((a, b) => (a.stake === b.stake ? 0 : a.stake > b.stake ? -1 : 1)),
  }
}

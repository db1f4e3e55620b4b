import type { Validator } from '../../../../shared/subnets/subnet.ts'
import type { Netuid } from '../../../../shared/units/amounts.ts'
import type { CallerOnChain } from '../../chain.port.ts'
import { Answer, asAddress, asAlpha, asFlag, asNumber, asText } from '../answer.ts'
import { badAnswer, fail } from '../failure.ts'
import { FEATURES } from '../runtime/features.ts'
import type { Ask, View } from '../view.ts'
import { ROOT } from './prices.ts'

const METAGRAPH = 'SubnetInfoRuntimeApi.get_selective_metagraph'
const DELEGATES = 'SubtensorModule.Delegates'

/** Field numbers of the selective metagraph. @source subtensor `rpc_info/metagraph.rs`, `SelectiveMetagraphIndex` */
const HOTKEYS = 52
const COLDKEYS = 53
const IDENTITIES = 54
const VALIDATOR_PERMIT = 57
const TOTAL_STAKE = 69

/** Those with a seat from which stake earns, largest first: two requests. Takes are read in one query for all. */
export async function readValidators(view: View, netuid: Netuid): Promise<readonly Validator[]> {
  view.runtime.need(FEATURES.validators)
  const fields = [HOTKEYS, COLDKEYS, IDENTITIES, VALIDATOR_PERMIT, TOTAL_STAKE]
  const graph = await readMetagraph(view, netuid, fields)
  const hotkeys = graph.list('hotkeys')
  const coldkeys = columnOf(graph, 'coldkeys', hotkeys.length)
  const identities = columnOf(graph, 'identities', hotkeys.length)
  const permits = columnOf(graph, 'validator_permit', hotkeys.length)
  const stakes = columnOf(graph, 'total_stake', hotkeys.length)
  const all = hotkeys.map((hotkey, uid) => ({
    hotkey: asAddress(hotkey, 'hotkeys'),
    uid,
    name: nameOf(identities[uid]),
    permit: asFlag(permits[uid], 'validator_permit'),
    stake: asAlpha(stakes[uid], 'total_stake'),
    ownerColdkey: asAddress(coldkeys[uid], 'coldkeys'),
  }))
  // Root has seats, not permits: everyone there can be staked to.
  const chosen = all.filter((row) => row.permit || netuid === ROOT)
  const takes = await view.storage(chosen.map((row): Ask => [DELEGATES, row.hotkey]))
  return chosen
    .map((row, index): Validator => {
      const take = takes[index]
      return { ...row, takePpm: take?.present ? takePpm(take.value) : undefined }
    })
    .sort((a, b) => (a.stake === b.stake ? a.uid - b.uid : a.stake > b.stake ? -1 : 1))
}

/** Everyone with a uid: one request. */
export async function readCallers(view: View, netuid: Netuid): Promise<readonly CallerOnChain[]> {
  view.runtime.need(FEATURES.callers)
  const graph = await readMetagraph(view, netuid, [HOTKEYS, VALIDATOR_PERMIT, TOTAL_STAKE])
  const hotkeys = graph.list('hotkeys')
  const permits = columnOf(graph, 'validator_permit', hotkeys.length)
  const stakes = columnOf(graph, 'total_stake', hotkeys.length)
  return hotkeys.map((hotkey, uid) => ({
    hotkey: asAddress(hotkey, 'hotkeys'),
    uid,
    permit: asFlag(permits[uid], 'validator_permit'),
    stake: asAlpha(stakes[uid], 'total_stake'),
  }))
}

async function readMetagraph(view: View, netuid: Netuid, fields: readonly number[]): Promise<Answer> {
  const graph = await view.api(METAGRAPH, netuid, fields)
  return graph === undefined ? fail({ code: 'stake/unknown-subnet', netuid }) : new Answer(graph, 'Metagraph')
}

/** A column that is shorter than the list of hotkeys would give neurons the values of others. */
function columnOf(graph: Answer, name: string, length: number): readonly unknown[] {
  const column = graph.list(name)
  return column.length === length ? column : badAnswer(`Metagraph.${name} has ${column.length} rows, not ${length}`)
}

/** `u16` or, since mid-2026, `PerU16`: the same 65,535ths. */
const takePpm = (take: unknown): number => Math.round((asNumber(take, DELEGATES) * 1_000_000) / 65_535)

function nameOf(identity: unknown): string | undefined {
  if (identity === undefined) return undefined
  const name = asText(new Answer(identity, 'identity').raw('name'), 'identity.name').trim()
  return name === '' ? undefined : name
}

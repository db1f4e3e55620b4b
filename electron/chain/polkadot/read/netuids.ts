import { type Netuid, netuid } from '../../../../shared/units/amounts.ts'
import { asList } from '../answer.ts'
import { badAnswer } from '../failure.ts'
import type { View } from '../view.ts'

const ADDED = 'SubtensorModule.NetworksAdded'
/** The chain allows 256 subnets at most; nodes cap a page of keys at a thousand. */
const PAGE = 1_000

/** All netuids, root included, from the keys alone: one request. The netuid is the key's end, as it is not hashed. */
export async function readNetuids(view: View): Promise<readonly Netuid[]> {
  const prefix = view.runtime.storage(ADDED).prefix()
  const keys = asList(await view.request('state_getKeysPaged', [prefix, PAGE, null, view.hash]), ADDED)
  return keys.map((key) => {
    const end = typeof key === 'string' && key.startsWith(prefix) ? key.slice(prefix.length) : badAnswer(ADDED)
    if (!/^[0-9a-f]{4}$/.test(end)) return badAnswer(`${ADDED} has a hashed key`)
    return netuid(Number.parseInt(end.slice(2) + end.slice(0, 2), 16))
  })
}

import type { AppError } from '../../../shared/errors.ts'
import type { Result } from '../../../shared/result.ts'
import type { Netuid } from '../../../shared/units/amounts.ts'
import type { BlockFacts, LedgerPort, PastEpoch } from '../ledger.port.ts'
import { asNumber } from './answer.ts'
import { badAnswer } from './failure.ts'
import { viewAt, viewsBetween } from './history.ts'
import { factsOf } from './read/ledger-facts.ts'
import { FEATURES } from './runtime/features.ts'
import { toHex } from './scale/bytes.ts'
import type { Session } from './session.ts'
import { eventsIn } from './tx/events.ts'
import type { Ask, View } from './view.ts'

const ITEMS = [['System.Events'], ['System.ParentHash'], ['Timestamp.Now']] as const

/** The part of the adapter that the ledger is written from. */
export function ledgerReads({
  act,
}: {
  readonly act: <T>(run: (session: Session) => Promise<T>) => Promise<Result<T, AppError>>
}): LedgerPort {
  return {
    ledgerBlocks: ({ from, to }) =>
      act(async (session) => {
        if (to < from) return []
        const viewOf = await viewsBetween(session, from, to)
        const blocks: BlockFacts[] = []
        for (let block = from; block <= to; block += 1) blocks.push(await readBlock(await viewOf(block)))
        return blocks
      }),
    epochsIn: (netuids, range) => act((session) => readEpochsIn(session, netuids, range)),
  }
}

async function readBlock(view: View): Promise<BlockFacts> {
  const [events, parent, now] = await view.storage(ITEMS)
  const parentHash = parent?.value
  if (!(parentHash instanceof Uint8Array)) return badAnswer('System.ParentHash')
  return {
    number: view.block,
    hash: view.hash,
    parentHash: toHex(parentHash),
    atMs: asNumber(now?.value, 'Timestamp.Now'),
    facts: factsOf(eventsIn(events?.value)),
  }
}

const LAST = 'SubtensorModule.LastEpochBlock'
const TEMPO = 'SubtensorModule.Tempo'

/** From the end back: at each epoch, the state right before it tells of the one before. */
async function readEpochsIn(
  session: Session,
  netuids: readonly Netuid[],
  { from, to }: { readonly from: number; readonly to: number },
): Promise<readonly PastEpoch[]> {
  const found: PastEpoch[] = []
  const waiting: { readonly at: number; readonly netuids: readonly Netuid[] }[] = [{ at: to, netuids }]
  for (let ask = waiting.pop(); ask && ask.netuids.length > 0; ask = waiting.pop()) {
    const view = await viewAt(session, ask.at)
    view.runtime.need(FEATURES.epochs)
    const stored = await view.storage(
      ask.netuids.flatMap((netuid): Ask[] => [
        [LAST, netuid],
        [TEMPO, netuid],
      ]),
    )
    for (const [index, netuid] of ask.netuids.entries()) {
      const block = asNumber(stored[index * 2]?.value, LAST)
      if (block < from || block > ask.at) continue
      found.push({ netuid, block, tempo: asNumber(stored[index * 2 + 1]?.value, TEMPO) })
      if (block > from) waiting.push({ at: block - 1, netuids: [netuid] })
    }
  }
  return found.sort((a, b) => a.block - b.block || a.netuid - b.netuid)
}

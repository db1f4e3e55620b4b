import type { AppError } from '../../../shared/errors.ts'
import type { Result } from '../../../shared/result.ts'
import type { BlockFacts, LedgerPort } from '../ledger.port.ts'
import { asNumber } from './answer.ts'
import { badAnswer } from './failure.ts'
import { viewsBetween } from './history.ts'
import { factsOf } from './read/ledger-facts.ts'
import { toHex } from './scale/bytes.ts'
import type { Session } from './session.ts'
import { eventsIn } from './tx/events.ts'
import type { View } from './view.ts'

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

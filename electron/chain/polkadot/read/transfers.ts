import type { Ss58 } from '../../../../shared/units/amounts.ts'
import type { TransferEvent } from '../../chain.port.ts'
import { Answer } from '../answer.ts'
import { viewsBetween } from '../history.ts'
import type { Session } from '../session.ts'
import { type ChainEvent, readEvents } from '../tx/events.ts'

/**
 * Transfers of TAO from or to any of `accounts` in blocks `from..to`, both inclusive: one request a block.
 * One after the other: this goes on in the background and must leave public endpoints room for the person.
 * @source pallet-balances `Transfer { from, to, amount }`
 */
export async function readTransfers(
  session: Session,
  accounts: ReadonlySet<Ss58>,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<readonly TransferEvent[]> {
  if (to < from) return []
  const viewOf = await viewsBetween(session, from, to)
  const found: TransferEvent[] = []
  for (let block = from; block <= to; block += 1)
    found.push(...transfersIn(await readEvents(await viewOf(block)), accounts, block))
  return found
}

/** Transfers among the events of one block. */
export function transfersIn(
  events: readonly ChainEvent[],
  accounts: ReadonlySet<Ss58>,
  block: number,
): readonly TransferEvent[] {
  return events.flatMap((event, position) => {
    if (event.name !== 'Balances.Transfer') return []
    const row = new Answer(event.value, event.name)
    const [from, to] = [row.address('from'), row.address('to')]
    if (!accounts.has(from) && !accounts.has(to)) return []
    return [{ block, position, from, to, amount: row.rao('amount') }]
  })
}

import { Stand } from '../../shared/ledger/stand.ts'
import type { Ss58 } from '../../shared/units/amounts.ts'
import type { StoragePort } from '../storage/storage.port.ts'
import { linesOf } from './ledger-lines.ts'

/** What an account holds by its lines before a block. Reads all of them, a page at a time: for rare questions. */
export async function standBefore(
  storage: StoragePort,
  genesis: string,
  { account, block }: { readonly account: Ss58; readonly block: number },
): Promise<Stand> {
  const stand = new Stand()
  for await (const entry of linesOf(storage, genesis, { account })) {
    if (entry.block >= block) break
    stand.apply(entry)
  }
  return stand
}

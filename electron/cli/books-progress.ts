import { z } from 'zod'
import { ledgerContract } from '../../shared/contract/ledger.contract.ts'
import { computingWords, percentOf } from '../../shared/words/books-words.ts'
import type { Asker } from './asker.ts'

/** Questions that wait until the books of the whole ledger are there. */
const WAITS_FOR_BOOKS: ReadonlySet<string> = new Set(['ledger.holdings', 'ledger.positions', 'ledger.allPositions'])

/** Says what is waited for while a question needs the books of a large ledger. @returns a function that ends it */
export function tellBooks(asker: Asker, name: string, say: (line: string) => void): () => void {
  if (!WAITS_FOR_BOOKS.has(name)) return () => undefined
  let told: number | undefined
  return asker.subscribe(
    'ledger.status',
    {},
    {
      reply: () => undefined,
      value: (value) => {
        const status = z.safeDecode(ledgerContract['ledger.status'].output, value as never)
        const computing = status.success ? status.data.computing : undefined
        if (!computing || told === percentOf(computing)) return
        told = percentOf(computing)
        say(computingWords(computing))
      },
    },
  )
}

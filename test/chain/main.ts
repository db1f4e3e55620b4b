// `npm run test:chain -- --ws URL [--words-file FILE]`: the journey of a holder against any real node.
//
// Reads everything, plans every move, and degrades by what the node's metadata offers. Sends only where it has play money:
// from the faucet of a practice network, or from an account whose words are in a file (a derivation path may stand behind
// them, as in `… walk//Alice`). That account is emptied of every position on the way: never use one of value.
// Ends with 1 where anything failed.
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { mnemonicGenerate } from '@polkadot/util-crypto'
import { newChain } from '../support/chain/chain-session.ts'
import { journey } from './journey.ts'
import { Report } from './report.ts'
import { signerFrom } from './signer.ts'

/** @returns whether nothing failed */
export async function runAgainst(endpoint: string, words: string, write: (line: string) => void): Promise<boolean> {
  const report = new Report(write)
  const chain = newChain()
  await report.part('the journey', () => journey({ chain, account: signerFrom(words), endpoint, report }))
  await chain.disconnect()
  return report.end()
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { ws: { type: 'string' }, 'words-file': { type: 'string' } } })
  if (!values.ws) {
    process.stderr.write('Which node? npm run test:chain -- --ws ws://127.0.0.1:9944 [--words-file FILE]\n')
    process.exit(2)
  }
  const file = values['words-file']
  const words = file === undefined ? mnemonicGenerate() : readFileSync(file, 'utf8').trim()
  process.exit((await runAgainst(values.ws, words, (line) => process.stdout.write(`${line}\n`))) ? 0 : 1)
}

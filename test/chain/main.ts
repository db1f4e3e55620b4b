// `npm run test:chain -- --ws URL [--words-file FILE]`: the journey of a holder against any real node.
//
// Reads everything, plans every move, and degrades by what the node's metadata offers. Sends only where it has money to play
// with: from the faucet of a practice network, from an account whose words are in a file (a derivation path may stand behind
// them), or, without a file, from the account that every development chain endows and whose words are printed in every
// manual of Substrate. The account that pays is emptied of every position on the way: never use one of value.
// Ends with 1 where anything failed.
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { mnemonicGenerate } from '@polkadot/util-crypto'
import { newChain } from '../support/chain/chain-session.ts'
import { journey } from './journey.ts'
import { Report } from './report.ts'
import { signerFrom } from './signer.ts'

/** `//Alice`, published so that anybody may spend from it. @source sp-core, `DEV_PHRASE` */
export const DEVELOPMENT = 'bottom drive obey lake curtain smoke basket hold race lonely fit walk//Alice'

/**
 * @param words of the account that pays; absent: a new one, and the development account where the new one gets nothing
 * @returns whether nothing failed
 */
export async function runAgainst(
  endpoint: string,
  words: string | undefined,
  write: (line: string) => void,
): Promise<boolean> {
  const report = new Report(write)
  const chain = newChain()
  const account = signerFrom(words ?? mnemonicGenerate())
  const rich = words === undefined ? signerFrom(DEVELOPMENT) : undefined
  await report.part('the journey', () => journey({ chain, account, rich, endpoint, report }))
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
  const words = file === undefined ? undefined : readFileSync(file, 'utf8').trim()
  process.exit((await runAgainst(values.ws, words, (line) => process.stdout.write(`${line}\n`))) ? 0 : 1)
}

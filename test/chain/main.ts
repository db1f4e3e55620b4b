// `npm run test:chain -- --ws URL [--words-file FILE]`: the journey of a holder against any real node.
//
// Reads everything, plans every trade, and degrades by what the node's metadata offers. Sends only where it has play money:
// from the faucet of a practice network, or from an account whose words are in a file. Never use an account of value.
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import {
  blake2AsU8a,
  encodeAddress,
  mnemonicGenerate,
  mnemonicToMiniSecret,
  sr25519PairFromSeed,
  sr25519Sign,
} from '@polkadot/util-crypto'
import { createPolkadotChain } from '../../electron/chain/polkadot/create-polkadot-chain.ts'
import { ss58 } from '../../shared/units/amounts.ts'
import { realClock, silentLog } from '../support/chain/chain-session.ts'
import { journey } from './journey.ts'
import { Report } from './report.ts'

/** @returns whether nothing failed */
export async function runAgainst(endpoint: string, words: string, write: (line: string) => void): Promise<boolean> {
  const pair = sr25519PairFromSeed(mnemonicToMiniSecret(words))
  const account = {
    address: ss58(encodeAddress(pair.publicKey, 42)),
    sign: (payload: Uint8Array) =>
      Uint8Array.of(1, ...sr25519Sign(payload.length > 256 ? blake2AsU8a(payload) : payload, pair)),
  }
  const report = new Report(write)
  const chain = createPolkadotChain({ clock: realClock, log: silentLog })
  try {
    await journey({ chain, account, endpoint, report })
  } catch (cause) {
    report.failed('the journey', cause instanceof Error ? cause.message : String(cause))
  } finally {
    await chain.disconnect()
  }
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

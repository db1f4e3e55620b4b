import { expect, test } from 'vitest'
import { startPractice } from '../support/chain/practice-network.ts'
import { FaultProxy } from '../support/fault-proxy.ts'
import { WORDS } from '../support/host-session.ts'
import { runAgainst } from './main.ts'

const METADATA = 'Metadata_metadata_at_version'
const hex = (text: string) => Buffer.from(text).toString('hex')

test('a runtime without simulations is read as far as it goes, and nothing is traded there without a quote', async () => {
  const network = await startPractice(['--block-ms', '150'])
  // Names of the same length: the metadata stays whole, and these functions are not in it.
  const proxy = await FaultProxy.before(network.ws, {
    calls: { [METADATA]: (honest) => honest.replaceAll(hex('sim_swap_'), hex('not_here_')) },
  })
  const lines: string[] = []
  try {
    expect(await runAgainst(proxy.ws, WORDS, (line) => lines.push(line)), lines.join('\n')).toBe(true)
    expect(lines).toContain('off   trades: this runtime simulates no swaps: they need a limit that a person sets')
    expect(lines.filter((line) => line.startsWith('ok    portfolio'))).toHaveLength(1)
    expect(proxy.methods).not.toContain('author_submitAndWatchExtrinsic')
  } finally {
    await proxy.stop()
    await network.stop()
  }
})

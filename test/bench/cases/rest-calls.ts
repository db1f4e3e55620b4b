import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHost, type Host } from '../../../electron/host/create-host.ts'
import { buildNodePorts, sourceResources } from '../../../electron/node-ports.ts'
import { nodeSpawn } from '../../../electron/system/node-spawn.ts'
import { MeddlingProxy } from '../../support/chain/meddling-proxy.ts'
import { startPractice } from '../../support/chain/practice-network.ts'
import type { BenchCase } from '../case.ts'
import { withTwoPositions } from './connect.ts'

/** Until nothing is new any more: what is asked of every block is subscribed to after three. */
const SETTLING_BLOCKS = 30
const MEASURED_BLOCKS = 60

/**
 * Requests per block of a host at rest: connected, a wallet with two positions, the portfolio and the subnets watched as a
 * window does, and everything that goes on in the background. Calls in a batch count one by one. Counted by a proxy.
 */
export const restCallsPerBlock: BenchCase = {
  name: 'rest-calls-per-block',
  unit: 'requests/block',
  target: 1,
  better: 'lower',
  run: async () => {
    const network = await startPractice(['--block-ms', '500'])
    const proxy = await MeddlingProxy.before(network.ws)
    const dataFolder = mkdtempSync(join(tmpdir(), 'taoforge-bench-'))
    const host = createHost(
      await buildNodePorts({
        kind: 'headless',
        version: 'bench',
        dataFolder,
        spawn: nodeSpawn,
        resourcesFolder: sourceResources,
        practice: { blockMs: 500 },
      }),
    )
    const over = new AbortController()
    try {
      const address = await withTwoPositions(network.ws)
      await host.start()
      await ready(host, address, proxy.ws)
      const { portfolio, subnets } = host.services.views
      for (const view of [portfolio, subnets]) view.watch(() => undefined, over.signal)
      const from = await untilBlockAfter(host, SETTLING_BLOCKS)
      const before = proxy.methods.length
      const to = await untilBlockAfter(host, MEASURED_BLOCKS)
      return (proxy.methods.length - before) / (to - from)
    } finally {
      over.abort()
      await host.close()
      await proxy.stop()
      await network.stop()
      rmSync(dataFolder, { recursive: true, force: true })
    }
  },
}

async function ready({ services }: Host, address: string, endpoint: string): Promise<void> {
  const connected = await services.network.select({ kind: 'custom', endpoint })
  if (!connected.ok) throw new Error(connected.error.code)
  const added = await services.wallets.manage({ kind: 'import-watch', name: 'rest', source: address })
  if (!added.ok) throw new Error(added.error.code)
  await services.wallets.select('rest')
}

function untilBlockAfter({ services }: Host, blocks: number): Promise<number> {
  const first = services.network.status().best?.number ?? 0
  return new Promise((resolve) => {
    const stop = services.network.onChange(({ best }) => {
      if (!best || best.number < first + blocks) return
      stop()
      resolve(best.number)
    })
  })
}

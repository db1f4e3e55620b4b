import { percentile } from '../../../shared/mining/percentile.ts'
import { AxonClient, expectAll, startLoaded } from '../axon-load.ts'
import type { BenchCase } from '../case.ts'

const BAD_PER_SECOND = 2_000
const GOOD_PER_SECOND = 20
/** The flood starts first and ends last. */
const SECONDS = Number(process.env['TAOFORGE_FLOOD_SECONDS'] ?? 60)
const FLOODERS = 60

/**
 * Each bad request names a known validator and is well formed, and no limit of an address stops it: every one is checked
 * in full, as far as the server checks those that sent bad ones before.
 * @returns the 99th percentile of what good requests wait, ms
 */
async function goodP99(): Promise<number> {
  const { axon, port, receiver } = await startLoaded()
  const [flooder, caller] = [new AxonClient(), new AxonClient()]
  const to = { port, receiver }
  try {
    const rate = { perSecond: BAD_PER_SECOND, seconds: SECONDS, connections: FLOODERS, bad: true, from: '127.0.0.2' }
    const flooding = flooder.ask({ kind: 'stream', ...to, ...rate })
    const calm = { perSecond: GOOD_PER_SECOND, seconds: SECONDS, connections: 4, bad: false, from: '127.0.0.1' }
    const good = await caller.ask({ kind: 'stream', ...to, ...calm })
    const bad = await flooding
    expectAll(good, 200)
    expectAll(bad, 401, 429)
    const perSecond = Math.round((BAD_PER_SECOND * SECONDS * 1_000) / bad.tookMs)
    const [p50 = 0, p99 = 0] = [percentile(good.latenciesMs, 0.5), percentile(good.latenciesMs, 0.99)]
    process.stderr.write(
      `bad/s ${perSecond}; of them checked ${bad.statuses[401] ?? 0}; good ${good.latenciesMs.length}, median ${p50.toFixed(1)} ms\n`,
    )
    return p99
  } finally {
    for (const client of [flooder, caller]) client.close()
    await axon.stop()
  }
}

export const flood: BenchCase = { name: 'flood', unit: 'ms', target: 100, better: 'lower', run: goodP99 }

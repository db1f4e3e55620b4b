import { AxonClient, CONNECTIONS, expectAll, madeMib, startLoaded } from '../axon-load.ts'
import type { BenchCase } from '../case.ts'

const REQUESTS = Number(process.env['TAOFORGE_SOAK_REQUESTS'] ?? 100_000)
/** By then everything is as warm as it gets, and as many replays are remembered as at any later time. */
const WARM = 10_000
/** Replays are remembered for up to 26 s: at this rate they are as many after the first part as at the end. */
const PER_SECOND = 380

/** @returns by how much the memory of host or server grew after the first part, percent; the worse of the two */
async function growth(): Promise<number> {
  const { axon, port, receiver, workers } = await startLoaded()
  const client = new AxonClient()
  const send = async (count: number): Promise<void> => {
    const rate = { perSecond: PER_SECOND, seconds: count / PER_SECOND, connections: CONNECTIONS }
    expectAll(await client.ask({ kind: 'stream', port, receiver, ...rate, bad: false, from: '127.0.0.1' }), 200)
  }
  const memory = () =>
    [{ name: 'host', pid: process.pid }, ...workers].map(({ name, pid }) => ({ name, mib: madeMib(pid) }))
  try {
    await send(WARM)
    const before = memory()
    await send(REQUESTS - WARM)
    const grown = memory().map(({ name, mib }, i) => ({
      name,
      mib,
      percent: (mib / (before[i]?.mib ?? mib) - 1) * 100,
    }))
    for (const { name, mib, percent } of grown)
      process.stderr.write(`${name}: ${mib.toFixed(1)} MiB, ${percent.toFixed(1)} % more\n`)
    return Math.max(...grown.map(({ percent }) => percent))
  } finally {
    client.close()
    await axon.stop()
  }
}

export const soakGrowth: BenchCase = { name: 'soak-growth', unit: '%', target: 5, better: 'lower', run: growth }

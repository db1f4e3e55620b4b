import { AxonClient, CONNECTIONS, expectAll, memoryMib, startLoaded } from '../axon-load.ts'
import type { BenchCase } from '../case.ts'

const REQUESTS = Number(process.env['TAOFORGE_SOAK_REQUESTS'] ?? 100_000)
/** What is warm after a tenth stays. */
const WARM = REQUESTS / 10
const PER_ROUND = 1_000

/** @returns by how much the memory of host or server grew after the first tenth, percent; the worse of the two */
async function growth(): Promise<number> {
  const { axon, port, receiver, workers } = await startLoaded()
  const client = new AxonClient()
  const send = async (total: number): Promise<void> => {
    for (let sent = 0; sent < total; sent += PER_ROUND)
      expectAll(
        await client.ask({ kind: 'round', port, receiver, count: PER_ROUND, connections: CONNECTIONS, bad: false }),
        200,
      )
  }
  const memory = () =>
    [{ name: 'host', pid: process.pid }, ...workers].map(({ name, pid }) => ({ name, mib: memoryMib(pid) }))
  try {
    await send(WARM)
    const before = memory()
    await send(REQUESTS - WARM)
    const after = memory()
    const grown = after.map(({ name, mib }, i) => ({ name, mib, percent: (mib / (before[i]?.mib ?? mib) - 1) * 100 }))
    for (const { name, mib, percent } of grown)
      process.stderr.write(`${name}: ${mib.toFixed(1)} MiB, ${percent.toFixed(1)} % more\n`)
    return Math.max(...grown.map(({ percent }) => percent))
  } finally {
    client.close()
    await axon.stop()
  }
}

export const soakGrowth: BenchCase = { name: 'soak-growth', unit: '%', target: 5, better: 'lower', run: growth }

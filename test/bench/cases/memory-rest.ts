import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHost } from '../../../electron/host/create-host.ts'
import { buildNodePorts, sourceResources } from '../../../electron/node-ports.ts'
import { nodeSpawn } from '../../../electron/system/node-spawn.ts'
import type { SpawnPort } from '../../../electron/system/spawn.port.ts'
import type { BenchCase } from '../case.ts'

const MIB = 1024 * 1024
/** Proportional set size: shared pages are counted once over all processes. Linux only. */
function pssMib(pid: number): number {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
  return (Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1]) * 1024) / MIB
}

/** Host, keys worker and llm worker with the self-test model, ten seconds after they came to rest. */
export const memoryRest: BenchCase = {
  name: 'memory-rest',
  unit: 'MiB',
  target: 600,
  better: 'lower',
  async run() {
    if (process.platform !== 'linux') throw new Error('memory-rest reads /proc and needs Linux')
    const folder = mkdtempSync(join(tmpdir(), 'taoforge-bench-'))
    const pids: number[] = []
    const spawn: SpawnPort = {
      start(name, options) {
        const worker = nodeSpawn.start(name, options)
        if ((name === 'keys' || name === 'llm') && worker.pid !== undefined) pids.push(worker.pid)
        return worker
      },
    }
    const ports = await buildNodePorts({
      kind: 'headless',
      version: 'bench',
      dataFolder: folder,
      spawn,
      resourcesFolder: sourceResources,
      practice: { blockMs: 2_000 },
    })
    const host = createHost(ports)
    try {
      await host.services.network.select({ kind: 'practice' })
      const path = await ports.models.pathOf('self-test')
      if (!path.ok) throw new Error(path.error.code)
      const loaded = await ports.llm.load({ file: path.value })
      if (!loaded.ok) throw new Error(loaded.error.code)
      await new Promise((resolve) => setTimeout(resolve, 10_000))
      return [process.pid, ...pids].reduce((sum, pid) => sum + pssMib(pid), 0)
    } finally {
      await host.close()
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

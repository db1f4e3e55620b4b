import { createHost } from '../../electron/host/create-host.ts'
import { buildNodePorts, sourceResources } from '../../electron/node-ports.ts'
import { keepNewSpaceSmall } from '../../electron/system/heap.ts'
import { nodeSpawn } from '../../electron/system/node-spawn.ts'
import type { SpawnPort } from '../../electron/system/spawn.port.ts'

/**
 * The host as `electron/headless/main.ts` makes it, without its pages: a process of its own, so that nothing of the
 * measuring is measured. Prints the pids of itself and its workers as JSON when it rests, and ends with its stdin.
 * Arguments: data folder, and `connected` for a practice network and a loaded model.
 */
const [dataFolder = '', connected] = process.argv.slice(2)
const pids: Record<string, number> = { host: process.pid }
const spawn: SpawnPort = {
  start(name, options) {
    const worker = nodeSpawn.start(name, options)
    if (worker.pid !== undefined) pids[name] = worker.pid
    return worker
  },
}

keepNewSpaceSmall()
const ports = await buildNodePorts({
  kind: 'headless',
  version: 'bench',
  dataFolder,
  spawn,
  resourcesFolder: sourceResources,
  practice: { blockMs: 2_000 },
})
const host = createHost(ports)
await host.start()
if (connected === 'connected') {
  const selected = await host.services.network.select({ kind: 'practice' })
  if (!selected.ok) throw new Error(selected.error.code)
  const path = await ports.models.pathOf('self-test')
  if (!path.ok) throw new Error(path.error.code)
  const loaded = await ports.llm.load({ file: path.value })
  if (!loaded.ok) throw new Error(loaded.error.code)
  // What every page asks for: the first answers fill caches that stay.
  for (const answer of [await ports.chain.subnets(), await ports.chain.epochFacts()])
    if (!answer.ok) throw new Error(answer.error.code)
}
process.stdin.resume()
process.stdin.on('end', () => void host.close().then(() => process.exit(0)))
process.stdout.write(`${JSON.stringify(pids)}\n`)

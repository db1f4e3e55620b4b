import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBuilt, rendererFolder } from '../../electron/headless/ensure-built.ts'
import { removeHostFile, writeHostFile } from '../../electron/headless/host-file.ts'
import { serveHost } from '../../electron/headless/serve.ts'
import { createHost, type HostPorts } from '../../electron/host/create-host.ts'
import { buildNodePorts, sourceResources } from '../../electron/node-ports.ts'
import { nodeSpawn } from '../../electron/system/node-spawn.ts'
import type { RunningHost } from './running-host.ts'

/**
 * The headless host inside this process, all of it real, with other resources than the app ships: endpoints and
 * catalogue entries that lead to servers of the test.
 * @param given `pages`: false = for sessions only, and no page is built; `keepsData`: its folder stays, for a host that is started on it again
 */
export async function startInnerHost(
  change: (ports: HostPorts) => Partial<HostPorts>,
  given: {
    readonly data?: string
    readonly resources?: string
    readonly pages?: false
    readonly keepsData?: true
  } = {},
): Promise<RunningHost> {
  if (given.pages !== false) await ensureBuilt(() => undefined)
  const data = given.data ?? mkdtempSync(join(tmpdir(), 'taoforge-inner-'))
  const ports = await buildNodePorts({
    kind: 'headless',
    version: '0.1.0',
    dataFolder: data,
    spawn: nodeSpawn,
    resourcesFolder: given.resources ?? sourceResources,
    practice: { blockMs: 500 },
  })
  const host = createHost({ ...ports, ...change(ports) })
  const served = await serveHost(host, rendererFolder, 0)
  writeHostFile(data, { pid: process.pid, port: served.port, token: served.token })
  await host.start()
  return {
    url: served.url,
    token: served.token,
    data,
    async stop() {
      removeHostFile(data)
      await served.close()
      await host.close()
      if (!given.keepsData) rmSync(data, { recursive: true, force: true })
    },
  }
}

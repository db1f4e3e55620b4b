import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHost } from '../../../electron/host/create-host.ts'
import { buildNodePorts, sourceResources } from '../../../electron/node-ports.ts'
import type { SpawnPort } from '../../../electron/system/spawn.port.ts'
import type { Dice } from '../dice.ts'
import { Finding, type Target } from '../target.ts'
import { type Ask, anyAsk, CHANNELS } from './router.ts'

/** Workers that die at once: what the host says then is part of the test, and nothing is started thousands of times. */
const stillborn: SpawnPort = {
  start: () => ({
    pid: undefined,
    send: () => undefined,
    onMessage: () => () => undefined,
    onExit: (listener) => {
      queueMicrotask(() => listener(1))
      return () => undefined
    },
    kill: () => undefined,
  }),
}

/** These would ask the network, or write where the case says. */
const NOT_ASKED = /^(network\.select|models\.|wallet\.export|mining\.start|fleet\.(invite|add))/

/** The services behind the router: real host, real database, no worker and no network. */
export const host: Target = {
  name: 'host',
  cases: 30_000,
  slice: 500,
  async prepare() {
    const dataFolder = mkdtempSync(join(tmpdir(), 'taoforge-fuzz-host-'))
    const options = { kind: 'headless', version: '0.0.0', dataFolder, spawn: stillborn } as const
    const ports = await buildNodePorts({ ...options, resourcesFolder: sourceResources, practice: { blockMs: 1_000 } })
    const lines: unknown[] = []
    let defect: unknown
    const log: typeof ports.log = {
      log(level, event, facts) {
        lines.push({ level, event, facts })
        // The host turns what is thrown into a code for the user; here it is a finding.
        if (event === 'internal') defect = facts?.['reason']
      },
    }
    const made = createHost({ ...ports, log })
    const channels = CHANNELS.filter(([name]) => !NOT_ASKED.test(name))
    return {
      make: (dice: Dice) => anyAsk(dice, channels),
      async run(input) {
        const { name, raw } = input as Ask
        if (NOT_ASKED.test(name)) return undefined
        lines.length = 0
        defect = undefined
        const gone = new AbortController()
        const values: unknown[] = []
        const stream = made.router.subscribe(
          { name, raw, reach: 'desktop' },
          (value) => values.push(value),
          gone.signal,
        )
        const reply = await made.router.call(name, raw, 'desktop', gone.signal)
        gone.abort()
        if (defect !== undefined) throw new Finding(`${name}: ${String(defect)}`)
        // The name of a wallet that is not there is repeated; it is no place for a secret.
        return reply.ok || stream.ok ? lines : [{ ...(reply.error as object), name: '' }, lines]
      },
      async end() {
        await made.close()
        rmSync(dataFolder, { recursive: true, force: true })
      },
    }
  },
}

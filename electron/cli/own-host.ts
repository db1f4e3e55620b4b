import { readFileSync } from 'node:fs'
import { APP_BLOCK_MS } from '../headless/arguments.ts'
import { createHost } from '../host/create-host.ts'
import { buildNodePorts, sourceResources } from '../node-ports.ts'
import { keepNewSpaceSmall } from '../system/heap.ts'
import { nodeSpawn } from '../system/node-spawn.ts'
import type { Asker } from './asker.ts'
import { hostAsker } from './host-asker.ts'

/** A host for one question. @throws StorageFailure */
export async function ownHost(dataFolder: string): Promise<Asker> {
  keepNewSpaceSmall()
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  const host = createHost(
    await buildNodePorts({
      kind: 'cli',
      version,
      dataFolder,
      spawn: nodeSpawn,
      resourcesFolder: sourceResources,
      practice: { blockMs: APP_BLOCK_MS },
    }),
  )
  await host.start()
  return hostAsker(host)
}

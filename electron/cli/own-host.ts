import { readFileSync } from 'node:fs'
import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { APP_BLOCK_MS } from '../headless/arguments.ts'
import { createHost, type HostPorts } from '../host/create-host.ts'
import { storageError } from '../host/explainer.ts'
import { buildNodePorts, sourceResources } from '../node-ports.ts'
import { StorageFailure } from '../storage/storage.port.ts'
import { keepNewSpaceSmall } from '../system/heap.ts'
import { nodeSpawn } from '../system/node-spawn.ts'
import type { Asker } from './asker.ts'
import { hostAsker } from './host-asker.ts'

/** A host for one question. @errors storage/…, host/data-folder-in-use */
export async function ownHost(dataFolder: string): Promise<Result<Asker, AppError>> {
  keepNewSpaceSmall()
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  let ports: HostPorts
  try {
    ports = await buildNodePorts({
      kind: 'cli',
      version,
      dataFolder,
      spawn: nodeSpawn,
      resourcesFolder: sourceResources,
      practice: { blockMs: APP_BLOCK_MS },
    })
  } catch (cause) {
    if (cause instanceof StorageFailure) return err(storageError(cause))
    throw cause
  }
  const host = createHost(ports)
  await host.start()
  return ok(hostAsker(host))
}

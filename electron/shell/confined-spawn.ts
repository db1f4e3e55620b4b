import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { handleOf } from '../system/child-handle.ts'
import { extraFlags, WORKER_HEAP } from '../system/heap.ts'
import { permissionFlags } from '../system/permission-flags.ts'
import type { SpawnPort } from '../system/spawn.port.ts'
import type { NodeBeside } from './node-beside.ts'
import { environmentFor } from './worker-environment.ts'

export interface ConfinedPieces {
  readonly beside: NodeBeside
  /** For workers that are not restricted. */
  readonly others: SpawnPort
}

/**
 * Workers that are restricted to folders, as processes of the Node that the app brings: it enforces what Electron's own
 * processes do not. Its end of the pipe is a channel of Node, as under plain Node.
 */
export function confinedSpawn({ beside, others }: ConfinedPieces): SpawnPort {
  return {
    start(name, options = {}) {
      const flags = permissionFlags(beside.codeFolder, options)
      if (flags.length === 0) return others.start(name, options)
      const worker = join(beside.codeFolder, 'out', 'main', 'workers', `${name}.js`)
      const child = spawn(
        beside.program,
        [...WORKER_HEAP, ...extraFlags(name), ...flags, worker, ...(options.args ?? [])],
        {
          serialization: 'advanced',
          stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
          env: environmentFor(options),
          windowsHide: true,
        },
      )
      return handleOf(child, options.onLine)
    },
  }
}

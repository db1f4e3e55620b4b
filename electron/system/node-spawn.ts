import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { handleOf } from './child-handle.ts'
import { extraFlags, WORKER_HEAP } from './heap.ts'
import { permissionFlags } from './permission-flags.ts'
import type { SpawnPort, WorkerName } from './spawn.port.ts'

const root = new URL('../../', import.meta.url)
const ENTRY: Readonly<Record<WorkerName, string>> = {
  keys: 'electron/keys/worker/main.ts',
  llm: 'electron/llm/worker/main.ts',
  axon: 'electron/axon/worker/main.ts',
  practice: 'electron/practice/main.ts',
  adapter: 'electron/mining/third-party/main.ts',
  ledger: 'electron/storage/export-worker/main.ts',
}

/** Workers as plain Node processes. */
export const nodeSpawn: SpawnPort = {
  start(name, options = {}) {
    const child = fork(fileURLToPath(new URL(ENTRY[name], root)), [...(options.args ?? [])], {
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...options.env },
      execArgv: [...WORKER_HEAP, ...extraFlags(name), ...permissionFlags(fileURLToPath(root), options)],
    })
    return handleOf(child, options.onLine)
  },
}

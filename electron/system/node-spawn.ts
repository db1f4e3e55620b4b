import { type ChildProcess, fork } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { WORKER_HEAP } from './heap.ts'
import type { SpawnPort, WorkerHandle, WorkerName, WorkerOptions } from './spawn.port.ts'

const root = new URL('../../', import.meta.url)
const ENTRY: Readonly<Record<WorkerName, string>> = {
  keys: 'electron/keys/worker/main.ts',
  llm: 'electron/llm/worker/main.ts',
  axon: 'electron/axon/worker/main.ts',
  practice: 'electron/practice/main.ts',
}

/**
 * Node's permission model, used where the caller names folders. Child processes and threads are then refused, too, and
 * addons unless the worker needs one; that one has to close the door behind it. The warning says nothing more than that.
 */
function permissionFlags(options: WorkerOptions): readonly string[] {
  if (!options.mayRead && !options.mayWrite) return []
  const code = fileURLToPath(root)
  const reads = [code, ...(options.mayRead ?? []), ...(options.mayWrite ?? [])]
  return [
    '--permission',
    ...(options.mayLoadAddons ? ['--allow-addons', '--disable-warning=PERM0001'] : []),
    ...reads.map((path) => `--allow-fs-read=${path}`),
    ...(options.mayWrite ?? []).map((path) => `--allow-fs-write=${path}`),
  ]
}

function handleOf(child: ChildProcess, onLine?: (line: string) => void): WorkerHandle {
  let gone = false
  const exits = new Set<(code: number | null) => void>()
  const end = (code: number | null) => {
    if (gone) return
    gone = true
    for (const listener of exits) listener(code)
  }
  child.on('exit', end)
  child.on('error', () => end(null))
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', (line) => onLine?.(line))
  }
  return {
    pid: child.pid,
    send: (message) => {
      // The callback form swallows EPIPE of a dying child; its exit is reported by `onExit`.
      if (child.connected) child.send(message as object, () => undefined)
    },
    onMessage: (listener) => {
      child.on('message', listener)
      return () => void child.off('message', listener)
    },
    onExit: (listener) => {
      if (gone) queueMicrotask(() => listener(child.exitCode))
      exits.add(listener)
      return () => void exits.delete(listener)
    },
    kill: () => void child.kill('SIGKILL'),
  }
}

/** Workers as plain Node processes. */
export const nodeSpawn: SpawnPort = {
  start(name, options = {}) {
    const child = fork(fileURLToPath(new URL(ENTRY[name], root)), [...(options.args ?? [])], {
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...options.env },
      execArgv: [...WORKER_HEAP, ...permissionFlags(options)],
    })
    return handleOf(child, options.onLine)
  },
}

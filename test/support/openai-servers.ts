import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { BackendTarget } from '../../electron/backends/backends.port.ts'
import type { ServerWish, Told } from './openai-server.ts'

const PROGRAM = fileURLToPath(new URL('openai-server.ts', import.meta.url))

export interface RunningServer {
  readonly port: number
  readonly child: ChildProcess
  told(): Promise<Told>
  /** With `SIGKILL`: sockets break in the middle. */
  kill(): Promise<void>
}

const running = new Set<ChildProcess>()

/** Starts one in a process of its own; answers when it listens. */
export async function startServer(wish: ServerWish): Promise<RunningServer> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', PROGRAM, JSON.stringify(wish)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  running.add(child)
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  const port = Number(line)
  return {
    port,
    child,
    told: async () => (await (await fetch(`http://127.0.0.1:${port}/told`)).json()) as Told,
    kill: () => end(child),
  }
}

async function end(child: ChildProcess): Promise<void> {
  running.delete(child)
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

export async function endServers(): Promise<void> {
  await Promise.all([...running].map(end))
}

export const targetOf = (port: number, change: Partial<BackendTarget> = {}): BackendTarget => ({
  id: `b${port}`,
  name: `server ${port}`,
  url: `http://127.0.0.1:${port}`,
  model: 'tiny',
  serves: 'text',
  places: 2,
  enabled: true,
  ...change,
})

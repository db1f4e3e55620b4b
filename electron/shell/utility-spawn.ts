import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { ForkOptions, UtilityProcess } from 'electron'
import { WORKER_HEAP } from '../system/heap.ts'
import type { SpawnPort, WorkerHandle, WorkerName, WorkerOptions } from '../system/spawn.port.ts'
import { environmentFor } from './worker-environment.ts'

export interface UtilityPieces {
  /** `utilityProcess.fork`. */
  readonly fork: (modulePath: string, args: string[], options: ForkOptions) => UtilityProcess
  /** Folder of the bundled workers, one file per name. */
  readonly workersFolder: string
  /** Ends a process at once. `UtilityProcess.kill` asks politely, which is not enough for a process with keys in it. */
  readonly killNow: (pid: number) => void
}

class UtilityWorker implements WorkerHandle {
  readonly #child: UtilityProcess
  readonly #killNow: UtilityPieces['killNow']
  readonly #exits = new Set<(code: number | null) => void>()
  /** Sent before the process runs: kept here, since a message to a process that is not there yet may be lost. */
  #early: unknown[] | undefined = []
  #exitCode: number | null | undefined
  #killed = false

  constructor(child: UtilityProcess, killNow: UtilityPieces['killNow']) {
    this.#child = child
    this.#killNow = killNow
    child.once('spawn', () => this.#spawned())
    child.once('exit', (code: number) => this.#ended(code))
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  send(message: unknown): void {
    if (this.#exitCode !== undefined) return
    if (this.#early) this.#early.push(message)
    else this.#child.postMessage(message)
  }

  onMessage(listener: (message: unknown) => void): () => void {
    this.#child.on('message', listener)
    return () => void this.#child.off('message', listener)
  }

  onExit(listener: (code: number | null) => void): () => void {
    const ended = this.#exitCode
    if (ended !== undefined) queueMicrotask(() => listener(ended))
    else this.#exits.add(listener)
    return () => void this.#exits.delete(listener)
  }

  kill(): void {
    if (this.#killed) return
    this.#killed = true
    this.#end()
  }

  #end(): void {
    const { pid } = this.#child
    // Not running yet: `#spawned` ends it.
    if (pid === undefined) return
    this.#killNow(pid)
    this.#child.kill()
  }

  #spawned(): void {
    if (this.#killed) return this.#end()
    const early = this.#early ?? []
    this.#early = undefined
    for (const message of early) this.#child.postMessage(message)
  }

  #ended(code: number): void {
    if (this.#exitCode !== undefined) return
    this.#exitCode = code
    for (const listener of this.#exits) listener(code)
    this.#exits.clear()
  }
}

/**
 * Workers as Electron utility processes: with `runAsNode` switched off there is no `child_process.fork`.
 * `mayRead` and `mayWrite` are not enforced here: a utility process takes Node's `--permission` and does nothing about
 * it. `confinedSpawn` is for those.
 */
export function utilitySpawn({ fork, workersFolder, killNow }: UtilityPieces): SpawnPort {
  return {
    start(name: WorkerName, options: WorkerOptions = {}) {
      const child = fork(join(workersFolder, `${name}.js`), [...(options.args ?? [])], {
        serviceName: `taoforge-${name}`,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: environmentFor(options),
        execArgv: [...WORKER_HEAP],
      })
      for (const stream of [child.stdout, child.stderr])
        if (stream) createInterface({ input: stream }).on('line', (line) => options.onLine?.(line))
      return new UtilityWorker(child, killNow)
    },
  }
}

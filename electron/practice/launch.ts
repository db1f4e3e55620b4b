import { rename } from 'node:fs/promises'
import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { SpawnPort, WorkerHandle } from '../system/spawn.port.ts'
import type { PracticePort } from './practice.port.ts'

export interface PracticeLaunch {
  readonly spawn: SpawnPort
  /** State of the chain; made if absent. */
  readonly folder: string
  readonly blockMs: number
  readonly seed?: number
  /** Blocks that stake stays on root after its last change, in a network that begins now. */
  readonly rootHoldBlocks?: number
  /** Lines that the process writes to stderr, for the log. */
  readonly onLine?: (line: string) => void
}

type Ready = { readonly ws: string; readonly genesis: string }
const readyOf = (message: unknown): Ready | undefined => {
  const m = message as { kind?: unknown; ws?: unknown; genesis?: unknown } | null
  return m?.kind === 'ready' && typeof m.ws === 'string' && typeof m.genesis === 'string'
    ? { ws: m.ws, genesis: m.genesis }
    : undefined
}

/** The process says so in its last line when the folder holds a network with another genesis or runtime. */
const isOtherVersion = (error: AppError): boolean =>
  error.code === 'practice/did-not-start' && error.reason.includes('practice/other-network')

/** Seeding derives some hundred keys; a slow computer gets this long before we call it failed. */
const START_TIMEOUT_MS = 60_000

/** Starts the practice network as a worker process and remembers where it listens. */
export function launchPractice(options: PracticeLaunch): PracticePort {
  let running: { worker: WorkerHandle; ready: Promise<Result<Ready, AppError>> } | undefined

  function launch() {
    let lastLine = ''
    const { folder, blockMs, seed, rootHoldBlocks } = options
    const worker = options.spawn.start('practice', {
      args: [
        ...['--port', '0', '--block-ms', String(blockMs), '--data', folder],
        ...(seed === undefined ? [] : ['--seed', String(seed)]),
        ...(rootHoldBlocks === undefined ? [] : ['--root-hold', String(rootHoldBlocks)]),
      ],
      onLine: (line) => {
        lastLine = line
        options.onLine?.(line)
      },
    })
    const ready = new Promise<Result<Ready, AppError>>((resolve) => {
      const fail = (reason: string) => resolve(err({ code: 'practice/did-not-start', reason }))
      const timer = setTimeout(() => fail('no answer'), START_TIMEOUT_MS)
      worker.onMessage((message) => {
        const found = readyOf(message)
        if (!found) return
        clearTimeout(timer)
        resolve(ok(found))
      })
      worker.onExit((code) => {
        clearTimeout(timer)
        if (running?.worker === worker) running = undefined
        fail(lastLine || `ended with code ${code}`)
      })
    })
    return { worker, ready }
  }

  async function startOnce(): Promise<Result<Ready, AppError>> {
    running ??= launch()
    const started = running
    const ready = await started.ready
    if (!ready.ok && running === started) {
      started.worker.kill()
      running = undefined
    }
    return ready
  }

  return {
    async start() {
      const first = await startOnce()
      if (first.ok || !isOtherVersion(first.error)) return first
      // Play money of an older Taoforge: put aside, never deleted, and a fresh network begins.
      await rename(options.folder, `${options.folder}-before-${Date.now()}`)
      return startOnce()
    },
    async stop() {
      const { worker } = running ?? {}
      running = undefined
      if (!worker) return
      await new Promise<void>((resolve) => {
        worker.onExit(() => resolve())
        worker.kill()
      })
    },
  }
}

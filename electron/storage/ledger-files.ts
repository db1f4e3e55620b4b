import { existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { SpawnPort, WorkerHandle } from '../system/spawn.port.ts'
import type { FromExporter, ToExporter } from './export-worker/messages.ts'
import type { FileAsk, LedgerFilesPort, LedgerFileTaker } from './ledger-files.port.ts'
import { StorageFailure } from './storage.port.ts'

interface LedgerFilesDeps {
  readonly spawn: SpawnPort
  readonly dataFolder: string
  /** What the process says beside its messages. */
  readonly onLine?: (line: string) => void
}

/** Each file by a process of its own, which reads the data folder and ends with the file. */
export function ledgerFiles({ spawn, dataFolder, onLine }: LedgerFilesDeps): LedgerFilesPort {
  const running = new Set<WorkerHandle>()
  const folder = resolve(dataFolder)
  const programs = join(folder, 'cache', 'programs')
  const start = (args: readonly string[]): WorkerHandle => {
    const worker = spawn.start('ledger', {
      args,
      mayRead: [folder],
      mayWrite: [programs],
      // SQLite is one; it opens the file for reading only.
      mayLoadAddons: true,
      env: { NODE_COMPILE_CACHE: programs },
      ...(onLine ? { onLine } : {}),
    })
    running.add(worker)
    worker.onExit(() => running.delete(worker))
    return worker
  }
  /** Its sources as programs, made once: beside the lots that would be too much memory. */
  const prepared = async (): Promise<void> => {
    if (existsSync(programs)) return
    mkdirSync(programs, { recursive: true, mode: 0o700 })
    await new Promise<void>((done) => start([]).onExit(() => done()))
  }
  return {
    async stream(ask, taker) {
      await prepared()
      if (taker.signal?.aborted) return err({ code: 'contract/cancelled' })
      const worker = start([folder])
      try {
        return await taken(worker, ask, taker)
      } finally {
        worker.kill()
      }
    },
    close() {
      for (const worker of running) worker.kill()
    },
  }
}

function taken(
  worker: WorkerHandle,
  ask: FileAsk,
  { put, signal }: LedgerFileTaker,
): Promise<Result<number, AppError>> {
  const tell = (message: ToExporter): void => worker.send(message)
  return new Promise((settle, reject) => {
    // Texts are taken one after the other, in the order in which they came; the end waits for the last of them.
    let last: Promise<void> = Promise.resolve()
    const onMessage = (said: FromExporter): void => {
      if (said.kind === 'text') {
        last = last.then(() => put(said.text))
        last.then(() => tell({ kind: 'more' }), reject)
      } else if (said.kind === 'done') last.then(() => settle(ok(said.lines)), reject)
      else reject(new StorageFailure(said.failure.kind, said.failure.path, said.failure.message))
    }
    worker.onMessage((message) => onMessage(message as FromExporter))
    worker.onExit(() => settle(err({ code: 'ledger/export-ended' })))
    signal?.addEventListener('abort', () => settle(err({ code: 'contract/cancelled' })), { once: true })
    tell({ kind: 'write', ask })
  })
}

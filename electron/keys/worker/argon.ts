import * as crypto from 'node:crypto'
import { availableMemory, platform } from 'node:process'
import { argon2i, argon2id } from 'hash-wasm'
import type { AppError } from '../../../shared/errors.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { addonArgon } from './native-argon.ts'

export interface KdfCost {
  readonly passes: number
  readonly memoryKib: number
}

/** Argon2 version 1.3, one lane, 32 bytes out. */
export interface ArgonTask {
  readonly variant: 'argon2i' | 'argon2id'
  readonly salt: Uint8Array
  readonly cost: KdfCost
}

/** Share of the work that is done, 0 to 1, by the clock: no implementation tells it. */
export type OnProgress = (share: number) => void

const KEY_LENGTH = 32
const PROGRESS_EVERY_MS = 200
/** Below one until the work is really done. */
const MOST_SHARE = 0.99

/** Milliseconds for one pass over one KiB; a guess that each run corrects. */
let msPerStep = 0.001

/**
 * Bytes that a process may still get, or `undefined` where the platform cannot say: macOS counts reclaimable memory as
 * used, so its figure would refuse computers that have plenty.
 */
export const memoryLeft = (): number | undefined => (platform === 'darwin' ? undefined : availableMemory())

/**
 * Stretches a password. Holds `cost.memoryKib` while it runs: one at a time.
 * @param leftBytes what may be used; see {@link memoryLeft}.
 * @returns 32 bytes; the caller wipes them.
 * @errors keys/not-enough-memory
 * @source RFC 9106.
 */
export async function stretch(
  password: Uint8Array,
  task: ArgonTask,
  { leftBytes = memoryLeft(), onProgress }: { leftBytes?: number | undefined; onProgress?: OnProgress } = {},
): Promise<Result<Uint8Array, AppError>> {
  const neededBytes = task.cost.memoryKib * 1024
  const refused: Result<never, AppError> = err({ code: 'keys/not-enough-memory', neededBytes })
  if (leftBytes !== undefined && leftBytes < neededBytes) return refused
  const steps = task.cost.passes * task.cost.memoryKib
  const startedMs = performance.now()
  const stop = reporting(steps * msPerStep, onProgress)
  try {
    const key =
      (await addonArgon(password, task, KEY_LENGTH)) ??
      (await nativeArgon(password, task)) ??
      (await wasmArgon(password, task))
    msPerStep = (performance.now() - startedMs) / steps
    onProgress?.(1)
    return ok(key)
  } catch (cause) {
    // WebAssembly memory that cannot grow throws one of these two; anything else is our bug.
    if (cause instanceof RangeError || (cause instanceof Error && cause.name === 'RuntimeError')) return refused
    throw cause
  } finally {
    stop()
  }
}

/** Reports while the event loop is free, which it is not with {@link wasmArgon}. @returns ends it. */
function reporting(expectedMs: number, onProgress: OnProgress | undefined): () => void {
  if (!onProgress) return () => undefined
  onProgress(0)
  const startedMs = performance.now()
  const timer = setInterval(() => {
    onProgress(Math.min(MOST_SHARE, (performance.now() - startedMs) / expectedMs))
  }, PROGRESS_EVERY_MS)
  return () => clearInterval(timer)
}

/** Node's own Argon2, off the event loop, where the add-on is not there. `undefined` where it is missing, as in Electron's BoringSSL. */
export function nativeArgon(password: Uint8Array, { variant, salt, cost }: ArgonTask): Promise<Uint8Array | undefined> {
  if (typeof crypto.argon2 !== 'function') return Promise.resolve(undefined)
  const shape = { message: password, nonce: salt, parallelism: 1, tagLength: KEY_LENGTH }
  return new Promise((resolve) => {
    // A failure, such as memory that cannot be had, leaves the decision to the other implementation.
    crypto.argon2(variant, { ...shape, memory: cost.memoryKib, passes: cost.passes }, (failed, key) =>
      resolve(failed ? undefined : new Uint8Array(key)),
    )
  })
}

export function wasmArgon(password: Uint8Array, { variant, salt, cost }: ArgonTask): Promise<Uint8Array> {
  const shape = { salt, parallelism: 1, hashLength: KEY_LENGTH, outputType: 'binary' } as const
  const run = variant === 'argon2i' ? argon2i : argon2id
  return run({ password, iterations: cost.passes, memorySize: cost.memoryKib, ...shape })
}

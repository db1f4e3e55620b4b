import type { AppError } from '../errors.ts'
import { err, ok, type Result } from '../result.ts'

export interface ModelShape {
  readonly sizeBytes: number
  /** Longest context the model was trained for. Unit: tokens. Undefined = unknown. */
  readonly contextLength: number | undefined
  readonly layers: number | undefined
  readonly cacheNumbersPerLayer: number | undefined
  readonly vocabularySize: number | undefined
}

export interface MachineRoom {
  readonly memoryTotalBytes: number
  /** What a new process can get without pushing others to disk. */
  readonly memoryFreeBytes: number
  /** Free memory of a GPU that has its own; undefined = no GPU, or one that shares the machine's memory. */
  readonly vramFreeBytes: number | undefined
  /** Cores that this process may run on. */
  readonly cores: number
}

export interface ModelLoadPlan {
  /** Tokens of one chat, prompt and answer together. */
  readonly contextTokens: number
  readonly parallel: number
  readonly threads: number
  readonly neededBytes: number
  readonly availableBytes: number
}

/** What chat requests of a validator need, with room; more costs memory for nothing. May grow with a subnet that asks more. */
export const WANTED_CONTEXT = 4096
/** Below this a chat is cut off in normal use. */
export const LEAST_CONTEXT = 512
/** Chats at once: throughput rises with each, latency of one falls; four keeps a laptop responsive. */
export const WANTED_PARALLEL = 4
/** Keys and values are kept as 16-bit floats. */
const CACHE_NUMBER_BYTES = 2
/**
 * Scratch space of a step and the process itself. Measured with a model of 0.1 billion weights: the whole plan is then
 * 80 to 100 MB above what the library reports for weights and context. The library checks its exact need again at load.
 */
const SCRATCH_BYTES = 96 * 1024 ** 2
/** Tokens computed in one step; every one may have a row of logits. */
const BATCH_TOKENS = 512
const LOGIT_BYTES = 4
/** Of the whole memory, left for the system and the other programs; at least this many bytes. */
const RESERVE_PERCENT = 5
const RESERVE_BYTES = 512 * 1024 ** 2
/** A step of a model under this size is shorter than the threads' barrier: measured 4,900 tokens/s with one thread, 78 with two. */
const ONE_THREAD_BELOW_BYTES = 16 * 1024 ** 2
/** Used when a file does not say its shape. Layers × numbers of a 7-billion model, so that the guess errs to the safe side. */
const UNKNOWN_LAYERS = 32
const UNKNOWN_CACHE_NUMBERS = 2048

/** @returns memory for weights, cache and scratch. Unit: bytes. */
export function neededMemory(shape: ModelShape, contextTokens: number, parallel: number): number {
  const perToken =
    (shape.layers ?? UNKNOWN_LAYERS) * (shape.cacheNumbersPerLayer ?? UNKNOWN_CACHE_NUMBERS) * CACHE_NUMBER_BYTES
  const logits = Math.min(BATCH_TOKENS, contextTokens) * (shape.vocabularySize ?? 0) * LOGIT_BYTES
  return Math.ceil(shape.sizeBytes + perToken * contextTokens * parallel + logits + SCRATCH_BYTES)
}

/** Room for a model: free memory less the reserve, and a GPU's own memory on top. Unit: bytes. */
export function roomForModel(room: MachineRoom): number {
  const reserve = Math.max(RESERVE_BYTES, (room.memoryTotalBytes * RESERVE_PERCENT) / 100)
  return Math.max(0, Math.floor(room.memoryFreeBytes - reserve)) + (room.vramFreeBytes ?? 0)
}

/** One core is always left for the window, the chain connection and the system. */
const threadsFor = (shape: ModelShape, cores: number): number =>
  shape.sizeBytes < ONE_THREAD_BELOW_BYTES ? 1 : Math.max(1, cores - 1)

function settings(longest: number): readonly (readonly [contextTokens: number, parallel: number])[] {
  const wanted = Math.min(WANTED_CONTEXT, longest)
  const least = Math.min(LEAST_CONTEXT, longest)
  const shorter = [2048, 1024, 512].filter((tokens) => tokens < wanted && tokens > least)
  return [
    [wanted, WANTED_PARALLEL],
    [wanted, 2],
    [wanted, 1],
    ...shorter.map((tokens) => [tokens, 1] as const),
    ...(least < wanted ? [[least, 1] as const] : []),
  ]
}

/**
 * Chooses context, chats at once and threads for a model on this machine: the most generous setting that fits, giving
 * up parallel chats before context. Memory of the model's file is counted in full, although the system could page it:
 * a paged model is too slow to answer in time.
 *
 * @returns     Units as in {@link ModelLoadPlan}.
 * @errors      model/too-large, with the need of the smallest setting.
 */
export function planModelLoad(shape: ModelShape, room: MachineRoom): Result<ModelLoadPlan, AppError> {
  const availableBytes = roomForModel(room)
  const threads = threadsFor(shape, room.cores)
  let neededBytes = 0
  for (const [contextTokens, parallel] of settings(shape.contextLength ?? WANTED_CONTEXT)) {
    neededBytes = neededMemory(shape, contextTokens, parallel)
    if (neededBytes <= availableBytes) return ok({ contextTokens, parallel, threads, neededBytes, availableBytes })
  }
  return err({ code: 'model/too-large', neededBytes, availableBytes })
}

/**
 * What to tell before a download: would it load here, and would it run well?
 *
 * @param neededBytes  memory need of the model; 0 or less = unknown.
 * @returns `slow` when it loads but a GPU with memory of its own does not hold all of it, or when no GPU is there and
 *          it is above what a processor computes at reading speed.
 */
export function fitOf(neededBytes: number, room: MachineRoom): 'fits' | 'slow' | 'does-not-fit' | 'unknown' {
  if (neededBytes <= 0) return 'unknown'
  if (neededBytes > roomForModel(room)) return 'does-not-fit'
  if (room.vramFreeBytes !== undefined && neededBytes <= room.vramFreeBytes) return 'fits'
  return neededBytes > CPU_COMFORT_BYTES ? 'slow' : 'fits'
}
/** About three billion weights in 4 bits: some ten tokens a second on four laptop cores. */
const CPU_COMFORT_BYTES = 3 * 1024 ** 3

import type { AppError } from '../errors.ts'
import { err, ok, type Result } from '../result.ts'
import {
  BATCH_TOKENS,
  type LoadSetting,
  layersOf,
  type MachineRoom,
  type MemoryNeed,
  type ModelShape,
  neededMemory,
  roomForModel,
} from './model-memory.ts'

/** One way to load a model. */
export interface ModelLoadPlan extends LoadSetting {
  readonly threads: number
  /** Tokens computed in one step. */
  readonly batchTokens: number
  /** Of `layers`, on the GPU. */
  readonly gpuLayers: number
  /** With the output, which llama.cpp counts as one more. */
  readonly layers: number
  readonly vramBytes: number
  /** Memory and GPU memory together. Unit: bytes. */
  readonly neededBytes: number
  readonly availableBytes: number
}

/** What chat requests of a validator need, with room; more costs memory for nothing. May grow with a subnet that asks more. */
export const WANTED_CONTEXT = 4096
/** Below this a chat is cut off in normal use. */
export const LEAST_CONTEXT = 512
/** Chats at once: throughput rises with each, latency of one falls; four keeps a laptop responsive. */
export const WANTED_PARALLEL = 4
/** A text to embed or rank goes in whole, in one step: longer ones would take memory that short ones never use. */
const WANTED_POOLED_CONTEXT = 2048
/** A step of a model under this size is shorter than the threads' barrier: measured 4,900 tokens/s with one thread, 78 with two. */
const ONE_THREAD_BELOW_BYTES = 16 * 1024 ** 2

/** One core is always left for the window, the chain connection and the system. */
const threadsFor = (shape: ModelShape, cores: number): number =>
  shape.sizeBytes < ONE_THREAD_BELOW_BYTES ? 1 : Math.max(1, cores - 1)

const isPooled = ({ kind }: ModelShape): boolean => kind === 'embed' || kind === 'rank'

/** The whole context that is wanted: what is asked is then never cut. */
function wholeSettings(shape: ModelShape): readonly LoadSetting[] {
  const longest = shape.contextLength ?? WANTED_CONTEXT
  const kvType = 'f16'
  if (isPooled(shape)) return [{ contextTokens: Math.min(WANTED_POOLED_CONTEXT, longest), parallel: 1, kvType }]
  const contextTokens = Math.min(WANTED_CONTEXT, longest)
  return [WANTED_PARALLEL, 2, 1].map((parallel) => ({ contextTokens, parallel, kvType }))
}

/**
 * From the most generous on. Chats at once are given up first, they only wait then. Keys in 8 bits come next: hardly a word
 * changes, but the library calls them experimental, so that they are used only in place of a shorter context.
 */
function allSettings(shape: ModelShape): readonly LoadSetting[] {
  const whole = wholeSettings(shape)
  const wanted = whole[0]?.contextTokens ?? LEAST_CONTEXT
  const eightBits = !isPooled(shape) && shape.headLength !== undefined && shape.headLength % 32 === 0
  const shorter = [2048, 1024, LEAST_CONTEXT].filter((contextTokens) => contextTokens < wanted)
  return [
    ...whole,
    ...(eightBits ? [{ contextTokens: wanted, parallel: 1, kvType: 'q8_0' } as const] : []),
    ...shorter.map((contextTokens) => ({ contextTokens, parallel: 1, kvType: 'f16' }) as const),
  ]
}

interface Candidate {
  readonly setting: LoadSetting
  readonly gpuLayers: number
}

/**
 * Every way to load a model, the best first. All of it on the GPU is many times as fast as a part of it, so that comes
 * first with the whole context; after that, context and chats at once are what counts, with as many layers as fit.
 */
function* candidates(shape: ModelShape, { vramFreeBytes, sharedGpu }: MachineRoom): Generator<Candidate> {
  const layers = layersOf(shape)
  if (vramFreeBytes !== undefined) for (const setting of wholeSettings(shape)) yield { setting, gpuLayers: layers }
  for (const setting of allSettings(shape)) {
    if (vramFreeBytes !== undefined) for (let n = layers; n > 0; n--) yield { setting, gpuLayers: n }
    if (sharedGpu === true) yield { setting, gpuLayers: layers }
    yield { setting, gpuLayers: 0 }
  }
}

/** A GPU that shares the machine's memory takes nothing of its own. */
const needOf = (shape: ModelShape, { setting, gpuLayers }: Candidate, { sharedGpu }: MachineRoom): MemoryNeed =>
  neededMemory(shape, setting, sharedGpu === true ? 0 : gpuLayers)

/** From the best on, every plan that the estimate has room for. */
function* possiblePlans(shape: ModelShape, room: MachineRoom): Generator<ModelLoadPlan> {
  const available = roomForModel(room)
  for (const candidate of candidates(shape, room)) {
    const need = needOf(shape, candidate, room)
    if (need.memoryBytes > available.memoryBytes || need.vramBytes > available.vramBytes) continue
    const { setting, gpuLayers } = candidate
    yield {
      ...setting,
      gpuLayers,
      layers: layersOf(shape),
      threads: threadsFor(shape, room.cores),
      batchTokens: isPooled(shape) ? setting.contextTokens : Math.min(BATCH_TOKENS, setting.contextTokens),
      vramBytes: need.vramBytes,
      neededBytes: need.memoryBytes + need.vramBytes,
      availableBytes: available.memoryBytes + available.vramBytes,
    }
  }
}

/**
 * Chooses layers on the GPU, context, chats at once, type of the cache and threads for a model on this machine: the most
 * generous setting that fits. Memory of the model's file is counted in full, although the system could page it: a paged
 * model is too slow to answer in time.
 *
 * @returns     Units as in {@link ModelLoadPlan}.
 * @errors      model/too-large, with the need of the smallest setting.
 */
export function planModelLoad(shape: ModelShape, room: MachineRoom): Result<ModelLoadPlan, AppError> {
  for (const plan of possiblePlans(shape, room)) return ok(plan)
  const available = roomForModel(room)
  const smallest = allSettings(shape).at(-1) ?? { contextTokens: LEAST_CONTEXT, parallel: 1, kvType: 'f16' as const }
  const neededBytes = neededMemory(shape, smallest).memoryBytes
  return err({ code: 'model/too-large', neededBytes, availableBytes: available.memoryBytes + available.vramBytes })
}

/** After so many loads that did not fit onto the GPU the rest is tried without it: each try takes seconds. */
const MOST_GPU_TRIES = 3

/**
 * The best plan that takes clearly less of what ran out: of the GPU's memory while there is something on it, else of the
 * machine's. What the estimate allowed turned out too large, so a plan that differs by little would be, too.
 *
 * @param failed  plans that were tried, in their order; at least one.
 */
export function nextSmallerPlan(
  shape: ModelShape,
  room: MachineRoom,
  failed: readonly ModelLoadPlan[],
): ModelLoadPlan | undefined {
  const last = failed.at(-1)
  if (!last) return undefined
  const onGpu = failed.filter(({ gpuLayers }) => gpuLayers > 0).length
  const mostVram = onGpu < MOST_GPU_TRIES ? last.vramBytes * 0.6 : 0
  for (const plan of possiblePlans(shape, room)) {
    if (last.vramBytes > 0 && plan.vramBytes <= mostVram) return plan
    if (last.vramBytes > 0 || plan.gpuLayers > 0) continue
    // A GPU that computes in the machine's memory may fail where the processor does not.
    if (last.gpuLayers > 0 || plan.neededBytes <= last.neededBytes * 0.8) return plan
  }
  return undefined
}

import type { ModelKind } from './gguf-header.ts'

/** What memory a model takes, from its header. Undefined = the file does not say. */
export interface ModelShape {
  readonly sizeBytes: number
  /** Longest context the model was trained for. Unit: tokens. */
  readonly contextLength: number | undefined
  readonly layers: number | undefined
  readonly cacheNumbersPerLayer: number | undefined
  readonly vocabularySize: number | undefined
  /** Length of one head's key: keys can be kept in 8 bits only where blocks of 32 divide it. */
  readonly headLength?: number | undefined
  /** Default: text. */
  readonly kind?: ModelKind
}

/** What the user wants kept free for other programs; absent = the default. Unit: bytes. */
export interface ModelReserve {
  readonly memoryBytes?: number | undefined
  readonly vramBytes?: number | undefined
}

export interface MachineRoom {
  readonly memoryTotalBytes: number
  /** What a new process can get without pushing others to disk. */
  readonly memoryFreeBytes: number
  /** Free memory of a GPU that has its own; undefined = no GPU, or one that shares the machine's memory. */
  readonly vramFreeBytes: number | undefined
  /** There is a GPU, and it computes in the machine's own memory (Metal). Default: false. */
  readonly sharedGpu?: boolean
  /** Cores that this process may run on. */
  readonly cores: number
  readonly reserve?: ModelReserve | undefined
}

/** How keys and values are kept: 16-bit floats, or blocks of 32 numbers in 8 bits with a scale of 16. */
export type KvType = 'f16' | 'q8_0'
const KV_BYTES: Readonly<Record<KvType, number>> = { f16: 2, q8_0: 34 / 32 }

/** A way to run a model. */
export interface LoadSetting {
  readonly contextTokens: number
  readonly parallel: number
  readonly kvType: KvType
}

/**
 * Scratch space of a step and the process itself. Measured with a model of 0.1 billion weights: the whole plan is then
 * 80 to 100 MB above what the library reports for weights and context. The library checks its exact need again at load.
 */
const SCRATCH_BYTES = 96 * 1024 ** 2
/** Tokens computed in one step; every one may have a row of logits. */
export const BATCH_TOKENS = 512
const LOGIT_BYTES = 4
/**
 * Of the whole memory, kept for the system and the other programs unless the user says otherwise: less makes a desktop push
 * its programs to disk, and then the model waits for the disk, too. At least this many bytes.
 */
const RESERVE_PERCENT = 5
export const RESERVE_BYTES = 512 * 1024 ** 2
/** Of a GPU's own memory: what windows of a desktop take, and what drivers take for a program beside its data. */
export const VRAM_RESERVE_BYTES = 512 * 1024 ** 2
/** Used when a file does not say its shape. Layers × numbers of a 7-billion model, so that the guess errs to the safe side. */
const UNKNOWN_LAYERS = 32
const UNKNOWN_CACHE_NUMBERS = 2048

/** What llama.cpp counts as layers: those of the model and one for its output. */
export const layersOf = (shape: ModelShape): number => (shape.layers ?? UNKNOWN_LAYERS) + 1

function cacheBytes(shape: ModelShape, { contextTokens, parallel, kvType }: LoadSetting): number {
  const perToken = (shape.layers ?? UNKNOWN_LAYERS) * (shape.cacheNumbersPerLayer ?? UNKNOWN_CACHE_NUMBERS)
  return perToken * KV_BYTES[kvType] * contextTokens * parallel
}

function scratchBytes(shape: ModelShape, { contextTokens }: LoadSetting): number {
  return SCRATCH_BYTES + Math.min(BATCH_TOKENS, contextTokens) * (shape.vocabularySize ?? 0) * LOGIT_BYTES
}

export interface MemoryNeed {
  readonly memoryBytes: number
  readonly vramBytes: number
}

/**
 * Memory for weights, cache and scratch with `gpuLayers` of {@link layersOf} on a GPU of its own. Weights are counted as if
 * every layer had the same share: the library's exact need is checked by itself at load.
 */
export function neededMemory(shape: ModelShape, setting: LoadSetting, gpuLayers = 0): MemoryNeed {
  const layers = layersOf(shape)
  const share = gpuLayers / layers
  const cache = cacheBytes(shape, setting)
  const cacheShare = layers > 1 ? Math.min(1, gpuLayers / (layers - 1)) : share
  const scratch = scratchBytes(shape, setting)
  return {
    memoryBytes: Math.ceil(shape.sizeBytes * (1 - share) + cache * (1 - cacheShare) + scratch),
    vramBytes: gpuLayers === 0 ? 0 : Math.ceil(shape.sizeBytes * share + cache * cacheShare + scratch),
  }
}

/** What a model may take: free memory less the reserve. */
export function roomForModel({ memoryTotalBytes, memoryFreeBytes, vramFreeBytes, reserve }: MachineRoom): MemoryNeed {
  const kept = reserve?.memoryBytes ?? Math.max(RESERVE_BYTES, (memoryTotalBytes * RESERVE_PERCENT) / 100)
  const vramKept = reserve?.vramBytes ?? VRAM_RESERVE_BYTES
  return {
    memoryBytes: Math.max(0, Math.floor(memoryFreeBytes - kept)),
    vramBytes: Math.max(0, Math.floor((vramFreeBytes ?? 0) - vramKept)),
  }
}

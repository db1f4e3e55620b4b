import {
  type ChatWrapper,
  getLlama,
  getLlamaGpuTypes,
  InsufficientMemoryError,
  type Llama,
  type LlamaContext,
  LlamaLogLevel,
  type LlamaModel,
  resolveChatWrapper,
} from 'node-llama-cpp'
import type { InspectedModel } from '../../../shared/inference/inspect-gguf.ts'
import { type MachineRoom, type ModelLoadPlan, planModelLoad } from '../../../shared/inference/plan-model-load.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { readMachine } from '../hardware.ts'
import type { LlmHardware, LoadedModel } from '../llm.port.ts'
import type { WorkerError } from '../messages.ts'
import { BATCH_TOKENS } from './batch.ts'
import { Places } from './places.ts'

/** A loaded model with everything that a chat needs. */
export interface Engine {
  readonly model: LlamaModel
  readonly context: LlamaContext
  readonly wrapper: ChatWrapper
  readonly places: Places
  readonly facts: LoadedModel
  dispose(): Promise<void>
}

let started: Promise<Llama> | undefined

/** The native library, started once. It takes a shipped binary or none: nothing is compiled or fetched. */
export function llama(): Promise<Llama> {
  started ??= getLlama({
    gpu: 'auto',
    build: 'never',
    skipDownload: true,
    progressLogs: false,
    logLevel: LlamaLogLevel.disabled,
    logger: () => undefined,
    // 0 = no cap of its own: the plan's number of threads is used as it is.
    maxThreads: 0,
  })
  return started
}

const backendOf = (library: Llama): LoadedModel['backend'] => library.gpu || 'cpu'

async function gpuRefusal(): Promise<string> {
  const supported = (await getLlamaGpuTypes('supported')).filter((type) => type !== false)
  return supported.length === 0
    ? 'no graphics card with a CUDA, Vulkan or Metal driver was found'
    : `a driver for ${supported.join(' and ')} was found, but the program for it did not start`
}

export async function readHardware(): Promise<LlmHardware> {
  const library = await llama()
  const machine = readMachine()
  if (library.gpu === false) return { ...machine, backend: 'cpu', gpus: [], gpuRefusal: await gpuRefusal() }
  const vram = await library.getVramState()
  const names = await library.getGpuDeviceNames()
  return {
    ...machine,
    backend: backendOf(library),
    gpus: names.map((name) => ({ name })),
    vramTotalBytes: vram.total,
    vramFreeBytes: vram.free,
  }
}

async function room(library: Llama): Promise<MachineRoom> {
  const machine = readMachine()
  // Metal shares the machine's memory; counting it twice would promise room that is not there.
  const ownVram = library.gpu !== false && library.gpu !== 'metal'
  return {
    memoryTotalBytes: machine.memoryTotalBytes,
    // Unknown on macOS: half of the memory is what its own graphics limit assumes to be obtainable.
    memoryFreeBytes: machine.memoryFreeBytes ?? machine.memoryTotalBytes / 2,
    vramFreeBytes: ownVram ? (await library.getVramState()).free : undefined,
    cores: machine.cpuCores,
  }
}

const reasonOf = (problem: unknown): string =>
  (problem instanceof Error ? problem.message : String(problem)).split('\n', 1)[0] ?? 'unknown'

/**
 * Plans the memory of a file that was inspected, and loads it.
 *
 * @errors model/broken, model/too-large
 */
export async function loadEngine(
  file: string,
  inspected: InspectedModel,
  onProgress: (fraction: number) => void,
): Promise<Result<Engine, WorkerError>> {
  const library = await llama()
  const plan = planModelLoad({ ...inspected.facts, sizeBytes: inspected.sizeBytes }, await room(library))
  if (!plan.ok) {
    return plan.error.code === 'model/too-large' ? err(plan.error) : err(broken(file, plan.error.code))
  }
  let model: LlamaModel | undefined
  try {
    model = await library.loadModel({
      modelPath: file,
      gpuLayers: library.gpu === false ? 0 : { fitContext: { contextSize: plan.value.contextTokens } },
      onLoadProgress: (fraction) => onProgress(fraction * 0.95),
    })
    return ok(await withContext({ library, model, inspected, plan: plan.value, file }))
  } catch (problem) {
    await model?.dispose()
    if (!(problem instanceof InsufficientMemoryError)) return err(broken(file, reasonOf(problem)))
    const { neededBytes, availableBytes } = plan.value
    return err({ code: 'model/too-large', neededBytes, availableBytes })
  }
}

const broken = (file: string, reason: string): WorkerError => ({ code: 'model/broken', file, reason })

interface Parts {
  readonly library: Llama
  readonly model: LlamaModel
  readonly inspected: InspectedModel
  readonly plan: ModelLoadPlan
  readonly file: string
}

async function withContext({ library, model, inspected, plan, file }: Parts): Promise<Engine> {
  const context = await model.createContext({
    contextSize: plan.contextTokens,
    sequences: plan.parallel,
    threads: plan.threads,
    batchSize: Math.min(BATCH_TOKENS, plan.contextTokens),
  })
  const wrapper = resolveChatWrapper(model, {
    warningLogs: false,
    // A reasoning model would spend a validator's whole deadline on thoughts that nobody reads.
    customWrapperSettings: { qwen: { thoughts: 'discourage' } },
  })
  const sequences = Array.from({ length: context.totalSequences }, () => context.getSequence())
  const places = new Places(sequences)
  return {
    model,
    context,
    wrapper,
    places,
    facts: {
      file,
      name: inspected.facts.name ?? model.filename ?? 'unnamed',
      sizeBytes: inspected.sizeBytes,
      contextTokens: Math.min(plan.contextTokens, context.contextSize),
      parallel: context.totalSequences,
      backend: backendOf(library),
      gpuLayers: model.gpuLayers,
      threads: plan.threads,
    },
    async dispose() {
      places.close()
      for (const sequence of sequences) await sequence.dispose()
      await context.dispose()
      await model.dispose()
    },
  }
}

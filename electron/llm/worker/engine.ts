import {
  type ChatWrapper,
  InsufficientMemoryError,
  type Llama,
  type LlamaContext,
  type LlamaModel,
  resolveChatWrapper,
} from 'node-llama-cpp'
import type { InspectedModel } from '../../../shared/inference/inspect-gguf.ts'
import { type ModelLoadPlan, planModelLoad } from '../../../shared/inference/plan-model-load.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { LoadedModel } from '../llm.port.ts'
import type { WorkerError } from '../messages.ts'
import { BATCH_TOKENS } from './batch.ts'
import { backendOf, llama, room } from './native.ts'
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
  for (const attempt of attemptsFor(plan.value, library.gpu !== false)) {
    try {
      return ok(await load({ library, inspected, plan: { ...plan.value, ...attempt }, file, onProgress }))
    } catch (failure) {
      if (!(failure instanceof InsufficientMemoryError)) return err(broken(file, reasonOf(failure)))
    }
  }
  const { neededBytes, availableBytes } = plan.value
  return err({ code: 'model/too-large', neededBytes, availableBytes })
}

const broken = (file: string, reason: string): WorkerError => ({ code: 'model/broken', file, reason })

interface Attempt {
  readonly parallel: number
  readonly useGpu: boolean
}

/** The plan estimates; llama.cpp knows exactly. What it finds too large is tried with less, at last without the GPU. */
function attemptsFor({ parallel }: ModelLoadPlan, gpu: boolean): readonly Attempt[] {
  const without = [
    { parallel, useGpu: false },
    { parallel: 1, useGpu: false },
  ]
  return gpu ? [{ parallel, useGpu: true }, { parallel: 1, useGpu: true }, ...without] : without
}

interface Parts {
  readonly library: Llama
  readonly inspected: InspectedModel
  readonly plan: ModelLoadPlan & Attempt
  readonly file: string
  readonly onProgress: (fraction: number) => void
}

async function load(parts: Parts): Promise<Engine> {
  const { library, plan, file, onProgress } = parts
  const fitContext = { contextSize: plan.contextTokens * plan.parallel }
  const model = await library.loadModel({
    modelPath: file,
    gpuLayers: plan.useGpu ? { fitContext } : 0,
    onLoadProgress: (fraction) => onProgress(fraction * 0.95),
  })
  try {
    return await withContext(model, parts)
  } catch (failure) {
    await model.dispose()
    throw failure
  }
}

async function withContext(model: LlamaModel, { library, inspected, plan, file }: Parts): Promise<Engine> {
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

import {
  type ChatWrapper,
  InsufficientMemoryError,
  type Llama,
  type LlamaContext,
  type LlamaEmbeddingContext,
  type LlamaModel,
  type LlamaRankingContext,
  resolveChatWrapper,
  type Token,
} from 'node-llama-cpp'
import type { ModelKind } from '../../../shared/inference/gguf-header.ts'
import type { InspectedModel } from '../../../shared/inference/inspect-gguf.ts'
import { type ModelLoadPlan, planModelLoad } from '../../../shared/inference/plan-model-load.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { LoadedModel, TaskKind } from '../llm.port.ts'
import type { WorkerError } from '../messages.ts'
import { BATCH_TOKENS } from './batch.ts'
import { backendOf, llama, room } from './native.ts'
import { Places } from './places.ts'

interface Loaded {
  readonly model: LlamaModel
  readonly facts: LoadedModel
  dispose(): Promise<void>
}
/** A loaded model that writes, with everything that a text needs. */
export interface TextEngine extends Loaded {
  readonly kind: 'text'
  readonly context: LlamaContext
  readonly wrapper: ChatWrapper
  readonly places: Places
  /** Beginnings of prompts by their system messages, as JSON. */
  readonly heads: Map<string, readonly Token[]>
}
export interface EmbedEngine extends Loaded {
  readonly kind: 'embed'
  readonly context: LlamaEmbeddingContext
}
export interface RankEngine extends Loaded {
  readonly kind: 'rank'
  readonly context: LlamaRankingContext
}
export type Engine = TextEngine | EmbedEngine | RankEngine

const DOES: Readonly<Record<ModelKind, readonly TaskKind[]>> = {
  text: ['chat', 'completion', 'json'],
  embed: ['embed'],
  rank: ['rank'],
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

function factsOf(model: LlamaModel, { library, inspected, plan, file }: Parts): LoadedModel {
  return {
    file,
    name: inspected.facts.name ?? model.filename ?? 'unnamed',
    sizeBytes: inspected.sizeBytes,
    contextTokens: plan.contextTokens,
    parallel: plan.parallel,
    backend: backendOf(library),
    gpuLayers: model.gpuLayers,
    threads: plan.threads,
    does: DOES[inspected.facts.kind],
  }
}

async function withContext(model: LlamaModel, parts: Parts): Promise<Engine> {
  const { kind } = parts.inspected.facts
  if (kind === 'text') return textEngine(model, parts)
  const facts = { ...factsOf(model, parts), parallel: 1 }
  const { contextTokens: contextSize, threads } = parts.plan
  // A text is pooled over one step: it must go in whole.
  const options = { contextSize, batchSize: contextSize, threads }
  const disposing = (context: LlamaEmbeddingContext | LlamaRankingContext) => async () => {
    await context.dispose()
    await model.dispose()
  }
  if (kind === 'embed') {
    const context = await model.createEmbeddingContext(options)
    return { kind, model, context, facts, dispose: disposing(context) }
  }
  const context = await model.createRankingContext(options)
  return { kind, model, context, facts, dispose: disposing(context) }
}

async function textEngine(model: LlamaModel, parts: Parts): Promise<TextEngine> {
  const { plan } = parts
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
  const contextTokens = Math.min(plan.contextTokens, context.contextSize)
  return {
    kind: 'text',
    model,
    context,
    wrapper,
    places,
    heads: new Map(),
    facts: { ...factsOf(model, parts), contextTokens, parallel: context.totalSequences },
    async dispose() {
      places.close()
      for (const sequence of sequences) await sequence.dispose()
      await context.dispose()
      await model.dispose()
    },
  }
}

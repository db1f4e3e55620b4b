import {
  type ChatWrapper,
  InsufficientMemoryError,
  type Llama,
  type LlamaContext,
  type LlamaContextOptions,
  type LlamaEmbeddingContext,
  type LlamaModel,
  type LlamaRankingContext,
  resolveChatWrapper,
  type Token,
} from 'node-llama-cpp'
import type { ModelKind } from '../../../shared/inference/gguf-header.ts'
import type { InspectedModel } from '../../../shared/inference/inspect-gguf.ts'
import type { ModelReserve } from '../../../shared/inference/model-memory.ts'
import { type ModelLoadPlan, nextSmallerPlan, planModelLoad } from '../../../shared/inference/plan-model-load.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { LoadedModel, TaskKind } from '../llm.port.ts'
import type { WorkerError } from '../messages.ts'
import { backendOf, native, room } from './native.ts'
import { Pause } from './pause.ts'
import { Places } from './places.ts'
import { Round } from './round.ts'

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
  readonly pause: Pause
  readonly round: Round
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

const broken = (file: string, reason: string): WorkerError => ({ code: 'model/broken', file, reason })

export interface LoadOrder {
  readonly file: string
  readonly inspected: InspectedModel
  readonly reserve: ModelReserve | undefined
  readonly onProgress: (fraction: number) => void
}

interface Parts extends LoadOrder {
  readonly library: Llama
  readonly plan: ModelLoadPlan
  readonly gaveUp: readonly string[]
}

const placed = ({ gpuLayers, layers, parallel, contextTokens, kvType }: ModelLoadPlan): string => {
  const where = gpuLayers === 0 ? 'on the processor' : `with ${gpuLayers} of ${layers} layers on the graphics card`
  const kept = kvType === 'f16' ? '' : ', remembered in 8 bits'
  return `${where}, ${parallel} at a time with ${contextTokens} tokens each${kept}`
}

/**
 * Plans the memory of a file that was inspected, and loads it. The plan estimates; llama.cpp knows exactly. What it finds
 * too large is tried with clearly less, step by step, at last without the GPU.
 *
 * @errors model/broken, model/too-large
 */
export async function loadEngine(order: LoadOrder): Promise<Result<Engine, WorkerError>> {
  const { file, inspected, reserve } = order
  const { library } = await native()
  const shape = { ...inspected.facts, sizeBytes: inspected.sizeBytes }
  const machine = await room(library, reserve)
  const first = planModelLoad(shape, machine)
  if (!first.ok) return err(first.error.code === 'model/too-large' ? first.error : broken(file, first.error.code))
  const failed: ModelLoadPlan[] = []
  const gaveUp: string[] = []
  for (let plan: ModelLoadPlan | undefined = first.value; plan; plan = nextSmallerPlan(shape, machine, failed)) {
    try {
      return ok(await load({ ...order, library, plan, gaveUp }))
    } catch (failure) {
      if (!isMemoryShort(failure, plan)) return err(broken(file, reasonOf(failure)))
      failed.push(plan)
      gaveUp.push(
        failure instanceof InsufficientMemoryError
          ? `There was no room to load it ${placed(plan)}.`
          : `It could not be loaded ${placed(plan)}: ${reasonOf(failure)}`,
      )
    }
  }
  const { neededBytes, availableBytes } = failed.at(-1) ?? first.value
  return err({ code: 'model/too-large', neededBytes, availableBytes })
}

/** Drivers have their own words for it; and what fails on a GPU or with keys in 8 bits is worth a try without them. */
const isMemoryShort = (failure: unknown, { gpuLayers, kvType }: ModelLoadPlan): boolean =>
  failure instanceof InsufficientMemoryError || gpuLayers > 0 || kvType !== 'f16'

async function load(parts: Parts): Promise<Engine> {
  const { library, plan, file, onProgress } = parts
  const model = await library.loadModel({
    modelPath: file,
    gpuLayers: plan.gpuLayers,
    onLoadProgress: (fraction) => onProgress(fraction * 0.95),
  })
  try {
    return await withContext(model, parts)
  } catch (failure) {
    await model.dispose()
    throw failure
  }
}

function factsOf(model: LlamaModel, { library, inspected, plan, file, gaveUp }: Parts): LoadedModel {
  return {
    file,
    name: inspected.facts.name ?? model.filename ?? 'unnamed',
    sizeBytes: inspected.sizeBytes,
    contextTokens: plan.contextTokens,
    parallel: plan.parallel,
    backend: model.gpuLayers > 0 ? backendOf(library) : 'cpu',
    gpuLayers: model.gpuLayers,
    layers: plan.layers,
    kvType: plan.kvType,
    batchTokens: plan.batchTokens,
    ...(gaveUp.length > 0 ? { gaveUp: [...gaveUp] } : {}),
    threads: plan.threads,
    does: DOES[inspected.facts.kind],
  }
}

async function withContext(model: LlamaModel, parts: Parts): Promise<Engine> {
  const { kind } = parts.inspected.facts
  if (kind === 'text') return textEngine(model, parts)
  const facts = factsOf(model, parts)
  const { contextTokens: contextSize, batchTokens: batchSize, threads } = parts.plan
  const options = { contextSize, batchSize, threads }
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

/** Values in 8 bits need the way of computing attention that never writes them out in full. */
const eightBits = ({ kvType }: ModelLoadPlan): LlamaContextOptions =>
  kvType === 'f16'
    ? {}
    : { experimentalKvCacheKeyType: 'Q8_0', experimentalKvCacheValueType: 'Q8_0', flashAttention: true }

async function textEngine(model: LlamaModel, parts: Parts): Promise<TextEngine> {
  const { plan } = parts
  const context = await model.createContext({
    contextSize: plan.contextTokens,
    sequences: plan.parallel,
    threads: plan.threads,
    batchSize: plan.batchTokens,
    ...eightBits(plan),
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
    pause: new Pause(),
    round: new Round(),
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

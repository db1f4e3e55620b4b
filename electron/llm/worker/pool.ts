import { performance } from 'node:perf_hooks'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { EmbedDone, EmbedTask, RankDone, RankTask } from '../llm.port.ts'
import type { WorkerError } from '../messages.ts'
import type { EmbedEngine, RankEngine } from './engine.ts'

interface Watching {
  readonly signal: AbortSignal
  readonly step: () => void
}

interface Pooling<T> {
  readonly inputs: readonly string[]
  /** Name of the field, for refusals. */
  readonly field: string
  readonly contextTokens: number
  lengthOf(input: string): number
  compute(input: string): Promise<T>
}

/** All inputs are measured before the first is computed: a request is refused as a whole, or done. */
async function pool<T>(
  { inputs, field, contextTokens, lengthOf, compute }: Pooling<T>,
  { signal, step }: Watching,
): Promise<
  Result<{ readonly each: readonly T[]; readonly promptTokens: number; readonly totalMs: number }, WorkerError>
> {
  const started = performance.now()
  let promptTokens = 0
  for (const [at, input] of inputs.entries()) {
    const length = lengthOf(input)
    if (length >= contextTokens) {
      const issue = `${field}.${at}: ${length} tokens do not fit into a context of ${contextTokens}`
      return err({ code: 'contract/bad-input', issues: [issue] })
    }
    promptTokens += length
  }
  const each: T[] = []
  for (const input of inputs) {
    if (signal.aborted) return err({ code: 'contract/cancelled' })
    each.push(await compute(input))
    step()
  }
  return ok({ each, promptTokens, totalMs: performance.now() - started })
}

function normalised(vector: readonly number[]): readonly number[] {
  const length = Math.hypot(...vector)
  return length > 0 ? vector.map((value) => value / length) : vector
}

/** @errors contract/bad-input when a text is longer than the context; contract/cancelled */
export async function runEmbedding(
  { context, facts }: EmbedEngine,
  { texts }: EmbedTask,
  on: Watching,
): Promise<Result<EmbedDone, WorkerError>> {
  const pooling: Pooling<readonly number[]> = {
    inputs: texts,
    field: 'texts',
    contextTokens: facts.contextTokens,
    lengthOf: (text) => context.calculateInputLength(text),
    compute: async (text) => normalised((await context.getEmbeddingFor(text)).vector),
  }
  const done = await pool(pooling, on)
  if (!done.ok) return done
  const { each, ...spent } = done.value
  return ok({ vectors: each, ...spent })
}

/** @errors contract/bad-input when the query and a document are longer than the context; contract/cancelled */
export async function runRanking(
  { context, facts }: RankEngine,
  { query, documents }: RankTask,
  on: Watching,
): Promise<Result<RankDone, WorkerError>> {
  const pooling: Pooling<number> = {
    inputs: documents,
    field: 'documents',
    contextTokens: facts.contextTokens,
    lengthOf: (document) => context.calculateInputLength(query, document),
    compute: (document) => context.rank(query, document),
  }
  const done = await pool(pooling, on)
  if (!done.ok) return done
  const { each, ...spent } = done.value
  return ok({ scores: each, ...spent })
}

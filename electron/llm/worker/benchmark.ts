import { performance } from 'node:perf_hooks'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { LlmSpeed } from '../llm.port.ts'
import type { WorkerError } from '../messages.ts'
import type { TextEngine } from './engine.ts'

/** Enough for a stable figure, and short: under two seconds at five tokens a second or more. */
const PROMPT_TOKENS = 128
const TOKENS = 64
const LIMIT_MS = 10_000

/** Speed of the loaded model on a fixed workload. */
export async function runBenchmark(
  engine: TextEngine,
  { signal, step }: { readonly signal: AbortSignal; readonly step: () => void },
): Promise<Result<LlmSpeed, WorkerError>> {
  const place = await engine.places.take(signal)
  if (!place) return err({ code: 'contract/cancelled' })
  try {
    const { sequence } = place
    place.head = []
    await engine.pause.during(() => sequence.clearHistory())
    const word = engine.model.tokenize('the')
    const room = Math.floor(engine.facts.contextTokens / 2)
    const prompt = Array.from({ length: PROMPT_TOKENS }, () => word)
      .flat()
      .slice(0, Math.min(PROMPT_TOKENS, room))
    const before = performance.now()
    let first = before
    let tokens = 0
    for await (const _ of sequence.evaluate(prompt, { temperature: 0, yieldEogToken: true })) {
      step()
      tokens += 1
      if (tokens === 1) first = performance.now()
      if (signal.aborted) return err({ code: 'contract/cancelled' })
      const enough = tokens > Math.min(TOKENS, room - 1) || performance.now() - before > LIMIT_MS
      if (enough) break
      const others = engine.pause.wait()
      if (others) await others
    }
    const perSecond = (count: number, ms: number): number => (ms > 0 ? (count * 1000) / ms : 0)
    return ok({
      tokensPerSecond: perSecond(tokens - 1, performance.now() - first),
      promptTokensPerSecond: perSecond(prompt.length, first - before),
    })
  } finally {
    engine.places.give(place)
  }
}

import { fileURLToPath } from 'node:url'
import type { LlmPort } from '../../../electron/llm/llm.port.ts'
import { medianOfPairs, startRival, withBenchLlm } from '../bench-llm.ts'
import type { BenchCase } from '../case.ts'

/** Long enough that a token's cost dominates, short enough for a slow processor. */
const TOKENS = 256
/** First runs fill caches and compile code; they do not count. */
const WARM_UPS = 3
const QUESTION = 'Describe the sea, the wind and a harbour in the morning, at length.'
const DIRECT = fileURLToPath(new URL('../direct-llm.ts', import.meta.url))

async function msPerToken(llm: LlmPort): Promise<number> {
  const task = {
    messages: [{ role: 'user', content: QUESTION }],
    maxTokens: TOKENS,
    temperature: 0,
    deadlineMs: Date.now() + 300_000,
  } as const
  const before = performance.now()
  const result = await llm.chat(task, { token: () => undefined }, new AbortController().signal)
  if (!result.ok) throw new Error(result.error.code)
  return (performance.now() - before) / result.value.completionTokens
}

/** Tokens a second through the llm worker, over node-llama-cpp called directly in a process of its own. */
export const tokensRatio: BenchCase = {
  name: 'tokens-ratio',
  unit: 'ratio',
  target: 0.97,
  better: 'higher',
  run: () =>
    withBenchLlm(async (llm, { file, contextTokens, parallel, threads, gpuLayers }) => {
      const settings = [contextTokens, parallel, threads, gpuLayers].map(String)
      const direct = await startRival([process.execPath, DIRECT, file, ...settings, QUESTION, String(TOKENS)])
      try {
        for (let i = 0; i < WARM_UPS; i++) {
          await msPerToken(llm)
          await direct.run()
        }
        return await medianOfPairs('tokens-ratio', () => msPerToken(llm), direct.run)
      } finally {
        direct.child.kill()
      }
    }),
}

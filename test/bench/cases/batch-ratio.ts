import { fileURLToPath } from 'node:url'
import type { LlmPort, LoadedModel } from '../../../electron/llm/llm.port.ts'
import { medianOfPairs, type Rival, startRival, withRealLlm } from '../bench-llm.ts'
import type { BenchCase } from '../case.ts'

const TEXTS = 8
const TOKENS = 64
const WARM_UPS = 1
const DIRECT = fileURLToPath(new URL('../direct-batch.ts', import.meta.url))
const SERVER = fileURLToPath(new URL('../llama_server.py', import.meta.url))

/** Eight texts at once through the llm worker. @returns ms for each token of them all */
async function msPerToken(llm: LlmPort): Promise<number> {
  const before = performance.now()
  const results = await Promise.all(
    Array.from({ length: TEXTS }, (_, n) =>
      llm.complete(
        {
          prompt: `Story number ${n}: once upon a time`,
          maxTokens: TOKENS,
          temperature: 0,
          deadlineMs: Date.now() + 300_000,
        },
        { token: () => undefined },
        new AbortController().signal,
      ),
    ),
  )
  const tookMs = performance.now() - before
  const tokens = results.map((result) => {
    if (!result.ok) throw new Error(result.error.code)
    return result.value.completionTokens
  })
  return tookMs / tokens.reduce((sum, one) => sum + one, 0)
}

/** Of four and eight places, the faster one on this machine. */
async function bestPlaces(direct: Rival): Promise<string> {
  const took: [ms: number, places: string][] = []
  for (const places of ['4', '8']) {
    for (let i = 0; i < WARM_UPS; i++) await direct.run(places)
    const runs = [await direct.run(places), await direct.run(places)]
    took.push([Math.min(...runs), places])
  }
  process.stderr.write(`batch-ratio, direct: ${took.map(([ms, n]) => `${n} places ${ms.toFixed(0)} ms`).join(', ')}\n`)
  return took.toSorted(([a], [b]) => a - b)[0]?.[1] ?? '8'
}

async function compared(llm: LlmPort, rival: () => Promise<number>, name: string): Promise<number> {
  for (let i = 0; i < WARM_UPS; i++) await msPerToken(llm)
  return medianOfPairs(name, () => msPerToken(llm), rival)
}

async function againstDirect(llm: LlmPort, { file, contextTokens, threads, gpuLayers }: LoadedModel): Promise<number> {
  const settings = [contextTokens, threads, gpuLayers, TEXTS, TOKENS].map(String)
  const direct = await startRival([process.execPath, DIRECT, file, ...settings])
  try {
    const places = await bestPlaces(direct)
    return await compared(llm, async () => (await direct.run(places)) / (TEXTS * TOKENS), 'batch-ratio')
  } finally {
    direct.child.kill()
  }
}

/** Tokens a second in sum of eight requests at once, over the best of direct batching with node-llama-cpp. */
export const batchRatio: BenchCase = {
  name: 'batch-ratio',
  unit: 'ratio',
  target: 0.92,
  better: 'higher',
  run: () => withRealLlm(againstDirect),
}

async function againstServer(llm: LlmPort, { file, contextTokens, threads }: LoadedModel): Promise<number> {
  const python = process.env['TAOFORGE_LLAMA_CPP_PYTHON'] ?? 'python3'
  const settings = [contextTokens, threads, TEXTS, TOKENS].map(String)
  const server = await startRival([python, SERVER, file, ...settings])
  try {
    await server.run()
    return await compared(llm, server.run, 'batch-server-ratio')
  } finally {
    server.child.stdin?.end()
  }
}

/** The same over the server of llama-cpp-python; `TAOFORGE_LLAMA_CPP_PYTHON` names a Python that has it. */
export const batchServerRatio: BenchCase = {
  name: 'batch-server-ratio',
  unit: 'ratio',
  target: 1,
  better: 'higher',
  run: () => withRealLlm(againstServer),
}

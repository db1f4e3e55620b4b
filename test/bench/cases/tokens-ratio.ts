import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { launchLlm } from '../../../electron/llm/launch.ts'
import type { LlmPort, LoadedModel } from '../../../electron/llm/llm.port.ts'
import { createModels } from '../../../electron/models/models.ts'
import { nodeSpawn } from '../../../electron/system/node-spawn.ts'
import type { ClockPort } from '../../../electron/system/system.port.ts'
import type { BenchCase } from '../case.ts'

/** Long enough that a token's cost dominates, short enough for a slow processor. */
const TOKENS = 256
/** First runs fill caches and compile code; they do not count. */
const WARM_UPS = 3
/** Pairs of runs. An odd number at most, so that the median is one of them. */
const FEWEST_PAIRS = 9
const MOST_PAIRS = 41
const PAIRS_MS = 30_000
const QUESTION = 'Describe the sea, the wind and a harbour in the morning, at length.'
const DIRECT = fileURLToPath(new URL('../direct-llm.ts', import.meta.url))

const clock: ClockPort = {
  nowMs: () => Date.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
  every: () => () => undefined,
}

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

interface Direct {
  readonly child: ChildProcess
  run(): Promise<number>
}

async function startDirect(model: LoadedModel): Promise<Direct> {
  const settings = [model.contextTokens, model.parallel, model.threads, model.gpuLayers].map(String)
  const child = spawn(process.execPath, [DIRECT, model.file, ...settings, QUESTION, String(TOKENS)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  await lines.next()
  return {
    child,
    async run() {
      child.stdin.write('go\n')
      const { value, done } = await lines.next()
      if (done) throw new Error('the direct process ended')
      return Number(value)
    },
  }
}

/**
 * Both runs of a pair see the same machine, whatever else it does, and each goes first in every other pair; so the ratio
 * of a pair says more than two averages, and their median is not moved by a few pairs that something disturbed.
 */
async function medianOfPairs(llm: LlmPort, direct: Direct): Promise<number> {
  const ratios: number[] = []
  const since = performance.now()
  while (ratios.length < FEWEST_PAIRS || (ratios.length < MOST_PAIRS && performance.now() - since < PAIRS_MS)) {
    const directFirst = ratios.length % 2 === 0 ? await direct.run() : undefined
    const ourMs = await msPerToken(llm)
    ratios.push((directFirst ?? (await direct.run())) / ourMs)
  }
  const sorted = ratios.toSorted((a, b) => a - b)
  process.stderr.write(`tokens-ratio, all ${sorted.length} pairs: ${sorted.map((r) => r.toFixed(3)).join(' ')}\n`)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN
}

async function measure(folder: string): Promise<number> {
  const models = createModels({ folder, catalogue: [] })
  const own = await models.pathOf('self-test')
  const file = process.env['TAOFORGE_TEST_MODEL'] ?? (own.ok ? own.value : '')
  const llm = launchLlm({ spawn: nodeSpawn, clock })
  let direct: Direct | undefined
  try {
    const loaded = await llm.load({ file })
    if (!loaded.ok) throw new Error(loaded.error.code)
    direct = await startDirect(loaded.value)
    for (let i = 0; i < WARM_UPS; i++) {
      await msPerToken(llm)
      await direct.run()
    }
    return await medianOfPairs(llm, direct)
  } finally {
    direct?.child.kill()
    await llm.close()
  }
}

/** Tokens a second through the llm worker, over node-llama-cpp called directly in a process of its own. */
export const tokensRatio: BenchCase = {
  name: 'tokens-ratio',
  unit: 'ratio',
  target: 0.95,
  better: 'higher',
  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'taoforge-bench-'))
    try {
      return await measure(folder)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
}

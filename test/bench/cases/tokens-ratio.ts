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
/** Runs of each, in turn; the quickest of each counts, which is the one that other programs disturbed least. */
const FEWEST_ROUNDS = 5
const MOST_ROUNDS = 60
const ROUNDS_MS = 8_000
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
    // The first runs fill caches and compile code; they do not count.
    await msPerToken(llm)
    await direct.run()
    let directMs = Number.POSITIVE_INFINITY
    let ourMs = Number.POSITIVE_INFINITY
    const since = performance.now()
    for (let round = 0; round < MOST_ROUNDS; round++) {
      if (round >= FEWEST_ROUNDS && performance.now() - since > ROUNDS_MS) break
      directMs = Math.min(directMs, await direct.run())
      ourMs = Math.min(ourMs, await msPerToken(llm))
    }
    return directMs / ourMs
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

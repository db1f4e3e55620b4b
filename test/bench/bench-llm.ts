import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { launchLlm } from '../../electron/llm/launch.ts'
import type { LlmPort, LoadedModel } from '../../electron/llm/llm.port.ts'
import { createModels } from '../../electron/models/models.ts'
import { nodeSpawn } from '../../electron/system/node-spawn.ts'
import type { ClockPort } from '../../electron/system/system.port.ts'
import { smollm2 } from '../support/smollm2.ts'

const clock: ClockPort = {
  nowMs: () => Date.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
  every: (periodMs, run) => {
    const timer = setInterval(run, periodMs)
    return () => clearInterval(timer)
  },
}

type Work<T> = (llm: LlmPort, model: LoadedModel) => Promise<T>

/** The same with a small real model: steps of the self-test model are too short for what is measured. */
export async function withRealLlm<T>(work: Work<T>): Promise<T> {
  const file = await smollm2()
  if (!file) throw new Error('no model')
  return withBenchLlm(work, file)
}

/** A llm worker with the self-test model, or the one that `TAOFORGE_TEST_MODEL` names. */
export async function withBenchLlm<T>(work: Work<T>, named = process.env['TAOFORGE_TEST_MODEL']): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'taoforge-bench-'))
  const llm = launchLlm({ spawn: nodeSpawn, clock })
  try {
    const own = await createModels({ folder, catalogue: [] }).pathOf('self-test')
    const file = named ?? (own.ok ? own.value : '')
    const loaded = await llm.load({ file })
    if (!loaded.ok) throw new Error(loaded.error.code)
    return await work(llm, loaded.value)
  } finally {
    await llm.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** A program that answers each line on its stdin with a number. */
export interface Rival {
  readonly child: ChildProcess
  run(line?: string): Promise<number>
}

/** @param command  program and arguments; its first line says that it is ready. */
export async function startRival(command: readonly string[]): Promise<Rival> {
  const [program = '', ...args] = command
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async (): Promise<string> => {
    const { value, done } = await lines.next()
    if (done) throw new Error(`${program} ended`)
    return value
  }
  await next()
  return {
    child,
    async run(line = 'go') {
      child.stdin.write(`${line}\n`)
      return Number(await next())
    },
  }
}

/** Pairs of runs. An odd number at most, so that the median is one of them. */
const FEWEST_PAIRS = 9
const MOST_PAIRS = 41
const PAIRS_MS = 30_000

/**
 * Both runs of a pair see the same machine, whatever else it does, and each goes first in every other pair; so the ratio
 * of a pair says more than two averages, and their median is not moved by a few pairs that something disturbed.
 *
 * @returns the median of rival ÷ ours. Both give a time, in the same unit.
 */
export async function medianOfPairs(
  name: string,
  ours: () => Promise<number>,
  rival: () => Promise<number>,
): Promise<number> {
  const ratios: number[] = []
  const since = performance.now()
  while (ratios.length < FEWEST_PAIRS || (ratios.length < MOST_PAIRS && performance.now() - since < PAIRS_MS)) {
    const rivalFirst = ratios.length % 2 === 0 ? await rival() : undefined
    const ourMs = await ours()
    ratios.push((rivalFirst ?? (await rival())) / ourMs)
  }
  const sorted = ratios.toSorted((a, b) => a - b)
  process.stderr.write(`${name}, all ${sorted.length} pairs: ${sorted.map((r) => r.toFixed(3)).join(' ')}\n`)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN
}

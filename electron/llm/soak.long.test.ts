import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { selfTestModel } from '../models/self-test-model.ts'
import { nodeSpawn } from '../system/node-spawn.ts'
import { launchLlm } from './launch.ts'
import type { WritingOptions } from './llm.port.ts'

const TASKS = 2_000
/** Until the collector has gone through the whole heap for the first time: it begins when that has doubled. */
const WARM_UP = 3_000
/** Of the most that the worker took before. */
const MOST_GROWTH = 0.05
const LOOK_EVERY = 100
const AT_ONCE = 6

const never = new AbortController().signal
const clock = {
  nowMs: () => Date.now(),
  after: (delayMs: number, run: () => void) => {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
  every: () => () => undefined,
}

describe.skipIf(process.platform !== 'linux')('a worker that does 2,000 short tasks', { timeout: 400_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'taoforge-soak-'))
  const llm = launchLlm({ spawn: nodeSpawn, clock })
  beforeAll(async () => {
    const file = join(folder, 'self-test.gguf')
    writeFileSync(file, selfTestModel())
    const loaded = await llm.load({ file })
    if (!loaded.ok) throw new Error(loaded.error.code)
  })
  afterAll(async () => {
    await llm.close()
    rmSync(folder, { recursive: true })
  })

  /** Proportional set size, kB. */
  function memory(): number {
    const rollup = readFileSync(`/proc/${llm.status().pid}/smaps_rollup`, 'utf8')
    return Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1])
  }

  /** Chats with few and with new system prompts, completions, JSON of schemas, stops, aborts and deadlines, in turns. */
  async function one(n: number): Promise<void> {
    const options: WritingOptions = { maxTokens: 12, temperature: 0.8, seed: n, deadlineMs: Date.now() + 60_000 }
    const system = { role: 'system', content: `You are number ${n % 10 === 0 ? n : n % 4}, and of few words.` } as const
    const messages = [system, { role: 'user', content: `Question ${n}` }] as const
    const jsonSchema = { type: 'object', properties: { [`field${n % 5}`]: { type: 'boolean' } } }
    const leaving = new AbortController()
    const kinds = [
      () => llm.chat({ ...options, messages }, {}, never),
      () => llm.complete({ ...options, prompt: `Once ${n}` }, {}, never),
      () => llm.chat({ ...options, messages, jsonSchema, maxTokens: 40 }, {}, never),
      () => llm.chat({ ...options, messages, stop: ['a', 'e'] }, {}, never),
      () => llm.chat({ ...options, messages, maxTokens: 400 }, { token: () => leaving.abort() }, leaving.signal),
      () => llm.complete({ ...options, prompt: 'x'.repeat(600), deadlineMs: Date.now() + 20 }, {}, never),
    ]
    const result = await kinds[n % kinds.length]?.()
    if (!result?.ok) throw new Error(JSON.stringify(result))
  }

  test('takes no more memory at the end than at the beginning', async () => {
    let next = 0
    const most = { warmUp: 0, later: 0 }
    const caller = async (): Promise<void> => {
      while (next < WARM_UP + TASKS) {
        const n = next++
        await one(n)
        if (n % LOOK_EVERY !== 0) continue
        if (n < WARM_UP) most.warmUp = Math.max(most.warmUp, memory())
        else most.later = Math.max(most.later, memory())
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, caller))
    process.stderr.write(`most in ${WARM_UP} tasks ${most.warmUp} kB, in ${TASKS} more ${most.later} kB\n`)
    expect(most.later / most.warmUp).toBeLessThan(1 + MOST_GROWTH)
    expect(llm.status()).toMatchObject({ state: 'ready', busy: 0 })
  })
})

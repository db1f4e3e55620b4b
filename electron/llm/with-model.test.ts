import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smollm2 } from '../../test/support/smollm2.ts'
import { nodeSpawn } from '../system/node-spawn.ts'
import { launchLlm } from './launch.ts'
import type { ChatTask } from './llm.port.ts'

const file = await smollm2()
const never = new AbortController().signal

describe.skipIf(!file)('with a real model', () => {
  const clock = {
    nowMs: () => Date.now(),
    after: (delayMs: number, run: () => void) => {
      const timer = setTimeout(run, delayMs)
      return () => clearTimeout(timer)
    },
    every: () => () => undefined,
  }
  const llm = launchLlm({ spawn: nodeSpawn, clock })
  beforeAll(async () => {
    const loaded = await llm.load({ file: file ?? '' })
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.error))
    expect(loaded.value.contextTokens).toBeGreaterThanOrEqual(512)
  })
  afterAll(() => llm.close())

  const task = (content: string, over: Partial<ChatTask> = {}): ChatTask => ({
    messages: [{ role: 'user', content }],
    maxTokens: 24,
    temperature: 0,
    deadlineMs: Date.now() + 60_000,
    ...over,
  })

  test('knows the capital of France', async () => {
    const result = await llm.chat(task('What is the capital of France? Answer in one short sentence.'), {}, never)
    expect(result).toMatchObject({ ok: true, value: { text: expect.stringContaining('Paris') } })
  })

  test('ends by itself when it has said all', async () => {
    const result = await llm.chat(task('Say only the word: yes', { maxTokens: 400 }), {}, never)
    expect(result).toMatchObject({ ok: true, value: { finish: 'stop' } })
    expect(result.ok && result.value.text.trim()).not.toBe('')
  })

  test('repeats itself with a seed, at a temperature', async () => {
    const texts = []
    for (let i = 0; i < 2; i++) {
      const result = await llm.chat(task('Tell me about the sea.', { temperature: 0.9, seed: 11 }), {}, never)
      texts.push(result.ok ? result.value.text : result.error.code)
    }
    expect(texts[0]).not.toBe('')
    expect(texts[1]).toBe(texts[0])
  })
})

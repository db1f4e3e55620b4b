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

  test('answers in JSON of a schema', async () => {
    const jsonSchema = {
      type: 'object',
      properties: { city: { type: 'string', maxLength: 20 }, isCapital: { type: 'boolean' } },
    }
    const question = 'Is Paris the capital of France? Answer as JSON with city and isCapital.'
    const result = await llm.chat(task(question, { jsonSchema, maxTokens: 60 }), {}, never)
    if (!result.ok) throw new Error(JSON.stringify(result.error))
    expect(JSON.parse(result.value.text)).toEqual({ city: expect.any(String), isCapital: expect.any(Boolean) })
  })

  test('computes a system prompt once, and says the same with it', async () => {
    const system = `You answer in one word. ${'Be brief, be exact, never apologise. '.repeat(12)}`
    const messages = [
      { role: 'system', content: system },
      { role: 'user', content: 'What is the capital of France?' },
    ] as const
    const first = await llm.chat(task('', { messages, maxTokens: 8 }), {}, never)
    const again = await llm.chat(task('', { messages, maxTokens: 8 }), {}, never)
    if (!first.ok || !again.ok) throw new Error('no answer')
    expect(first.value.reusedTokens).toBeUndefined()
    expect(again.value.reusedTokens).toBeGreaterThan(80)
    expect(again.value.text).toBe(first.value.text)
    process.stderr.write(
      `first token after ${first.value.firstTokenMs} ms, again after ${again.value.firstTokenMs} ms\n`,
    )
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

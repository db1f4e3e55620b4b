import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tinyEncoder } from '../../test/support/tiny-encoder.ts'
import { selfTestModel } from '../models/self-test-model.ts'
import { nodeSpawn } from '../system/node-spawn.ts'
import { launchLlm } from './launch.ts'
import type { CompletionTask, LlmPort } from './llm.port.ts'

const clock = {
  nowMs: () => Date.now(),
  after: (delayMs: number, run: () => void) => {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
  every: (periodMs: number, run: () => void) => {
    const timer = setInterval(run, periodMs)
    return () => clearInterval(timer)
  },
}
const never = new AbortController().signal
const folder = mkdtempSync(join(tmpdir(), 'taoforge-llm-'))
afterAll(() => rmSync(folder, { recursive: true }))

function loaded(name: string, bytes: Buffer): LlmPort {
  const llm = launchLlm({ spawn: nodeSpawn, clock })
  beforeAll(async () => {
    const file = join(folder, name)
    writeFileSync(file, bytes)
    const result = await llm.load({ file })
    if (!result.ok) throw new Error(JSON.stringify(result.error))
  })
  afterAll(() => llm.close())
  return llm
}
const writing = { maxTokens: 40, temperature: 0.8, seed: 7, deadlineMs: Date.now() + 60_000 }
const deadlineMs = Date.now() + 60_000

describe('a model that writes', () => {
  const llm = loaded('text.gguf', selfTestModel())
  const complete = (over: Partial<CompletionTask> = {}) =>
    llm.complete({ prompt: 'Once', ...writing, ...over }, {}, never)
  const chat = (system: string, content: string, seed = 7) => {
    const messages = [{ role: 'system', content: system } as const, { role: 'user', content } as const]
    return llm.chat({ ...writing, messages, seed }, {}, never)
  }

  test('continues a text as it is', async () => {
    expect(llm.status().model?.does).toEqual(['chat', 'completion', 'json'])
    const result = await complete()
    if (!result.ok) throw new Error(result.error.code)
    // The first token of every text, and a letter a token.
    expect(result.value).toMatchObject({ promptTokens: 5, completionTokens: 40, finish: 'length' })
  })

  test('produces JSON of a schema, whatever the model is inclined to', async () => {
    const jsonSchema = {
      type: 'object',
      properties: {
        colour: { enum: ['red', 'green'] },
        sizes: { type: 'array', items: { type: 'boolean' }, maxItems: 3 },
      },
      required: ['colour', 'sizes'],
      additionalProperties: false,
    }
    const result = await complete({ maxTokens: 400, jsonSchema })
    if (!result.ok) throw new Error(JSON.stringify(result.error))
    expect(result.value.finish).toBe('stop')
    const value = JSON.parse(result.value.text)
    expect(['red', 'green']).toContain(value.colour)
    expect(value.sizes.every((size: unknown) => typeof size === 'boolean')).toBe(true)
  })

  test.each([
    ['that cannot be enforced', { type: 'string', pattern: '^a+$' }],
    ['that refers to nothing', { $ref: '#/$defs/none' }],
    ['nested without end', JSON.parse(`${'{"type":"array","items":'.repeat(200)}{"type":"null"}${'}'.repeat(200)}`)],
  ])('refuses a schema %s', async (_, jsonSchema) => {
    expect(await complete({ jsonSchema })).toMatchObject({ ok: false, error: { code: 'contract/bad-input' } })
  })

  test('keeps the beginning that chats share, and answers with it as without', async () => {
    const first = await chat('You are a careful assistant of few words.', 'One')
    const other = await chat('You are somebody else, who talks and talks and talks.', 'One')
    const again = await chat('You are a careful assistant of few words.', 'One')
    const next = await chat('You are a careful assistant of few words.', 'Another question')
    if (!first.ok || !other.ok || !again.ok || !next.ok) throw new Error('no answer')
    expect([first, other].map(({ value }) => value.reusedTokens)).toEqual([undefined, undefined])
    expect(again.value.reusedTokens).toBeGreaterThan('You are a careful assistant of few words.'.length)
    expect(next.value.reusedTokens).toBe(again.value.reusedTokens)
    expect(again.value.text).toBe(first.value.text)
    expect(next.value.text).not.toBe(first.value.text)
  })

  test('says that it makes no vectors and no ranks', async () => {
    const embedded = await llm.embed({ texts: ['a'], deadlineMs }, never)
    expect(embedded).toMatchObject({ ok: false, error: { code: 'model/cannot', task: 'embed' } })
    const ranked = await llm.rank({ query: 'a', documents: ['b'], deadlineMs }, never)
    expect(ranked).toMatchObject({ ok: false, error: { code: 'model/cannot', task: 'rank' } })
  })
})

describe('a model that embeds', () => {
  const llm = loaded('embed.gguf', tinyEncoder('embed'))

  test('turns texts into vectors of length one, the same text into the same', async () => {
    expect(llm.status().model?.does).toEqual(['embed'])
    const result = await llm.embed({ texts: ['the sea', 'a stone', 'the sea'], deadlineMs }, never)
    if (!result.ok) throw new Error(JSON.stringify(result.error))
    const [sea, stone, seaAgain] = result.value.vectors
    expect(sea).toHaveLength(32)
    expect(Math.hypot(...(sea ?? []))).toBeCloseTo(1, 5)
    expect(seaAgain).toEqual(sea)
    expect(stone).not.toEqual(sea)
    expect(result.value.promptTokens).toBeGreaterThan(20)
  })

  test('refuses a text beyond its context as a whole, and ends at an abort and a deadline', async () => {
    const long = await llm.embed({ texts: ['a', 'b'.repeat(500)], deadlineMs }, never)
    expect(long).toMatchObject({ ok: false, error: { code: 'contract/bad-input', issues: [/texts\.1/] } })
    expect(await llm.embed({ texts: ['a'], deadlineMs: 0 }, never)).toMatchObject({ ok: false })
    expect(await llm.embed({ texts: ['a'], deadlineMs }, AbortSignal.abort())).toEqual({
      ok: false,
      error: { code: 'contract/cancelled' },
    })
  })

  test('says that it does not write', async () => {
    const result = await llm.complete({ prompt: 'x', ...writing }, {}, never)
    expect(result).toMatchObject({ ok: false, error: { code: 'model/cannot', task: 'write', model: 'Tiny embed' } })
    expect(await llm.benchmark(never)).toMatchObject({ ok: false, error: { code: 'model/cannot' } })
  })
})

describe('a model that ranks', () => {
  const llm = loaded('rank.gguf', tinyEncoder('rank'))

  test('gives every document a probability', async () => {
    expect(llm.status().model?.does).toEqual(['rank'])
    const result = await llm.rank({ query: 'the sea', documents: ['a stone', 'water', 'a stone'], deadlineMs }, never)
    if (!result.ok) throw new Error(JSON.stringify(result.error))
    const [stone, water, stoneAgain] = result.value.scores
    expect(stone).toBeGreaterThan(0)
    expect(stone).toBeLessThan(1)
    expect(stoneAgain).toBe(stone)
    expect(water).not.toBe(stone)
  })
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { selfTestModel } from '../../models/self-test-model.ts'
import type { ChatTask } from '../llm.port.ts'
import { loadEngine, type TextEngine } from './engine.ts'
import { inspectFile } from './inspect-file.ts'
import { chatPrompt } from './prompt.ts'
import { runWriting } from './write.ts'

const folder = mkdtempSync(join(tmpdir(), 'taoforge-engine-'))
const file = join(folder, 'self-test.gguf')
const never = new AbortController().signal

const task = (content: string, over: Partial<ChatTask> = {}): ChatTask => ({
  messages: [{ role: 'user', content }],
  maxTokens: 40,
  temperature: 0.9,
  seed: 7,
  deadlineMs: Date.now() + 60_000,
  ...over,
})

describe('the engine with the self-test model', { timeout: 60_000 }, () => {
  let engine: TextEngine
  beforeAll(async () => {
    writeFileSync(file, selfTestModel())
    const inspected = await inspectFile(file)
    if (!inspected.ok) throw new Error(inspected.error.code)
    const loaded = await loadEngine({
      file,
      inspected: inspected.value,
      reserve: undefined,
      onProgress: () => undefined,
    })
    if (!loaded.ok || loaded.value.kind !== 'text') throw new Error('not loaded')
    engine = loaded.value
  }, 60_000)
  afterAll(async () => {
    await engine.dispose()
    rmSync(folder, { recursive: true })
  })

  async function write(
    asked: ChatTask,
    on: { signal?: AbortSignal; emit?: (text: string) => void; step?: () => void },
  ) {
    const watching = { signal: never, emit: () => undefined, step: () => undefined, ...on }
    const result = await runWriting(engine, { prompt: chatPrompt(engine, asked), options: asked }, watching)
    if (!result.ok) throw new Error(JSON.stringify(result.error))
    return result.value
  }

  test('an abort gives the place to the next one within one token', async () => {
    const places = engine.facts.parallel
    const leaving = new AbortController()
    let stepsAfter = 0
    const long = (signal: AbortSignal, step: () => void) => write(task('long', { maxTokens: 3_000 }), { signal, step })
    const others = new AbortController()
    const rest = Array.from({ length: places - 1 }, (_, n) => {
      let steps = 0
      return long(others.signal, () => {
        steps += 1
        if (n === 0 && steps === 20) leaving.abort()
      })
    })
    const left = long(leaving.signal, () => {
      if (leaving.signal.aborted) stepsAfter += 1
    })
    // It has to wait for a place: all are taken.
    const next = write(task('next', { maxTokens: 3 }), {})
    expect(await left).toMatchObject({ finish: 'aborted' })
    expect(stepsAfter).toBeLessThanOrEqual(1)
    // Done while the others still write: it took the place that became free.
    expect(await next).toMatchObject({ completionTokens: 3 })
    others.abort()
    for (const one of await Promise.all(rest)) expect(one.finish).toBe('aborted')
  })

  test('a seed gives the same text alone and among others', async () => {
    const asked = [1, 2, 3, 4, 5, 6].map((seed) => task(`Number ${seed}`, { seed }))
    const alone: string[] = []
    for (const one of asked) alone.push((await write(one, {})).text)
    const together = await Promise.all(asked.map((one) => write(one, {})))
    expect(together.map(({ text }) => text)).toEqual(alone)
    expect(new Set(alone).size).toBe(alone.length)
  })

  test('a stop text is found wherever tokens end, and nothing of it is shown', async () => {
    const { text } = await write(task('Hello'), {})
    for (const [from, length] of [
      [0, 2],
      [5, 1],
      [11, 7],
      [30, 10],
    ] as const) {
      const stop = text.slice(from, from + length)
      const pieces: string[] = []
      const cut = await write(task('Hello', { stop: ['never in it', stop] }), { emit: (piece) => pieces.push(piece) })
      expect(cut).toMatchObject({ finish: 'stop', text: text.slice(0, text.indexOf(stop)) })
      expect(cut.text.startsWith(pieces.join(''))).toBe(true)
    }
  })

  test('the first token is not held back for others', async () => {
    const at: number[] = []
    let tokens = 0
    await write(task('Hello'), { step: () => (tokens += 1), emit: () => at.push(tokens) })
    expect(at[0]).toBe(at.length > 0 ? Math.min(...at) : -1)
    expect(at[0]).toBeLessThanOrEqual(2)
  })
})

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { ok } from '../../shared/result.ts'
import { doneWith } from '../../test/support/axon-harness.ts'
import { endServers, type RunningServer, startServer, targetOf } from '../../test/support/openai-servers.ts'
import { nodeClock } from '../system/node-system.ts'
import type { ModelWork } from './backends.port.ts'
import { BackendsPool } from './backends-pool.ts'

const never = new AbortController().signal
const soon = () => Date.now() + 20_000
const WISH = { model: 'tiny', places: 4, paceMs: 15 }
const CHAT = { messages: [{ role: 'user', content: 'Hi' }] as const, maxTokens: 12, temperature: 0.5 }

let one: RunningServer
let two: RunningServer
beforeAll(async () => {
  ;[one, two] = await Promise.all([startServer({ ...WISH, key: 'k' }), startServer(WISH)])
})
afterAll(endServers)

let pool: BackendsPool
const poolOf = (...targets: Parameters<BackendsPool['use']>[0]) => {
  pool = new BackendsPool({ clock: nodeClock, log: { log: () => undefined } })
  pool.use(targets)
  return pool
}
afterEach(() => pool.close())
const first = () => targetOf(one.port, { id: 'one', places: 4, key: 'k' })
const second = () => targetOf(two.port, { id: 'two', places: 4 })
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10))
}

describe('one server', () => {
  test('writes, with its own counts and all that was asked for', async () => {
    const work = poolOf(second()).work()
    const tokens: string[] = []
    const task = { ...CHAT, topP: 0.9, seed: 7, stop: ['END'], deadlineMs: soon() }
    const done = await work.chat(task, { token: (text) => tokens.push(text) }, never)
    expect(done).toMatchObject({
      ok: true,
      value: { text: tokens.join(''), finish: 'length', promptTokens: 7, completionTokens: 12 },
    })
    expect(tokens).toHaveLength(12)
    if (!done.ok) throw new Error('failed')
    expect(done.value.firstTokenMs).toBeGreaterThan(0)
    expect(done.value.firstTokenMs).toBeLessThan(done.value.totalMs)
    expect((await two.told()).bodies.at(-1)).toEqual({
      model: 'tiny',
      messages: CHAT.messages,
      max_tokens: 12,
      temperature: 0.5,
      top_p: 0.9,
      seed: 7,
      stop: ['END'],
      stream: true,
      stream_options: { include_usage: true },
    })
    expect(pool.states()[0]).toMatchObject({ answered: 1, state: 'closed', tokensPerSecond: expect.any(Number) })
  })

  test('continues a text, and answers in JSON of a schema', async () => {
    const work = poolOf(second()).work()
    const prompt = { prompt: 'Once', maxTokens: 2, temperature: 0, deadlineMs: soon() }
    expect(await work.complete(prompt, {}, never)).toMatchObject({ ok: true, value: { text: 'tiny-0 tiny-1' } })
    const schema = { type: 'object', properties: { answer: { type: 'string' } } }
    const done = await work.chat({ ...CHAT, jsonSchema: schema, deadlineMs: soon() }, {}, never)
    expect(done).toMatchObject({ ok: true, value: { text: '{"answer":"yes"}', finish: 'stop' } })
    expect((await two.told()).bodies.at(-1)).toMatchObject({
      response_format: { type: 'json_schema', json_schema: { schema, strict: true } },
    })
  })

  test('embeds and ranks in the order of the question, whatever order it answers in', async () => {
    const work = poolOf({ ...second(), serves: 'embeddings' }, { ...second(), id: 'ranks', serves: 'reranking' }).work()
    const embedded = await work.embed({ texts: ['', 'xxxxxxxxxxxx'], deadlineMs: soon() }, never)
    expect(embedded).toMatchObject({ ok: true, value: { promptTokens: 5 } })
    if (!embedded.ok) throw new Error('failed')
    expect(embedded.value.vectors[0]).toEqual([0.6, 0.8, 0])
    expect(Math.hypot(...(embedded.value.vectors[1] ?? []))).toBeCloseTo(1)
    const ranked = await work.rank({ query: 'q', documents: ['a', 'b', 'c'], deadlineMs: soon() }, never)
    expect(ranked).toMatchObject({ ok: true, value: { scores: [0, 0.1, 0.2] } })
    expect(await work.chat({ ...CHAT, deadlineMs: soon() }, {}, never)).toEqual({
      ok: false,
      error: { code: 'backend/none-ready', task: 'write' },
    })
  })

  test('is tried with one small request; a wrong key and a wrong model are told', async () => {
    poolOf(first(), { ...first(), id: 'locked', key: 'other' }, { ...second(), id: 'wrong', model: 'large' })
    expect(await pool.trial('one', never)).toMatchObject({ ok: true, value: { models: ['tiny'] } })
    expect(await pool.trial('locked', never)).toMatchObject({ error: { code: 'backend/key-refused', status: 401 } })
    await pool.reach(['chat'], never)
    expect(pool.states()[2]).toMatchObject({ state: 'open', error: { code: 'backend/no-model', offers: ['tiny'] } })
    expect(await pool.trial('nobody', never)).toEqual({ ok: false, error: { code: 'backend/unknown', id: 'nobody' } })
  })
})

describe('two servers in processes of their own', () => {
  const ask = (work: ModelWork, maxTokens = 12) => {
    const tokens: string[] = []
    const task = { ...CHAT, maxTokens, deadlineMs: soon() }
    return { tokens, done: work.chat(task, { token: (text) => tokens.push(text) }, never) }
  }

  test('are reached together, and say what they do in sum', async () => {
    poolOf(first(), { ...second(), places: 3 })
    expect(await pool.reach(['chat', 'json'], never)).toEqual({
      ok: true,
      value: { name: 'tiny', backend: 'remote', parallel: 7, does: ['chat', 'completion', 'json'] },
    })
    expect(await pool.reach(['chat', 'embed'], never)).toEqual({
      ok: false,
      error: { code: 'backend/none-ready', task: 'embed' },
    })
  })

  test('share eight requests by their queues: nobody waits while a place is free', async () => {
    const before = [await one.told(), await two.told()].map(({ answered }) => answered)
    const work = poolOf(first(), second()).work()
    const all = Array.from({ length: 8 }, () => ask(work))
    for (const { done } of all) expect(await done).toMatchObject({ ok: true, value: { completionTokens: 12 } })
    const after = [await one.told(), await two.told()]
    expect(after.map(({ answered }, at) => answered - (before[at] ?? 0))).toEqual([4, 4])
    expect(after.map(({ mostAtOnce }) => mostAtOnce)).toEqual([4, 4])
  })

  test('one killed in the middle: what had begun is cut off, what had not goes to the other, and it comes back', async () => {
    const slow = await startServer({ ...WISH, places: 1, paceMs: 40 })
    const work = poolOf(targetOf(slow.port, { id: 'slow', places: 4 }), second()).work()
    const stopWatching = pool.watch()
    await until(() => pool.states().every(({ state }) => state === 'closed'))
    const all = Array.from({ length: 8 }, () => ask(work, 40))
    // Of its four, one is being answered and three wait in its queue.
    await until(() => pool.states()[0]?.running === 1 && pool.states()[0]?.waiting === 3)
    await slow.kill()
    const results = await Promise.all(all.map(({ done }) => done))
    const lost = results.filter((result) => !result.ok)
    expect(lost).toMatchObject([{ error: { code: 'backend/cut-off' } }])
    expect(results.filter((result) => result.ok)).toHaveLength(7)
    expect(pool.states()[0]).toMatchObject({ state: 'open', running: 0, waiting: 0 })
    expect(pool.states()[0]?.error?.code).toMatch(/backend\/(cut-off|unreachable)/)
    expect(await ask(work).done).toMatchObject({ ok: true })

    const again = await startServer({ ...WISH, port: slow.port })
    await until(() => pool.states()[0]?.state === 'half-open')
    const two8 = await Promise.all(Array.from({ length: 8 }, () => ask(work).done))
    expect(two8.every((result) => result.ok)).toBe(true)
    await until(() => pool.states()[0]?.state === 'closed')
    expect((await again.told()).answered).toBeGreaterThan(0)
    expect(pool.states()[0]).not.toHaveProperty('error')
    stopWatching()
  })

  test('a line that the other side closed while it was free costs no request', async () => {
    const brief = await startServer(WISH)
    const work = poolOf(targetOf(brief.port, { places: 4 })).work()
    expect((await ask(work, 1).done).ok).toBe(true)
    await brief.kill()
    const again = await startServer({ ...WISH, port: brief.port })
    expect((await ask(work, 1).done).ok).toBe(true)
    expect((await again.told()).answered).toBe(1)
  })

  test('an abort frees the place at the server at once', async () => {
    const narrow = await startServer({ ...WISH, places: 1, paceMs: 20 })
    const work = poolOf(targetOf(narrow.port)).work()
    const ending = new AbortController()
    const tokens: string[] = []
    const long = { ...CHAT, maxTokens: 1_000, deadlineMs: soon() }
    const cut = work.chat(long, { token: (text) => tokens.push(text) }, ending.signal)
    await until(() => tokens.length > 2)
    ending.abort()
    expect(await cut).toMatchObject({ ok: true, value: { finish: 'aborted', text: tokens.join('') } })
    expect((await ask(work, 2).done).ok).toBe(true)
    expect(await narrow.told()).toMatchObject({ left: 1, answered: 1 })
  })
})

describe('the model of this computer beside a server', () => {
  const local = (fails: boolean): ModelWork => ({
    chat: async (_task, on) => {
      if (fails) return { ok: false, error: { code: 'mining/worker-died', worker: 'llm', reason: 'x' } }
      on.token?.('here')
      await new Promise((resolve) => setTimeout(resolve, 100))
      return ok(doneWith('here'))
    },
    complete: async () => ({ ok: false, error: { code: 'model/cannot', task: 'write', model: 'm' } }),
    embed: async () => ({ ok: false, error: { code: 'mining/not-running' } }),
    rank: async () => ({ ok: false, error: { code: 'mining/not-running' } }),
  })
  const member = (fails: boolean) => ({ model: local(fails), places: 1, does: ['chat', 'completion'] as const })
  const task = () => ({ ...CHAT, maxTokens: 3, deadlineMs: soon() })

  test('is one more to share with', async () => {
    const work = poolOf({ ...second(), places: 1 }).work(member(false))
    const texts = await Promise.all(
      [0, 1].map(async () => {
        const done = await work.chat(task(), {}, never)
        return done.ok ? done.value.text : done.error.code
      }),
    )
    expect(texts.sort()).toEqual(['here', 'tiny-0 tiny-1 tiny-2'])
  })

  test('that died leaves its work to the server; what it refuses for the request is refused', async () => {
    const work = poolOf({ ...second(), places: 1 }).work(member(true))
    expect(await work.chat(task(), {}, never)).toMatchObject({ ok: true, value: { text: 'tiny-0 tiny-1 tiny-2' } })
    const { messages: _messages, ...writing } = task()
    expect(await work.complete({ ...writing, prompt: 'x' }, {}, never)).toMatchObject({
      error: { code: 'model/cannot' },
    })
  })
})

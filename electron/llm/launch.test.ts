import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SELF_TEST_NAME, selfTestModel } from '../models/self-test-model.ts'
import { nodeSpawn } from '../system/node-spawn.ts'
import type { SpawnPort } from '../system/spawn.port.ts'
import type { ClockPort } from '../system/system.port.ts'
import { launchLlm } from './launch.ts'
import type { ChatTask, LlmPort, LlmStatus } from './llm.port.ts'

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
const never = new AbortController().signal
const folder = mkdtempSync(join(tmpdir(), 'taoforge-llm-'))
const model = join(folder, 'self-test.gguf')
writeFileSync(model, selfTestModel())

const ask = (content: string, over: Partial<ChatTask> = {}): ChatTask => ({
  messages: [{ role: 'user', content }],
  maxTokens: 40,
  temperature: 0.8,
  seed: 7,
  deadlineMs: Date.now() + 20_000,
  ...over,
})

function until(llm: LlmPort, wanted: (status: LlmStatus) => boolean): Promise<LlmStatus> {
  return new Promise((resolve) => {
    const stop = llm.onStatus((status) => {
      if (!wanted(status)) return
      stop()
      resolve(status)
    })
  })
}

describe('a loaded self-test model', () => {
  const llm = launchLlm({ spawn: nodeSpawn, clock })
  beforeAll(async () => {
    const loaded = await llm.load({ file: model })
    expect(loaded).toMatchObject({ ok: true, value: { name: SELF_TEST_NAME, parallel: 4, threads: 1 } })
  })
  afterAll(() => llm.close())

  test('streams printable text that adds up to the answer', async () => {
    const pieces: string[] = []
    const result = await llm.chat(ask('Hello'), { token: (text) => pieces.push(text) }, never)
    if (!result.ok) throw new Error(result.error.code)
    expect(result.value).toMatchObject({ completionTokens: 40, finish: 'length' })
    expect(result.value.text).toMatch(/^[ -~]{40}$/)
    expect(pieces.join('')).toBe(result.value.text)
    expect(result.value.firstTokenMs).toBeLessThanOrEqual(result.value.totalMs)
  })

  test('the same seed gives the same text, another seed another one', async () => {
    const texts = []
    for (const seed of [1, 1, 2]) {
      const result = await llm.chat(ask('Hello', { seed }), {}, never)
      texts.push(result.ok ? result.value.text : result.error.code)
    }
    expect(texts[1]).toBe(texts[0])
    expect(texts[2]).not.toBe(texts[0])
  })

  test('answers more chats at once than it has places for', async () => {
    const results = await Promise.all(Array.from({ length: 9 }, (_, i) => llm.chat(ask(`Number ${i}`), {}, never)))
    expect(results.map((result) => result.ok && result.value.completionTokens)).toEqual(Array(9).fill(40))
    expect(llm.status().busy).toBe(0)
  })

  test('ends before a stop text', async () => {
    const free = await llm.chat(ask('Hello'), {}, never)
    if (!free.ok) throw new Error(free.error.code)
    const stop = free.value.text.slice(10, 13)
    const result = await llm.chat(ask('Hello', { stop: [stop] }), {}, never)
    const expected = free.value.text.slice(0, free.value.text.indexOf(stop))
    expect(result).toMatchObject({ ok: true, value: { text: expected, finish: 'stop' } })
  })

  test('produces nothing when the deadline has passed', async () => {
    const result = await llm.chat(ask('Hello', { deadlineMs: Date.now() - 1 }), {}, never)
    expect(result).toMatchObject({ ok: true, value: { text: '', completionTokens: 0, finish: 'deadline' } })
  })

  test('stops in the middle at a deadline and at an abort', async () => {
    const controller = new AbortController()
    const abortAtFirst = { token: () => controller.abort() }
    const aborted = await llm.chat(ask('Hello', { maxTokens: 4000 }), abortAtFirst, controller.signal)
    expect(aborted).toMatchObject({ ok: true, value: { finish: 'aborted' } })
    const late = await llm.chat(ask('Hello', { maxTokens: 4000, deadlineMs: Date.now() + 100 }), {}, never)
    expect(late).toMatchObject({ ok: true, value: { finish: 'deadline' } })
  })

  test('refuses messages that leave no room for an answer', async () => {
    const result = await llm.chat(ask('x'.repeat(5000)), {}, never)
    expect(result).toMatchObject({ ok: false, error: { code: 'contract/bad-input' } })
  })

  test.each([
    ['no message', { messages: [] }],
    ['the assistant’s turn last', { messages: [{ role: 'assistant', content: 'Hi' }] }],
    ['no tokens wanted', { maxTokens: 0 }],
    ['a temperature beyond the range', { temperature: 3 }],
  ] as const)('refuses %s', async (_, over) => {
    const result = await llm.chat(ask('Hello', over), {}, never)
    expect(result).toMatchObject({ ok: false, error: { code: 'contract/bad-input' } })
  })

  test('measures its speed', async () => {
    const result = await llm.benchmark(never)
    if (!result.ok) throw new Error(result.error.code)
    expect(result.value.tokensPerSecond).toBeGreaterThan(0)
    expect(result.value.promptTokensPerSecond).toBeGreaterThan(0)
  })

  test('reads the machine', async () => {
    const result = await llm.hardware()
    if (!result.ok) throw new Error(result.error.code)
    expect(result.value.cpuCores).toBeGreaterThan(0)
    expect(result.value.memoryTotalBytes).toBeGreaterThan(result.value.memoryFreeBytes ?? 0)
    expect(result.value.backend === 'cpu').toBe(result.value.gpuRefusal !== undefined)
  })

  test('a killed worker fails the chats under way and comes back with the model', async () => {
    const pid = llm.status().pid
    if (pid === undefined) throw new Error('no process')
    const back = until(llm, (status) => status.state === 'ready' && status.pid !== pid)
    const killAtFirst = { token: () => void process.kill(pid, 'SIGKILL') }
    const result = await llm.chat(ask('Hello', { maxTokens: 4000 }), killAtFirst, never)
    expect(result).toMatchObject({ ok: false, error: { code: 'mining/worker-died', worker: 'llm' } })
    expect(await llm.chat(ask('Hello'), {}, never)).toMatchObject({ ok: false, error: { code: 'mining/worker-died' } })
    const status = await back
    expect(status.model?.name).toBe(SELF_TEST_NAME)
    expect(status.pid).not.toBe(pid)
    expect(await llm.chat(ask('Hello'), {}, never)).toMatchObject({ ok: true })
  })
})

test('a worker that is stopped in its tracks is ended and started anew', async () => {
  let skippedMs = 0
  const skipping: ClockPort = {
    nowMs: () => Date.now() + skippedMs,
    after: clock.after,
    every: (periodMs, run) => clock.every(periodMs / 20, run),
  }
  const llm = launchLlm({ spawn: nodeSpawn, clock: skipping })
  try {
    expect((await llm.load({ file: model })).ok).toBe(true)
    const pid = llm.status().pid ?? 0
    const back = until(llm, (status) => status.state === 'ready' && status.pid !== pid)
    process.kill(pid, 'SIGSTOP')
    const stuck = llm.chat(ask('Hello', { deadlineMs: Date.now() + 600_000 }), {}, never)
    skippedMs = 60_000
    expect(await stuck).toMatchObject({ ok: false, error: { code: 'mining/worker-died' } })
    await back
    expect(await llm.chat(ask('Hello', { deadlineMs: Date.now() + 60_000 }), {}, never)).toMatchObject({ ok: true })
  } finally {
    await llm.close()
  }
})

describe('loading and unloading', () => {
  const llm = launchLlm({ spawn: nodeSpawn, clock })
  afterAll(async () => {
    await llm.close()
    rmSync(folder, { recursive: true })
  })

  test('refuses to chat before a model is loaded', async () => {
    expect(await llm.chat(ask('Hello'), {}, never)).toEqual({ ok: false, error: { code: 'mining/not-running' } })
  })

  test.each([
    ['a missing file', 'model/file-missing', () => join(folder, 'none.gguf')],
    ['a folder', 'model/broken', () => folder],
    ['a web page', 'model/broken', () => written('page.gguf', Buffer.from('<!doctype html>'))],
    ['a cut header', 'model/broken', () => written('head.gguf', selfTestModel().subarray(0, 3000))],
    ['a cut file', 'model/broken', () => cutCopy()],
    ['weights that do not belong together', 'model/broken', () => written('mixed.gguf', mixed())],
  ])('%s is refused with a reason', async (_, code, file) => {
    const result = await llm.load({ file: file() })
    expect(result).toMatchObject({ ok: false, error: { code } })
    expect(llm.status()).toMatchObject({ state: 'failed', error: { code }, busy: 0 })
  })

  test('a model that needs more memory than there is, is refused before it is loaded', async () => {
    const result = await llm.load({ file: written('huge.gguf', withNumber('llama.block_count', 50_000_000)) })
    if (result.ok || result.error.code !== 'model/too-large') throw new Error(JSON.stringify(result))
    expect(result.error.neededBytes).toBeGreaterThan(result.error.availableBytes)
  })

  test('unloading ends the process; loading starts another', { timeout: 60_000 }, async () => {
    const first = await llm.load({ file: model })
    expect(first.ok).toBe(true)
    const pid = llm.status().pid ?? 0
    await llm.unload()
    expect(llm.status()).toEqual({ state: 'off', busy: 0 })
    expect(() => process.kill(pid, 0)).toThrow('ESRCH')
    expect((await llm.load({ file: model })).ok).toBe(true)
    expect(llm.status().pid).not.toBe(pid)
  })

  test('a cancelled load leaves nothing behind', async () => {
    const controller = new AbortController()
    const loading = llm.load({ file: model, signal: controller.signal, onProgress: () => controller.abort() })
    expect(await loading).toEqual({ ok: false, error: { code: 'contract/cancelled' } })
    expect(llm.status()).toEqual({ state: 'off', busy: 0 })
  })

  test('of two loads at once the later one counts', async () => {
    const [first, second] = await Promise.all([llm.load({ file: model }), llm.load({ file: model })])
    expect(first).toEqual({ ok: false, error: { code: 'contract/cancelled' } })
    expect(second?.ok).toBe(true)
    expect(llm.status().state).toBe('ready')
  })
})

test('a worker that hangs is ended, and the chat fails', async () => {
  const timers: (() => void)[] = []
  const manual: ClockPort = {
    nowMs: () => 0,
    after: (_, run) => {
      timers.push(run)
      return () => undefined
    },
    every: () => () => undefined,
  }
  let killed = 0
  const llm = launchLlm({ spawn: deafWorker(() => (killed += 1)), clock: manual })
  expect((await llm.load({ file: 'any' })).ok).toBe(true)
  const chat = llm.chat(ask('Hello', { deadlineMs: 1000 }), {}, never)
  expect(killed).toBe(0)
  for (const run of timers.splice(0)) run()
  expect(await chat).toMatchObject({ ok: false, error: { code: 'mining/worker-died' } })
  expect(killed).toBe(1)
})

/** Loads at once and then says nothing more. */
function deafWorker(onKill: () => void): SpawnPort {
  return {
    start() {
      let hear = (_: unknown): void => undefined
      let exit = (_: number | null): void => undefined
      const facts = {
        name: 'deaf',
        sizeBytes: 1,
        contextTokens: 1,
        parallel: 1,
        backend: 'cpu',
        gpuLayers: 0,
        threads: 1,
        does: ['chat'],
      }
      return {
        pid: 1,
        send: (message) => {
          const { kind, id, file } = message as { kind: string; id: number; file: string }
          if (kind === 'load') hear({ kind: 'loaded', id, model: { ...facts, file } })
        },
        onMessage: (listener) => {
          hear = listener
          queueMicrotask(() => listener({ kind: 'ready' }))
          return () => undefined
        },
        onExit: (listener) => {
          exit = listener
          return () => undefined
        },
        kill: () => {
          onKill()
          exit(null)
        },
      }
    },
  }
}

function written(name: string, bytes: Buffer): string {
  writeFileSync(join(folder, name), bytes)
  return join(folder, name)
}
function cutCopy(): string {
  const file = written('cut.gguf', selfTestModel())
  truncateSync(file, 400_000)
  return file
}
/** A sound header over a wrong shape: only llama.cpp itself can find this. */
function mixed(): Buffer {
  return withNumber('llama.feed_forward_length', 96)
}
function withNumber(key: string, value: number): Buffer {
  const bytes = selfTestModel()
  // After the key come four bytes of type, then the number.
  bytes.writeUInt32LE(value, bytes.indexOf(key) + key.length + 4)
  return bytes
}

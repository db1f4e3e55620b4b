import { createServer } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { err, ok } from '../../shared/result.ts'
import {
  type AxonUnderTest,
  ask,
  callerOf,
  doneWith,
  freshNonce,
  MINER,
  realClock,
  startAxon,
  TEST_LIMITS,
  testKey,
  VALIDATOR,
} from '../../test/support/axon-harness.ts'
import { nodeSpawn } from '../system/node-spawn.ts'
import type { SpawnPort, WorkerHandle } from '../system/spawn.port.ts'
import type { AxonConfig, TaskHandler } from './axon.port.ts'
import { AxonProcess } from './axon-process.ts'
import { PATIENCE } from './messages.ts'

let under: AxonUnderTest | undefined
afterEach(() => under?.axon.stop())

const log = { log: () => undefined }
const CONFIG: AxonConfig = {
  host: '127.0.0.1',
  port: 0,
  hotkey: MINER.address,
  adapter: 'practice-chat',
  policy: { requirePermit: true, minStake: 0n },
  limits: TEST_LIMITS,
}
const fresh = () => new AxonProcess({ spawn: nodeSpawn, clock: realClock, log, startedAtMs: 0 })

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10))
}

describe('start', () => {
  test('says when the port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => taken.once('listening', resolve))
    const { port } = taken.address() as { port: number }
    expect(await fresh().start({ ...CONFIG, port })).toEqual(err({ code: 'mining/port-taken', port }))
    taken.close()
  })

  test('says when the address is not of this computer', async () => {
    const started = await fresh().start({ ...CONFIG, host: '192.0.2.1' })
    expect(started).toMatchObject({ ok: false, error: { code: 'mining/bad-address', address: '192.0.2.1:0' } })
  })

  test('refuses an adapter that is not there, and can start afterwards', async () => {
    const axon = fresh()
    expect((await axon.start({ ...CONFIG, adapter: 'none' })).ok).toBe(false)
    expect((await axon.start(CONFIG)).ok).toBe(true)
    expect(await axon.start(CONFIG)).toEqual(err({ code: 'mining/already-running' }))
    await axon.stop()
    await axon.stop()
  })
})

describe('callers', () => {
  test('nobody may call before the first snapshot; a later one replaces the former', async () => {
    under = await startAxon({ callers: [] })
    expect((await ask(under.url)).status).toBe(403)
    under.axon.setCallers([callerOf(VALIDATOR)])
    const other = testKey(8)
    expect((await ask(under.url)).status).toBe(200)
    under.axon.setCallers([callerOf(other)])
    expect((await ask(under.url, { key: other })).status).toBe(200)
    expect((await ask(under.url)).status).toBe(403)
  })
})

describe('metrics', () => {
  test('count every end, newest first, and name only proven callers', async () => {
    under = await startAxon()
    const { axon, url } = under
    let told = 0
    const off = axon.onMetrics(() => {
      told += 1
    })
    await ask(url)
    await ask(url, { receiver: testKey(8).address })
    await until(() => axon.metrics().recent.length === 2)
    off()
    const metrics = axon.metrics()
    expect(told).toBeGreaterThan(0)
    expect(metrics).toMatchObject({ answered: 1, late: 0, refused: { 'wrong-receiver': 1 } })
    expect(metrics.latencyP50Ms).toBe(metrics.recent[1]?.totalMs)
    expect(metrics.recent[0]).not.toHaveProperty('caller')
    expect(metrics.recent[1]).toMatchObject({
      caller: VALIDATOR.address,
      status: 200,
      reason: 'answered',
      promptTokens: 3,
      completionTokens: 2,
    })
  })

  test('have no latency while nothing was answered', () => {
    const metrics = fresh().metrics()
    expect(metrics.answered).toBe(0)
    expect(metrics).not.toHaveProperty('latencyP50Ms')
  })
})

describe('the handler', () => {
  test('that fails is told as 502 with the code, and one that throws as well', async () => {
    under = await startAxon({ handler: async () => err({ code: 'model/broken', file: 'm', reason: 'x' }) })
    const answer = await ask(under.url)
    expect([answer.status, answer.json().error?.code]).toEqual([502, 'ModelFailed'])
    under.axon.onTask(() => Promise.reject(new Error('secret text')))
    const thrown = await ask(under.url)
    expect(thrown.status).toBe(502)
    expect(thrown.text).not.toContain('secret')
    under.axon.onTask(async () => err({ code: 'mining/not-running' }))
    expect((await ask(under.url)).status).toBe(503)
    under.axon.onTask(async () => err({ code: 'mining/worker-died', worker: 'llm', reason: 'x' }))
    expect((await ask(under.url)).status).toBe(503)
  })

  test('that is held is told as a full queue to callers, and as a pause to us', async () => {
    under = await startAxon({ handler: async () => err({ code: 'mining/held' }) })
    const answer = await ask(under.url)
    expect([answer.status, answer.json().error?.code]).toEqual([503, 'QueueFull'])
    const { axon } = under
    await expect.poll(() => axon.metrics().refused).toEqual({ held: 1 })
  })
})

/** Real workers whose handles are kept. */
function watchedSpawn(): { readonly spawn: SpawnPort; readonly workers: WorkerHandle[] } {
  const workers: WorkerHandle[] = []
  return {
    workers,
    spawn: {
      start: (name, options) => {
        const worker = nodeSpawn.start(name, options)
        workers.push(worker)
        return worker
      },
    },
  }
}

describe('a worker that dies', () => {
  test('comes back on the same port with the same callers, and knows what it has answered', async () => {
    const { spawn, workers } = watchedSpawn()
    under = await startAxon({ deps: { spawn } })
    const { axon, url } = under
    // Ahead of the clock by what is allowed, so that it is still fresh after the restart on a slow machine.
    const used = freshNonce(1_500)
    expect((await ask(url, { nonceNs: used })).status).toBe(200)
    await until(() => axon.metrics().answered === 1)
    workers[0]?.kill()
    await until(() => workers.length === 2)
    const again = await untilServed(() => ask(url, { nonceNs: used }))
    expect([again.status, again.json().error?.code]).toEqual([401, 'ReplayedRequest'])
    expect((await ask(url)).status).toBe(200)
    await until(() => axon.metrics().answered === 2)
  })

  test('comes back with the lists of its owner, before anybody is answered', async () => {
    const { spawn, workers } = watchedSpawn()
    under = await startAxon({ deps: { spawn } })
    const { axon, url } = under
    axon.setCallerLists({ denied: [VALIDATOR.address] })
    workers[0]?.kill()
    await until(() => workers.length === 2)
    const said = await untilServed(() => ask(url))
    expect([said.status, said.json().error?.code]).toEqual([403, 'Denied'])
    expect(axon.metrics().answered).toBe(0)
  })

  test('again and again is told in the end', async () => {
    const dying: SpawnPort = {
      start: (name, options) => {
        const worker = nodeSpawn.start(name, options)
        worker.onMessage((message) => {
          if ((message as { kind: string }[]).some(({ kind }) => kind === 'listening')) worker.kill()
        })
        return worker
      },
    }
    // Waits are cut short: what counts is that there are few of them.
    const clock = { ...realClock, after: (ms: number, run: () => void) => realClock.after(ms > 10_000 ? ms : 1, run) }
    const axon = new AxonProcess({ spawn: dying, clock, log, startedAtMs: 0 })
    const exit = new Promise((resolve) => axon.onExit(resolve))
    const deaths: string[] = []
    axon.onDeath((reason) => void deaths.push(reason))
    expect((await axon.start(CONFIG)).ok).toBe(true)
    expect(await exit).toMatchObject({ code: 'mining/worker-died', worker: 'axon' })
    // The first, and one for each of the five tries.
    expect(deaths).toHaveLength(6)
    await axon.stop()
  })
})

async function untilAnswered(url: string): Promise<void> {
  while ((await ask(url)).status !== 200) await new Promise((resolve) => setTimeout(resolve, 50))
}

async function untilServed(act: () => ReturnType<typeof ask>): ReturnType<typeof ask> {
  for (;;) {
    const answer = await act().catch(() => undefined)
    if (answer) return answer
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

describe('a program that was just started', () => {
  test('refuses what an earlier one may have answered, also what was signed ahead of its time', async () => {
    const startedAtMs = Date.now()
    under = await startAxon({ deps: { startedAtMs } })
    const { url } = under
    const aheadNs = BigInt(startedAtMs + 1_999) * 1_000_000n
    const answer = await ask(url, { nonceNs: aheadNs })
    expect([answer.status, answer.json().error?.code]).toEqual([401, 'StaleRequest'])
    await untilAnswered(url)
  })
})

describe('stop', () => {
  /** Answers when released, or when aborted. */
  function held() {
    let release: () => void = () => undefined
    let aborted = false
    const handler: TaskHandler = (_task, _on, signal) =>
      new Promise((resolve) => {
        release = () => resolve(ok(doneWith('finished')))
        signal.addEventListener('abort', () => {
          aborted = true
          resolve(err({ code: 'contract/cancelled' }))
        })
      })
    return { handler, release: () => release(), aborted: () => aborted }
  }

  test('lets what is under way end, refuses what waits, and frees the port', async () => {
    const answer = held()
    under = await startAxon({ handler: answer.handler, limits: { concurrency: 1 } })
    const { axon, url, port } = under
    const running = ask(url)
    await until(() => axon.metrics().queue.running === 1)
    const waiting = ask(url)
    await until(() => axon.metrics().queue.waiting === 1)
    const stopped = axon.stop()
    expect((await waiting).status).toBe(503)
    await expect(ask(url)).rejects.toThrow('ECONNREFUSED')
    answer.release()
    expect((await running).json()).toMatchObject({ choices: [{ message: { content: 'finished' } }] })
    await stopped
    expect(answer.aborted()).toBe(false)
    expect(axon.metrics()).toMatchObject({ answered: 1, refused: { failed: 1 } })
    const next = createServer().listen(port, '127.0.0.1')
    await new Promise((resolve, reject) => next.once('listening', resolve).once('error', reject))
    next.close()
  })

  test('cuts what does not end', async () => {
    const answer = held()
    under = await startAxon({ handler: answer.handler, deps: { patience: { ...PATIENCE, drainMs: 100 } } })
    const running = ask(under.url)
    await until(() => under?.axon.metrics().queue.running === 1)
    await under.axon.stop()
    expect((await running).status).toBe(503)
    expect(answer.aborted()).toBe(true)
  })
})

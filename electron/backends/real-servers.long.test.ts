import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask } from '../../test/support/axon-harness.ts'
import { REQUEST, World } from '../../test/support/mining-world.ts'
import { targetOf } from '../../test/support/openai-servers.ts'
import { smollm2 } from '../../test/support/smollm2.ts'
import { MiningService } from '../services/mining.service.ts'

/** The server of llama-cpp-python, twice, in processes of their own. `TAOFORGE_LLAMA_CPP_PYTHON` names a Python that has it. */
const PYTHON = process.env['TAOFORGE_LLAMA_CPP_PYTHON'] ?? 'python3'
const LOAD_MS = 120_000
const never = new AbortController().signal

const hasServer = spawnSync(PYTHON, ['-c', 'import llama_cpp.server'], { stdio: 'ignore' }).status === 0
const model = hasServer ? await smollm2() : undefined
if (!hasServer)
  process.stderr.write(
    `\n*** SKIPPED: two real servers. ${PYTHON} has no llama-cpp-python[server]; name one that has.\n\n`,
  )

const running = new Set<ChildProcess>()
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

async function startLlama(port: number): Promise<ChildProcess> {
  const settings = { model: model ?? '', model_alias: 'smollm2', host: '127.0.0.1', port, n_ctx: 1024, n_threads: 1 }
  // Otherwise each new request ends the one before it.
  const all = { ...settings, interrupt_requests: false, verbose: false }
  const args = Object.entries(all).flatMap(([name, value]) => [`--${name}`, String(value)])
  const child = spawn(PYTHON, ['-m', 'llama_cpp.server', ...args], { stdio: 'ignore' })
  running.add(child)
  const deadline = Date.now() + LOAD_MS
  while (!(await fetch(`http://127.0.0.1:${port}/v1/models`).catch(() => undefined))?.ok) {
    if (Date.now() > deadline || child.exitCode !== null) throw new Error('the server did not start')
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  return child
}
async function kill(child: ChildProcess): Promise<void> {
  running.delete(child)
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20))
}

describe.skipIf(model === undefined)('two real servers in processes of their own', { timeout: 400_000 }, () => {
  const ports: number[] = []
  const servers: ChildProcess[] = []
  const world = new World()
  const mining = new MiningService(world.deps())
  const work = world.backends.work()
  const write = (maxTokens: number) => {
    const tokens: string[] = []
    const messages = [{ role: 'user', content: 'Tell me a long story about the sea.' }] as const
    const task = { messages, maxTokens, temperature: 0, deadlineMs: Date.now() + 300_000 }
    return { tokens, done: work.chat(task, { token: (text) => tokens.push(text) }, never) }
  }

  beforeAll(async () => {
    ports.push(await freePort(), await freePort())
    servers.push(...(await Promise.all(ports.map(startLlama))))
    world.backends.use(ports.map((port) => targetOf(port, { id: String(port), model: 'smollm2', places: 4 })))
  }, LOAD_MS * 2)
  afterAll(async () => {
    await mining.stop()
    world.backends.close()
    await Promise.all([...running].map(kill))
  })

  test('answer a signed request through the whole path', async () => {
    const { modelId: _modelId, ...request } = REQUEST
    expect(await mining.start({ ...request, backends: true })).toMatchObject({
      ok: true,
      value: { state: 'mining', model: { name: 'smollm2', backend: 'remote', parallel: 8 } },
    })
    const answer = await ask(`http://${mining.status().endpoint}`)
    expect(answer.status).toBe(200)
    const said = answer.json() as { choices?: { message?: { content?: string } }[] }
    expect(said.choices?.[0]?.message?.content?.length).toBeGreaterThan(0)
  })

  test('say when they are wrong about the model, and are tried with one small request', async () => {
    expect(await world.backends.trial(String(ports[0]), never)).toMatchObject({
      ok: true,
      value: { models: ['smollm2'] },
    })
  })

  test('share eight requests by their queues', async () => {
    const before = world.backends.states().map(({ answered }) => answered)
    const all = Array.from({ length: 8 }, () => write(16))
    expect(world.backends.states().map(({ running: begun, waiting }) => begun + waiting)).toEqual([4, 4])
    for (const { done, tokens } of all) {
      const result = await done
      expect(result).toMatchObject({ ok: true, value: { text: tokens.join('') } })
      expect(tokens.length).toBeGreaterThan(1)
    }
    expect(world.backends.states().map(({ answered }, at) => answered - (before[at] ?? 0))).toEqual([4, 4])
  })

  test('one is killed in the middle: what it had begun is cut off, the rest is answered by the other, and it comes back', async () => {
    const all = Array.from({ length: 8 }, () => write(48))
    await until(() => (world.backends.states()[0]?.running ?? 0) > 0)
    const begun = world.backends.states()[0]?.running
    await kill(servers[0]!)
    const results = await Promise.all(all.map(({ done }) => done))
    expect(results.filter((result) => !result.ok)).toMatchObject(
      Array.from({ length: begun ?? 0 }, () => ({ error: { code: 'backend/cut-off' } })),
    )
    expect(results.filter((result) => result.ok).length).toBe(8 - (begun ?? 0))
    expect(world.backends.states()[0]).toMatchObject({ state: 'open', running: 0, waiting: 0 })
    expect(world.backends.states()[0]?.error?.code).toMatch(/^backend\/(cut-off|unreachable)$/)

    await startLlama(ports[0]!)
    await until(() => world.backends.states()[0]?.state === 'half-open')
    const again = await Promise.all(Array.from({ length: 4 }, () => write(8).done))
    expect(again.every((result) => result.ok)).toBe(true)
    await until(() => world.backends.states()[0]?.state === 'closed')
  })
})

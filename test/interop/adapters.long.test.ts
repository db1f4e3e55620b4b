import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TaskHandler } from '../../electron/axon/axon.port.ts'
import { AxonProcess } from '../../electron/axon/axon-process.ts'
import { validator } from '../../electron/practice/seed/accounts.ts'
import { devKey } from '../../electron/practice/signing/dev-key.ts'
import { nodeSpawn } from '../../electron/system/node-spawn.ts'
import { ok } from '../../shared/result.ts'
import { ss58 } from '../../shared/units/amounts.ts'
import { callerOf, MINER, realClock, TEST_LIMITS, testKey } from '../support/axon-harness.ts'
import {
  createMiner,
  getRich,
  type HostSession,
  importWallet,
  registerMiner,
  sessionWith,
} from '../support/host-session.ts'
import { type RunningHost, startHost } from '../support/running-host.ts'
import { officialDendrite, officialTools } from './python.ts'

const run = promisify(execFile)
const dendrite = officialDendrite()
const sdk = officialTools()
const found = dendrite.found && sdk.found
if (!found)
  process.stderr.write('\n*** INTEROP NOT CHECKED: nothing proves that official clients reach the adapters. ***\n\n')
const ENV = { PATH: process.env['PATH'], HOME: process.env['HOME'] }
const VALIDATOR = ss58(devKey(validator(0).hotkeyUri).address)

async function python(of: typeof sdk, script: string, args: readonly string[]): Promise<unknown> {
  if (!of.found) throw new Error(of.reason)
  const path = fileURLToPath(new URL(script, import.meta.url))
  const { stdout } = await run(of.python, [path, ...args], { env: ENV, timeout: 120_000 })
  return JSON.parse(stdout.split('\n').find((line) => /^[[{]/.test(line)) ?? 'null')
}
const dendriteAsks = (url: string, miner: string, what: string) =>
  python(dendrite, 'adapters-dendrite.py', [new URL(url).port, miner, what])
/** What was signed within seconds of the end of an earlier server is refused as stale; a validator asks again. */
async function httpAsks(url: string, miner: string, path: string, body: object): Promise<[number, unknown]> {
  for (;;) {
    const args = [url, miner, path, JSON.stringify(body)]
    const [status, text] = (await python(sdk, 'adapters-http.py', args)) as [number, string]
    if (status !== 401 || !text.includes('StaleRequest')) return [status, JSON.parse(text)]
  }
}

describe.skipIf(!found)('official clients and the miner of the product', { timeout: 240_000 }, () => {
  let host: RunningHost
  let session: HostSession
  let hotkey = ''
  beforeAll(async () => {
    host = await startHost({ args: ['--network', 'practice', '--block-ms', '1000'] })
    session = await sessionWith(host)
    await importWallet(session)
    await getRich(session)
    hotkey = await createMiner(session)
    await registerMiner(session, hotkey)
    await session.must('models.makeSelfTest')
  }, 240_000)
  afterAll(async () => {
    await session?.close()
    await host?.stop()
  })

  /** @returns where it listens */
  async function mineWith(adapter: string, more: object = { modelId: 'self-test' }): Promise<string> {
    const wish = { netuid: 2, hotkey, adapter, understood: true, port: 0, ...more }
    const { endpoint } = await session.must<{ endpoint: string }>('mining.start', wish)
    return `http://${endpoint}`
  }
  const stop = () => session.must('mining.stop')

  it('dendrites are answered whole and as a stream, and find the signature of the hotkey', async () => {
    const url = await mineWith('axon-chat')
    expect(await dendriteAsks(url, hotkey, 'chat')).toMatchObject({
      chat: { status: 200, completion: expect.any(String), signed: true },
      stream: { status: 200, joined: true, signed: true },
    })
    await stop()
    const log = await session.must<{ entries: readonly object[] }>('signer.audit', {
      wallet: 'a',
      role: 'hot',
      limit: 50,
    })
    expect(log.entries[0]).toMatchObject({
      what: 'answers',
      decision: 'signed',
      note: expect.stringMatching(/^\d+ answers/),
    })
  })

  it('http_auth is answered with chats and completions', async () => {
    const url = await mineWith('http-chat')
    const messages = [{ role: 'user', content: 'Hello' }]
    const chat = await httpAsks(url, hotkey, '/v1/chat/completions', { messages, max_tokens: 8 })
    expect(chat).toMatchObject([200, { object: 'chat.completion' }])
    const completion = await httpAsks(url, hotkey, '/v1/completions', { prompt: 'One, two,', max_tokens: 8 })
    expect(completion).toMatchObject([200, { object: 'text_completion' }])
    await stop()
  })

  it('http_auth reaches a service of the user', async () => {
    const service: Server = createServer((request, response) => {
      request.resume().on('end', () => response.end(JSON.stringify({ asked: request.url })))
    }).listen(0, '127.0.0.1')
    await once(service, 'listening')
    const { port } = service.address() as AddressInfo
    const url = await mineWith('http-forward', { service: { port, path: '/paint' } })
    expect(await httpAsks(url, hotkey, '/forward', { prompt: 'x' })).toEqual([200, { asked: '/paint' }])
    await stop()
    service.close()
  })
})

/** With vectors and scores that are made up: no such model is small enough to be here. */
describe.skipIf(!found)('official clients and the adapters that write no text', { timeout: 120_000 }, () => {
  const handler: TaskHandler = async ({ kind, task }) => {
    if (kind === 'embed') return ok({ vectors: task.texts.map((_text, at) => [at, 1]), promptTokens: 2, totalMs: 1 })
    if (kind === 'rank') return ok({ scores: task.documents.map((_text, at) => at / 10), promptTokens: 2, totalMs: 1 })
    throw new Error(kind)
  }
  const log = { log: () => undefined }
  const axon = new AxonProcess({ spawn: nodeSpawn, clock: realClock, log, startedAtMs: 0 })
  axon.onTask(handler)
  axon.setCallers([callerOf({ ...testKey(2), address: VALIDATOR })])
  const policy = { requirePermit: true, minStake: 0n }
  const serve = async (adapter: string): Promise<string> => {
    const config = { host: '127.0.0.1', port: 0, hotkey: MINER.address, adapter, policy, limits: TEST_LIMITS }
    const started = await axon.start(config)
    if (!started.ok) throw new Error(started.error.code)
    return started.value.url
  }

  it('embeddings and ranks arrive as the clients read them', async () => {
    const embedded = await dendriteAsks(await serve('axon-embeddings'), MINER.address, 'embed')
    expect(embedded).toEqual({
      embed: {
        status: 200,
        embeddings: [
          [0, 1],
          [1, 1],
        ],
      },
    })
    await axon.stop()
    const list = await httpAsks(await serve('http-embeddings'), MINER.address, '/v1/embeddings', { input: ['a', 'b'] })
    expect(list).toMatchObject([200, { data: [{ embedding: [0, 1] }, { embedding: [1, 1] }] }])
    await axon.stop()
    const asked = { query: 'q', documents: ['a', 'b'] }
    const ranked = await httpAsks(await serve('http-rerank'), MINER.address, '/v1/rerank', asked)
    expect(ranked).toMatchObject([200, { results: [{ index: 1, relevance_score: 0.1 }, { index: 0 }] }])
    await axon.stop()
  })
})

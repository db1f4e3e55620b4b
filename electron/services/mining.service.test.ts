import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { decodeAddress, sr25519Verify } from '@polkadot/util-crypto'
import { afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { miningStatus } from '../../shared/contract/mining.contract.ts'
import type { AppError } from '../../shared/errors.ts'
import { answerText } from '../../shared/mining/axon-answer.ts'
import type { Head } from '../../shared/network/network.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { TransactionRecord } from '../../shared/transactions/transaction.ts'
import { alpha, netuid, type Ss58 } from '../../shared/units/amounts.ts'
import { ask, callerOf, doneWith, MINER, realClock, testKey, VALIDATOR } from '../../test/support/axon-harness.ts'
import { askSynapse } from '../../test/support/signed-clients.ts'
import { AxonProcess } from '../axon/axon-process.ts'
import { ownService } from '../axon/own-service.ts'
import type { CallerOnChain, MinerSnapshot } from '../chain/chain.port.ts'
import type { LlmStatus, LoadedModel } from '../llm/llm.port.ts'
import { adapters } from '../mining/adapters.ts'
import { mappedWork } from '../mining/third-party/mapped-work.ts'
import { nodeSpawn } from '../system/node-spawn.ts'
import { MiningService } from './mining.service.ts'
import type { MiningDeps } from './mining-steps.ts'
import type { SendRequest } from './transactions.service.ts'

const NETUID = netuid(7)
const MODEL: LoadedModel = {
  file: '/models/tiny.gguf',
  name: 'Tiny',
  sizeBytes: 1,
  contextTokens: 256,
  parallel: 2,
  backend: 'cpu',
  gpuLayers: 0,
  threads: 1,
  does: ['chat', 'completion', 'json'],
}
const REQUEST = { netuid: NETUID, hotkey: MINER.address, modelId: 'self-test', port: 0 }
const chainCaller = (change: Partial<CallerOnChain> = {}): CallerOnChain => {
  const { hotkey, uid, permit, stake } = callerOf(VALIDATOR)
  return { hotkey, uid, permit, stake: alpha(stake), ...change }
}

/** A small world around the service: everything that it asked for is kept, everything it is told can be changed. */
class World {
  block = 100
  uid: number | undefined = 3
  subnetName = 'Practice chat'
  network: 'practice' | 'finney' | undefined = 'practice'
  genesis = '0xaa'
  axon: MinerSnapshot['axon']
  servingRateLimit = 50
  callers: readonly CallerOnChain[] = [chainCaller()]
  chainFails: AppError | undefined
  loads: Result<LoadedModel, AppError> | 'never' = ok(MODEL)
  sends: AppError | undefined
  readonly sent: SendRequest[] = []
  readonly loaded: string[] = []
  unloads = 0
  ownerColdkey: Ss58 | undefined
  githubRepo: string | undefined
  /** Subnet for which answers are signed now. */
  signing: number | undefined
  readonly #heads = new Set<(head: Head) => void>()
  readonly #networks = new Set<() => void>()
  readonly #llm = new Set<(status: LlmStatus) => void>()

  readonly axonPort = new AxonProcess({
    spawn: nodeSpawn,
    clock: realClock,
    log: { log: () => undefined },
    startedAtMs: 0,
  })

  head(block: number): void {
    this.block = block
    for (const listener of this.#heads) listener({ number: block, hash: '0x', seenAtMs: 0 })
  }
  networkChanged(): void {
    for (const listener of this.#networks) listener()
  }
  llmStatus(status: LlmStatus): void {
    for (const listener of this.#llm) listener(status)
  }

  deps(): MiningDeps {
    return {
      axon: this.axonPort,
      adapters,
      ownService,
      mappedWork: mappedWork(nodeSpawn, () => undefined),
      keys: {
        beginAnswers: async ({ netuid: on }) => {
          this.signing = on
          return ok(null)
        },
        signAnswer: async ({ answer }) =>
          this.signing === undefined
            ? err({ code: 'signer/not-serving', hotkey: 'h' })
            : ok(MINER.sign(answerText(answer, MINER.address))),
        endAnswers: async () => {
          this.signing = undefined
          return ok(null)
        },
      },
      clock: realClock,
      log: { log: () => undefined },
      ...this.#chain(),
      models: {
        pathOf: async (id) => (id === 'self-test' ? ok('/models/tiny.gguf') : err({ code: 'model/unknown', id })),
      },
      llm: {
        load: ({ file, onProgress, signal }) => {
          this.loaded.push(file)
          onProgress?.(0.5)
          const { loads } = this
          if (loads !== 'never') return Promise.resolve(loads)
          return new Promise((resolve) =>
            signal?.addEventListener('abort', () => resolve(err({ code: 'contract/cancelled' }))),
          )
        },
        unload: async () => {
          this.unloads += 1
        },
        chat: async (_task, on) => {
          on.token?.('Hello')
          return ok({ ...doneWith('Hello'), completionTokens: 10, totalMs: 500 })
        },
        complete: async () => err({ code: 'mining/not-running' }),
        embed: async ({ texts }) => ok({ vectors: texts.map(() => [1, 0]), promptTokens: 4, totalMs: 1 }),
        rank: async () => err({ code: 'mining/not-running' }),
        onStatus: (listener) => {
          this.#llm.add(listener)
          return () => this.#llm.delete(listener)
        },
      },
    }
  }

  #chain(): Pick<MiningDeps, 'chain' | 'network' | 'wallets' | 'transactions'> {
    return {
      chain: {
        minerSnapshot: async () =>
          this.chainFails
            ? err(this.chainFails)
            : ok({
                block: this.block,
                netuid: NETUID,
                subnetName: this.subnetName,
                ownerColdkey: this.ownerColdkey,
                githubRepo: this.githubRepo,
                uid: this.uid,
                axon: this.axon,
                servingRateLimit: this.servingRateLimit,
                emission: alpha(5n),
                incentive: 9,
              }),
        callers: async () => ok(this.callers),
        onHead: (listener) => {
          this.#heads.add(listener)
          return () => void this.#heads.delete(listener)
        },
        prepare: async (_signer, plan) =>
          ok({ payload: new Uint8Array(), metadata: new Uint8Array(), decoded: {} as never, handle: plan.kind }),
      },
      network: {
        choice: () => (this.network ? { kind: this.network } : undefined),
        genesis: () => (this.network ? this.genesis : undefined),
        onChange: (listener) => {
          const told = () => listener({} as never)
          this.#networks.add(told)
          return () => this.#networks.delete(told)
        },
      },
      wallets: {
        active: () => ({
          name: 'w',
          address: testKey(40).address,
          cryptoType: 'sr25519',
          watchOnly: false,
          encrypted: true,
          format: 'vault',
          weaknesses: [],
          hasWords: 'unknown',
          unlocked: false,
          hotkeys: [
            {
              name: 'h',
              address: MINER.address,
              cryptoType: 'sr25519',
              encrypted: false,
              format: 'plain',
              unlocked: true,
            },
          ],
        }),
      },
      transactions: {
        sendBytes: async (request) => {
          this.sent.push(request)
          if (this.sends) return err(this.sends)
          const { intent } = request
          if (intent.kind !== 'serve-axon') throw new Error('not serve-axon')
          const { serve } = adapters.byId('practice-chat')!
          this.block += 1
          this.axon = { ip: intent.ip, port: intent.port, ...serve, block: this.block }
          return ok({ outcome: { block: this.block } } as TransactionRecord)
        },
      },
    }
  }
}

let world: World
let mining: MiningService
const fresh = (change: Partial<World> = {}) => {
  world = Object.assign(new World(), change)
  mining = new MiningService(world.deps())
  return mining
}
afterEach(() => mining.stop())

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10))
}
const urlOf = () => `http://${mining.status().endpoint}`

describe('start', () => {
  test('checks, loads, serves, announces and answers', async () => {
    fresh()
    const phases: string[] = []
    mining.onStatus(() =>
      phases.push(
        mining
          .status()
          .steps.map((step) => step.state[0])
          .join(''),
      ),
    )
    const started = await mining.start(REQUEST)
    expect(started).toMatchObject({
      ok: true,
      value: {
        state: 'mining',
        netuid: 7,
        subnetName: 'Practice chat',
        hotkeyName: 'h',
        uid: 3,
        model: { id: 'self-test', name: 'Tiny', backend: 'cpu', parallel: 2 },
        axonBlock: 101,
        incentive: 9,
        emission: 5n,
        answered: 0,
      },
    })
    // Each step is seen running before the next begins (r = running, d = done, w = waiting).
    expect([...new Set(phases)]).toEqual(['rwwww', 'drwww', 'ddrww', 'dddrw', 'ddddr'])
    expect(world.sent).toMatchObject([
      {
        wallet: 'w',
        signer: { hotkey: 'h' },
        intent: {
          kind: 'serve-axon',
          netuid: 7,
          ip: '127.0.0.1',
          port: Number(new URL(urlOf()).port),
          version: expect.any(Number),
          protocol: expect.any(Number),
        },
        record: { kind: 'serve-axon', signer: MINER.address },
      },
    ])
    expect((await ask(urlOf())).status).toBe(200)
    await until(() => mining.status().answered === 1)
    expect(mining.status()).toMatchObject({ tokensPerSecond: 20, queue: { running: 0 }, refused: {} })
    // What the windows get must pass the contract on its way out.
    expect(() => z.encode(miningStatus, mining.status())).not.toThrow()
  })

  test.each<[string, Partial<World>, object, string]>([
    ['without a network', { network: undefined }, {}, 'chain/not-connected'],
    ['with a hotkey of someone else', {}, { hotkey: testKey(41).address }, 'keys/unknown-hotkey'],
    ['for a subnet whose protocol we do not speak', { subnetName: 'Other' }, {}, 'mining/no-adapter'],
    ['with a hotkey that is not registered', { uid: undefined }, {}, 'mining/not-registered'],
    ['with an address nobody can reach', {}, { publicIp: '10.0.0.1' }, 'mining/bad-address'],
    ['on a real network without an address', { network: 'finney' }, {}, 'mining/bad-address'],
    ['when the chain does not answer', { chainFails: { code: 'chain/not-connected' } }, {}, 'chain/not-connected'],
    ['with an unknown model', {}, { modelId: 'x' }, 'model/unknown'],
  ])('refuses %s, before anything is loaded or sent', async (_why, change, request, code) => {
    fresh(change)
    expect(await mining.start({ ...REQUEST, ...request })).toMatchObject({ ok: false, error: { code } })
    expect(mining.status()).toMatchObject({ state: 'failed', error: { code } })
    expect(world.loaded).toEqual([])
    expect(world.sent).toEqual([])
  })

  test('says which step failed, frees what was begun, and can be tried again', async () => {
    fresh({ sends: { code: 'chain/pool-refused', reason: 'x' } })
    expect(await mining.start(REQUEST)).toMatchObject({ ok: false, error: { code: 'chain/pool-refused' } })
    const { steps, state } = mining.status()
    expect([state, steps.map((step) => step.state)]).toEqual(['failed', ['done', 'done', 'done', 'failed', 'waiting']])
    expect(world.unloads).toBe(1)
    world.sends = undefined
    expect((await mining.start(REQUEST)).ok).toBe(true)
  })

  test('a model that does not load ends it before the port is opened', async () => {
    fresh({ loads: err({ code: 'model/too-large', neededBytes: 2, availableBytes: 1 }) })
    expect(await mining.start(REQUEST)).toMatchObject({ error: { code: 'model/too-large' } })
    expect(mining.status().endpoint).toBeUndefined()
  })

  test('is refused while one runs', async () => {
    fresh()
    await mining.start(REQUEST)
    expect(await mining.start(REQUEST)).toEqual(err({ code: 'mining/already-running' }))
  })

  test('does not announce what the chain already has', async () => {
    fresh()
    await mining.start(REQUEST)
    const { port } = new URL(urlOf())
    await mining.stop()
    expect(await mining.start({ ...REQUEST, port: Number(port) })).toMatchObject({ value: { axonBlock: 101 } })
    expect(world.sent).toHaveLength(1)
  })

  test('serves while the chain asks to wait, and announces when it may', async () => {
    fresh({ axon: { ip: '127.0.0.1', port: 1, version: 0, protocol: 0, block: 90 } })
    const started = await mining.start(REQUEST)
    expect(started).toMatchObject({ value: { state: 'starting' } })
    expect(mining.status().steps[3]).toEqual({ step: 'announce', state: 'running', value: 'in 40 blocks' })
    expect((await ask(urlOf())).status).toBe(200)
    world.head(120)
    await until(() => mining.status().steps[3]?.value === 'in 20 blocks')
    expect(world.sent).toHaveLength(0)
    world.head(140)
    await until(() => mining.status().state === 'mining')
    expect(world.sent).toHaveLength(1)
  })
})

describe('an adapter that was chosen', () => {
  const CHAT = { ...REQUEST, adapter: 'axon-chat', understood: true }

  test('by hand serves any subnet, and its answers are signed as long as it runs', async () => {
    fresh({ subnetName: 'My own' })
    expect(await mining.start(CHAT)).toMatchObject({
      ok: true,
      value: { adapter: { id: 'axon-chat', status: 'verified' }, subnetName: 'My own' },
    })
    const answer = await askSynapse(urlOf(), { body: '{"prompt":"Hello","completion":null}' })
    expect([answer.status, answer.json()]).toMatchObject([200, { completion: 'Hello' }])
    const { headers } = answer
    const text = answerText(
      {
        nonce: String(headers['bt_header_axon_nonce']),
        caller: VALIDATOR.address,
        uuid: String(headers['bt_header_axon_uuid']),
      },
      MINER.address,
    )
    const signature = Buffer.from(String(headers['bt_header_axon_signature']).slice(2), 'hex')
    expect(sr25519Verify(text, signature, decodeAddress(MINER.address))).toBe(true)
    expect(world.signing).toBe(7)
    // The process of the hotkeys died and knows of nothing: it is told again.
    world.signing = undefined
    expect((await askSynapse(urlOf(), {})).headers['bt_header_axon_signature']).toBeDefined()
    await mining.stop()
    expect(world.signing).toBeUndefined()
  })

  test.each<[string, Partial<World>, object, object]>([
    ['without a word that its warning was read', {}, { understood: undefined }, { code: 'mining/by-hand-only' }],
    ['that was made for another subnet', {}, { adapter: 'readyai' }, { code: 'mining/other-subnet', what: 'network' }],
    [
      'whose subnet is someone else now',
      { network: 'finney' },
      { adapter: 'readyai', publicIp: '8.8.8.8' },
      { code: 'mining/other-subnet', what: 'name', expected: 'ReadyAI', live: 'Practice chat' },
    ],
    [
      'whose subnet has another repository',
      { network: 'finney', subnetName: 'ReadyAI', githubRepo: 'https://github.com/a/b' },
      { adapter: 'readyai', publicIp: '8.8.8.8' },
      { code: 'mining/other-subnet', what: 'repository' },
    ],
    ['that is not there', {}, { adapter: 'none' }, { code: 'mining/no-adapter' }],
    ['without a model', {}, { modelId: undefined }, { code: 'contract/bad-input' }],
    ['without a service', {}, { adapter: 'http-forward' }, { code: 'contract/bad-input' }],
  ])('is refused %s, before anything is loaded', async (_why, change, request, error) => {
    fresh(change)
    expect(await mining.start({ ...CHAT, ...request })).toMatchObject({ ok: false, error })
    expect(world.loaded).toEqual([])
  })

  test('is refused with a model that cannot do its work', async () => {
    fresh()
    expect(await mining.start({ ...CHAT, adapter: 'http-embeddings' })).toMatchObject({
      error: { code: 'model/cannot', task: 'embed', model: 'Tiny' },
    })
    expect(world.unloads).toBe(1)
  })

  test('embeds where its model does', async () => {
    fresh({ loads: ok({ ...MODEL, does: ['embed'] }) })
    await mining.start({ ...CHAT, adapter: 'http-embeddings' })
    const body = JSON.stringify({ input: ['a', 'b'] })
    const answer = await ask(urlOf(), { target: '/v1/embeddings', body })
    expect(answer.json()).toMatchObject({ data: [{ embedding: [1, 0] }, { index: 1 }], usage: { prompt_tokens: 4 } })
  })

  test('forwards to a service of the user, needs no model, and is refused where nothing listens', async () => {
    const service = createServer((request, response) => request.resume().on('end', () => response.end('{"image":1}')))
    service.listen(0, '127.0.0.1')
    await once(service, 'listening')
    const { port } = service.address() as AddressInfo
    fresh()
    const wish = { ...CHAT, adapter: 'http-forward', modelId: undefined, service: { port, path: '/make' } }
    expect(await mining.start(wish)).toMatchObject({ ok: true, value: { state: 'mining' } })
    expect((await ask(urlOf(), { target: '/forward' })).json()).toEqual({ image: 1 })
    expect(world.loaded).toEqual([])
    await mining.stop()
    service.closeAllConnections()
    service.close()
    await once(service, 'close')
    expect(await mining.start(wish)).toMatchObject({ error: { code: 'mining/service-failed', port } })
  })
})

describe('while mining', () => {
  const started = async () => {
    await fresh().start(REQUEST)
  }

  test('new callers are let in and old ones out', async () => {
    await started()
    const other = testKey(42)
    world.callers = [chainCaller({ hotkey: other.address })]
    world.head(200)
    await until(() => mining.status().chainBlock === 200)
    expect((await ask(urlOf(), { key: other })).status).toBe(200)
    expect((await ask(urlOf())).status).toBe(403)
  })

  test.each<[string, Partial<World>]>([
    ['name', { subnetName: 'Somebody else' }],
    ['owner', { ownerColdkey: testKey(44).address }],
    ['repository', { githubRepo: 'https://github.com/a/other' }],
  ])('another %s of the subnet stops it loudly, and nothing more is answered', async (what, change) => {
    await fresh({ ownerColdkey: testKey(43).address, githubRepo: 'https://github.com/a/b' }).start(REQUEST)
    const url = urlOf()
    Object.assign(world, change)
    world.head(200)
    await until(() => mining.status().state === 'failed' && world.unloads === 1)
    expect(mining.status().error).toMatchObject({ code: 'mining/other-subnet', what })
    await expect(ask(url)).rejects.toThrow('ECONNREFUSED')
  })

  test('a uid that was lost ends it', async () => {
    await started()
    world.uid = undefined
    world.head(200)
    await until(() => mining.status().state === 'failed' && world.unloads === 1)
    expect(mining.status().error).toMatchObject({ code: 'mining/not-registered' })
  })

  test('a chain that does not answer does not', async () => {
    await started()
    world.chainFails = { code: 'chain/not-connected' }
    world.head(200)
    expect((await ask(urlOf())).status).toBe(200)
    expect(mining.status().state).toBe('mining')
  })

  test('an endpoint that someone else wrote over is announced again', async () => {
    await started()
    world.axon = { ip: '127.0.0.1', port: 9, version: 0, protocol: 0, block: 102 }
    world.head(200)
    await until(() => world.sent.length === 2)
    await until(() => mining.status().axonBlock === 201)
  })

  test('another address is announced when the chain takes it; until then, and after, the server answers', async () => {
    await started()
    const url = urlOf()
    expect(await mining.moveTo('8.8.8.8', 9000)).toMatchObject({ error: { code: 'mining/bad-address' } })
    expect(await mining.moveTo('127.0.0.1', 9000)).toMatchObject({ ok: true, value: { state: 'mining' } })
    expect((await ask(url)).status).toBe(200)
    const before = world.sent.length
    world.head(200)
    await until(() => world.sent.length === before + 1)
    expect(mining.status().endpoint).toBe('127.0.0.1:9000')
    expect((await ask(url)).status).toBe(200)
    await mining.stop()
    expect(await mining.moveTo('127.0.0.1', 9000)).toEqual(err({ code: 'mining/not-running' }))
  })

  test('a model that is gone ends it', async () => {
    await started()
    world.llmStatus({ state: 'failed', busy: 0, error: { code: 'mining/worker-died', worker: 'llm', reason: 'x' } })
    await until(() => world.unloads === 1)
    expect(mining.status()).toMatchObject({ state: 'failed', error: { code: 'mining/worker-died', worker: 'llm' } })
  })

  test('another network ends it', async () => {
    await started()
    world.networkChanged()
    expect(mining.status().state).toBe('mining')
    world.genesis = '0xbb'
    world.networkChanged()
    await until(() => world.unloads === 1)
    expect(mining.status().state).toBe('failed')
  })
})

describe('stop', () => {
  test('ends everything, needs no key, and is safe at any time', async () => {
    fresh()
    expect(await mining.stop()).toMatchObject({ ok: true, value: { state: 'off' } })
    await mining.start(REQUEST)
    const url = urlOf()
    const sent = world.sent.length
    expect(await mining.stop()).toMatchObject({ ok: true, value: { state: 'off', answered: 0 } })
    await expect(ask(url)).rejects.toThrow('ECONNREFUSED')
    expect([world.unloads, world.sent.length]).toEqual([1, sent])
    world.head(300)
    expect(mining.status()).not.toHaveProperty('netuid')
  })

  test('while the model loads, ends the start as cancelled', async () => {
    fresh({ loads: 'never' })
    const starting = mining.start(REQUEST)
    await until(() => world.loaded.length === 1)
    expect(mining.status().steps[1]).toMatchObject({ state: 'running', fraction: 0.5 })
    await mining.stop()
    expect(await starting).toEqual(err({ code: 'contract/cancelled' }))
    expect(mining.status().state).toBe('off')
    expect(world.sent).toEqual([])
  })

  test('after a failure clears it', async () => {
    fresh({ network: undefined })
    await mining.start(REQUEST)
    expect(await mining.stop()).toMatchObject({ value: { state: 'off' } })
    expect(mining.status()).not.toHaveProperty('error')
  })
})

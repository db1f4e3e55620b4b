import { networkInterfaces } from 'node:os'
import { afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { miningStatus } from '../../shared/contract/mining.contract.ts'
import { err, ok } from '../../shared/result.ts'
import { ask, MINER, testKey } from '../../test/support/axon-harness.ts'
import { chainCaller, MODEL, REQUEST, until, World } from '../../test/support/mining-world.ts'
import { MiningService } from './mining.service.ts'

// Containers often have no IPv6 at all, not even to themselves.
const hasIpv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'))
if (!hasIpv6) process.stderr.write('SKIPPED: this computer has no ::1; answering on both families is not checked\n')

let world: World
let mining: MiningService
const fresh = (change: Partial<World> = {}) => {
  world = Object.assign(new World(), change)
  mining = new MiningService(world.deps())
  return mining
}
afterEach(() => mining.stop())

/** On a chain of one's own, where addresses are not only those of this computer. */
const ELSEWHERE = { ...REQUEST, adapter: 'http-chat', understood: true }

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

  test('an announcement of before that came into a block meanwhile is a wait, too, and no failure', async () => {
    fresh({ sends: { code: 'chain/pool-refused', reason: 'ServingRateLimitExceeded: announced too recently' } })
    const started = await mining.start(REQUEST)
    expect(started).toMatchObject({ value: { state: 'starting' } })
    expect(mining.status().steps[3]).toMatchObject({ step: 'announce', state: 'running', value: 'in 1 blocks' })
    expect((await ask(urlOf())).status).toBe(200)
    world.sends = undefined
    world.head(120)
    await until(() => mining.status().state === 'mining')
    expect(world.sent).toHaveLength(2)
  })

  test('while the chain asks to wait, a model that is gone ends it as it does later', async () => {
    fresh({ axon: { ip: '127.0.0.1', port: 1, version: 0, protocol: 0, block: 90 } })
    await mining.start(REQUEST)
    world.llmStatus({ state: 'failed', busy: 0, error: { code: 'mining/worker-died', worker: 'llm', reason: 'x' } })
    await until(() => world.unloads === 1)
    expect(mining.status()).toMatchObject({ state: 'failed', error: { code: 'mining/worker-died', worker: 'llm' } })
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

  test('a uid that was lost ends it', async () => {
    await started()
    world.uid = undefined
    world.head(200)
    await until(() => mining.status().state === 'failed' && world.unloads === 1)
    expect(mining.status().error).toMatchObject({ code: 'mining/not-registered' })
  })

  test('a subnet that was removed does', async () => {
    await started()
    world.chainFails = { code: 'stake/unknown-subnet', netuid: REQUEST.netuid }
    world.head(200)
    await until(() => mining.status().state === 'failed' && world.unloads === 1)
    expect(mining.status().error).toMatchObject({ code: 'stake/unknown-subnet' })
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

  test.runIf(hasIpv6)(
    'both families are answered, whichever is announced, and a move may go from one to the other',
    async () => {
      fresh({ network: 'local' })
      expect(await mining.start({ ...ELSEWHERE, publicIp: '192.168.0.7' })).toMatchObject({
        ok: true,
        value: { listensFor: 'both' },
      })
      const { port } = new URL(urlOf())
      const answered = () => Promise.all([ask(`http://127.0.0.1:${port}`), ask(`http://[::1]:${port}`)])
      expect((await answered()).map(({ status }) => status)).toEqual([200, 200])
      world.servingRateLimit = 0
      expect((await mining.moveTo('2001:4860:4860::8888', 9000)).ok).toBe(true)
      expect(mining.status().endpoint).toBe('[2001:4860:4860::8888]:9000')
      expect(world.axon).toMatchObject({ ip: '2001:4860:4860::8888', port: 9000 })
      expect((await answered()).map(({ status }) => status)).toEqual([200, 200])
    },
  )

  test('a computer without IPv6 listens for IPv4 alone, and says so where an IPv6 address is to be announced', async () => {
    fresh({ network: 'local' })
    const { axonPort } = world
    const start = axonPort.start.bind(axonPort)
    axonPort.start = async (config) =>
      config.host === '::' ? err({ code: 'mining/bad-address', address: '::', reason: 'EAFNOSUPPORT' }) : start(config)
    const without = { ok: false, error: { code: 'mining/bad-address' } }
    expect(await mining.start({ ...ELSEWHERE, publicIp: '2001:4860:4860::8888' })).toMatchObject(without)
    expect(await mining.start({ ...ELSEWHERE, publicIp: '192.168.0.7' })).toMatchObject({
      value: { listensFor: 'ipv4' },
    })
    const { port } = new URL(urlOf())
    expect((await ask(`http://127.0.0.1:${port}`)).status).toBe(200)
    expect(await mining.moveTo('2001:4860:4860::8888', 9000)).toMatchObject(without)
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

describe('held', () => {
  const HOT = { kind: 'too-hot', part: 'graphics card', celsius: 90, limitCelsius: 85, resumesAtCelsius: 75 } as const

  test('callers wait with 503 while a reason holds, the address stays, and it goes on when the reason is gone', async () => {
    await fresh().start({ ...REQUEST, startedBy: 'rule' })
    mining.hold([HOT])
    expect(mining.status()).toMatchObject({
      state: 'mining',
      startedBy: 'rule',
      held: { reasons: [HOT], modelFreed: false },
    })
    expect(() => z.encode(miningStatus, mining.status())).not.toThrow()
    expect((await ask(urlOf())).status).toBe(503)
    mining.hold([])
    expect(mining.status()).not.toHaveProperty('held')
    expect((await ask(urlOf())).status).toBe(200)
    expect([world.loaded.length, world.unloads, world.sent.length]).toEqual([1, 0, 1])
  })

  test('the model leaves memory where a reason asks for it, and is loaded again afterwards', async () => {
    await fresh().start(REQUEST)
    mining.hold([{ kind: 'on-battery' }, { kind: 'in-use', waitMs: 60_000, freesModel: true }])
    await until(() => world.unloads === 1)
    expect(mining.status().held?.modelFreed).toBe(true)
    world.loads = 'never'
    mining.hold([])
    await until(() => world.loaded.length === 2)
    // Nothing holds it any more, and it cannot answer yet.
    expect(mining.status().held).toMatchObject({ reasons: [], modelFreed: true })
    expect((await ask(urlOf())).status).toBe(503)
    await mining.stop()
    world.loads = ok(MODEL)
    await mining.start(REQUEST)
    expect(mining.status().held).toBeUndefined()
  })

  test('reasons that were there before hold the next run, too; a model that does not come back ends it', async () => {
    fresh()
    mining.hold([{ kind: 'schedule', freesModel: true }])
    expect(mining.status().held).toBeUndefined()
    await mining.start(REQUEST)
    await until(() => mining.status().held?.modelFreed === true)
    world.loads = err({ code: 'model/file-missing', file: 'x' })
    mining.hold([])
    await until(() => mining.status().state === 'failed')
    expect(mining.status().error).toMatchObject({ code: 'model/file-missing' })
  })
})

describe('the log', () => {
  test('says when a miner began, was stopped, could not begin, and ended by itself, and why', async () => {
    await fresh().start(REQUEST)
    const port = Number(new URL(urlOf()).port)
    await mining.stop()
    await mining.stop()
    expect(world.logged).toEqual(['info mining.began', 'info mining.stopped'])
    await mining.start({ ...REQUEST, hotkey: testKey(9).address })
    expect(world.logged.at(-1)).toBe('warn mining.failed keys/unknown-hotkey')
    await mining.start({ ...REQUEST, port })
    world.uid = undefined
    world.head(200)
    await until(() => mining.status().state === 'failed')
    expect(world.logged.slice(3)).toEqual(['info mining.began', 'error mining.failed mining/not-registered'])
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

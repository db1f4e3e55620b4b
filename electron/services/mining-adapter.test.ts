import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { decodeAddress, sr25519Verify } from '@polkadot/util-crypto'
import { afterEach, describe, expect, test } from 'vitest'
import { answerText } from '../../shared/mining/axon-answer.ts'
import { ok } from '../../shared/result.ts'
import { ask, MINER, testKey, VALIDATOR } from '../../test/support/axon-harness.ts'
import { MODEL, REQUEST, until, World } from '../../test/support/mining-world.ts'
import { askSynapse } from '../../test/support/signed-clients.ts'
import { MiningService } from './mining.service.ts'

let world: World
let mining: MiningService
const fresh = (change: Partial<World> = {}) => {
  world = Object.assign(new World(), change)
  mining = new MiningService(world.deps())
  return mining
}
afterEach(() => mining.stop())

const urlOf = () => `http://${mining.status().endpoint}`

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

  test('stopped while its key begins to sign, it opens no port and signs nothing afterwards', async () => {
    fresh({ subnetName: 'My own' })
    const began = Promise.withResolvers<void>()
    const asked = Promise.withResolvers<void>()
    const deps = world.deps()
    mining = new MiningService({
      ...deps,
      keys: {
        ...deps.keys,
        beginAnswers: async (request) => {
          asked.resolve()
          await began.promise
          return deps.keys.beginAnswers(request)
        },
      },
    })
    const starting = mining.start(CHAT)
    await asked.promise
    const stopping = mining.stop()
    began.resolve()
    expect(await starting).toMatchObject({ ok: false, error: { code: 'contract/cancelled' } })
    await stopping
    expect([mining.status().state, world.signing, world.sent]).toEqual(['off', undefined, []])
    // A server that had been opened after the stop would be in the way.
    expect(await mining.start(CHAT)).toMatchObject({ ok: true })
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

describe('a subnet that becomes another one', () => {
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
})

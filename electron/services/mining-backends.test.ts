import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { ask } from '../../test/support/axon-harness.ts'
import { REQUEST, until, World } from '../../test/support/mining-world.ts'
import { endServers, type RunningServer, startServer, targetOf } from '../../test/support/openai-servers.ts'
import { MiningService } from './mining.service.ts'

const WISH = { model: 'tiny', places: 4, paceMs: 5 }
const { modelId: _modelId, ...ON_SERVERS } = { ...REQUEST, backends: true }

let one: RunningServer
let two: RunningServer
beforeAll(async () => {
  ;[one, two] = await Promise.all([startServer(WISH), startServer(WISH)])
})
afterAll(endServers)

let world: World
let mining: MiningService
const fresh = (...targets: Parameters<World['backends']['use']>[0]) => {
  world = new World()
  world.backends.use(targets)
  mining = new MiningService(world.deps())
}
afterEach(async () => {
  await mining.stop()
  world.backends.close()
})
const urlOf = () => `http://${mining.status().endpoint}`
const STREAMED = JSON.stringify({ messages: [{ role: 'user', content: 'Hi' }], max_tokens: 400, stream: true })

test('a signed request is answered by a server of the user, with its own counts; nothing is loaded here', async () => {
  fresh(targetOf(one.port, { places: 4 }), targetOf(two.port, { places: 4 }))
  expect(await mining.start(ON_SERVERS)).toMatchObject({
    ok: true,
    value: { state: 'mining', model: { id: 'backends', name: 'tiny', backend: 'remote', parallel: 8 } },
  })
  expect(world.loaded).toEqual([])
  expect(mining.status().steps[1]).toMatchObject({ state: 'done', value: 'tiny, on servers of your own' })
  const answer = await ask(urlOf())
  expect([answer.status, answer.json()['usage']]).toEqual([
    200,
    { prompt_tokens: 7, completion_tokens: 8, total_tokens: 15 },
  ])
  await until(() => mining.status().answered === 1)
  expect(mining.status().recent[0]).toMatchObject({ promptTokens: 7, completionTokens: 8 })
})

test('without a server that is well it does not start, and nothing is sent', async () => {
  fresh(targetOf(one.port, { model: 'other' }))
  expect(await mining.start(ON_SERVERS)).toEqual({ ok: false, error: { code: 'backend/none-ready', task: 'write' } })
  expect(world.sent).toEqual([])
})

test('both end in the middle: what was begun says so inside of it, what comes then gets 503, and mining goes on', async () => {
  const brief = await startServer({ ...WISH, places: 1 })
  fresh(targetOf(brief.port, { places: 1 }))
  await mining.start(ON_SERVERS)
  const begun = ask(urlOf(), { body: STREAMED })
  await until(() => world.backends.states()[0]?.running === 1)
  await brief.kill()
  const cut = await begun
  expect([cut.status, cut.text.includes('tiny-0'), cut.text.includes('"code":"ModelFailed"')]).toEqual([
    200,
    true,
    true,
  ])
  const refused = await ask(urlOf())
  expect([refused.status, refused.json().error?.message]).toEqual([503, 'no model is ready now'])
  expect(mining.status().state).toBe('mining')
  await startServer({ ...WISH, port: brief.port })
  await until(() => world.backends.states()[0]?.state === 'half-open')
  expect((await ask(urlOf())).status).toBe(200)
})

test('the model of this computer shares the work, and when it dies the servers go on', async () => {
  fresh(targetOf(one.port, { places: 4 }))
  expect(await mining.start({ ...REQUEST, backends: true })).toMatchObject({
    value: { model: { id: 'self-test', name: 'Tiny, tiny', backend: 'cpu + remote', parallel: 6 } },
  })
  expect(world.loaded).toHaveLength(1)
  world.llmStatus({ state: 'failed', busy: 0, error: { code: 'mining/worker-died', worker: 'llm', reason: 'x' } })
  expect((await ask(urlOf())).status).toBe(200)
  expect(mining.status().state).toBe('mining')
})

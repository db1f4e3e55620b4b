import { truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { selfTestModel } from '../../electron/models/self-test-model.ts'
import { type PracticeNetwork, startPractice } from '../support/chain/practice-network.ts'
import { buyMuch } from '../support/chain/price-mover.ts'
import {
  createMiner,
  getRich,
  importWallet,
  LONG_PASSWORD,
  registerMiner,
  sessionWith,
  stateOf,
  tornWallet,
  validatorOf,
  WORDS,
} from '../support/host-session.ts'
import { startInnerHost } from '../support/inner-host.ts'
import { startHost, taoforge } from '../support/running-host.ts'
import { type Place, refuses } from './refuses.ts'

const SECRETS = { TAOFORGE_PASSWORD: LONG_PASSWORD, TAOFORGE_WORDS: WORDS }

describe('bad input at a terminal, on the practice network', { timeout: 120_000 }, () => {
  let place: Place
  beforeAll(async () => {
    const host = await startHost({ args: ['--network', 'practice', '--block-ms', '600'] })
    const session = await sessionWith(host)
    place = { host, session }
    await session.until<{ state: string }>('network.status', ({ state }) => state === 'ready')
    await importWallet(session)
    await getRich(session)
  }, 120_000)
  afterAll(async () => {
    await place?.session.close()
    await place?.host.stop()
  })

  test('a wrong password', async () => {
    await place.session.must('wallet.lock')
    const wrong = { TAOFORGE_PASSWORD: 'another long one' }
    await refuses(place, ['wallet.unlock', { name: 'a' }, wrong], { code: 'keys/wrong-password' })
    const { said } = await taoforge(['wallet.unlock', '{"name":"a"}', '--data', place.host.data], { env: wrong })
    expect(said).toMatch(/^The password is wrong\. .+ Try again\. There is no reset\.\n$/)
    await place.session.must('wallet.unlock', { name: 'a', password: LONG_PASSWORD })
  })

  test.each([
    ['too many', `${WORDS} walk`, { reason: 'word-count' }],
    ['a word that is none', WORDS.replace('obey', 'obay'), { reason: 'unknown-word' }],
    ['a wrong order', WORDS.replace('obey lake', 'lake obey'), { reason: 'checksum' }],
  ])('wrong words: %s', async (_, words, facts) => {
    const env = { ...SECRETS, TAOFORGE_WORDS: words }
    await refuses(place, ['wallet.importWords', { name: 'b' }, env], { code: 'keys/bad-mnemonic', ...facts })
  })

  test('a truncated keyfile', async () => {
    const folder = tornWallet(place.host.data)
    await refuses(place, ['wallet.importFolder', { path: folder, name: 'torn' }], { code: 'keys/keyfile-broken' })
  })

  test('an unknown network', async () => {
    const before = await stateOf(place.host, place.session)
    const answer = await taoforge(['subnets.watch', '{}', '--data', place.host.data, '--network', 'mars'])
    expect(answer.json).toEqual({ ok: false, error: { code: 'chain/unknown-network', network: 'mars' } })
    const issues = [expect.stringContaining('kind')]
    await refuses(place, ['network.select', { kind: 'mars' }], { code: 'contract/bad-input', issues })
    expect(await stateOf(place.host, place.session)).toEqual(before)
    expect(await place.session.until('network.status')).toMatchObject({ choice: { kind: 'practice' }, state: 'ready' })
  })

  test('not enough TAO', async () => {
    const hotkey = await validatorOf(place.session, 4)
    const request = { moves: [{ kind: 'add', netuid: 4, hotkey, amount: '200000000000' }], tolerancePpm: 100_000 }
    await refuses(place, ['staking.planMoves', request], {
      code: 'stake/balance-too-low',
      available: '100000000000',
      needed: expect.stringMatching(/^20000\d{7}$/),
    })
  })

  test('the price moved, by somebody else', async () => {
    const hotkey = await validatorOf(place.session, 3)
    const request = { moves: [{ kind: 'add', netuid: 3, hotkey, amount: '10000000' }], tolerancePpm: 5_000 }
    const plan = await place.session.must<object>('staking.planMoves', request)
    const { endpoint } = await place.session.until<{ endpoint: string }>('network.status')
    await buyMuch(endpoint, 3, 5_000_000_000n)
    await refuses(place, ['transaction.prepare', { plan }], {
      code: 'stake/price-moved',
      price: expect.stringMatching(/^\d+$/),
      limitPrice: expect.stringMatching(/^\d+$/),
    })
  })

  test('a subnet that has not started', async () => {
    const hotkey = await validatorOf(place.session, 6)
    const request = { moves: [{ kind: 'add', netuid: 6, hotkey, amount: '1000000000' }], tolerancePpm: 5_000 }
    await refuses(place, ['staking.planMoves', request], { code: 'stake/subnet-not-started', netuid: 6 })
  })

  test('a port that is taken, and models that cannot be used', async () => {
    const hotkey = await createMiner(place.session)
    await registerMiner(place.session, hotkey)
    const start = { netuid: 2, hotkey, modelId: 'self-test', port: 0 }
    await place.session.must('models.makeSelfTest')
    const taken = createServer()
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
    const { port } = taken.address() as { port: number }
    await refuses(place, ['mining.start', { ...start, port }], { code: 'mining/port-taken', port })
    await new Promise((resolve) => taken.close(resolve))

    const file = join(place.host.data, 'model.gguf')
    writeFileSync(file, selfTestModel().subarray(0, 200_000))
    const cut = {
      code: 'model/broken',
      file,
      reason: expect.stringMatching(/^the file is cut off: 200000 of \d+ bytes$/),
    }
    await refuses(place, ['models.import', { path: file }], cut)

    writeFileSync(file, selfTestModel())
    const { id } = await place.session.must<{ id: string }>('models.import', { path: file })
    truncateSync(file, 200_000)
    await refuses(place, ['mining.start', { ...start, modelId: id }], cut)

    // A real head, and a tail of a terabyte that no disk holds: its size alone says that no memory takes it.
    writeFileSync(file, selfTestModel())
    truncateSync(file, 1024 ** 4)
    await place.session.must('models.import', { path: file })
    const answer = { code: 'model/too-large', neededBytes: expect.any(Number), availableBytes: expect.any(Number) }
    await refuses(place, ['mining.start', { ...start, modelId: id }], answer)
  })
})

describe('a network that is not there, or is another', { timeout: 120_000 }, () => {
  let other: PracticeNetwork
  let place: Place
  beforeAll(async () => {
    other = await startPractice(['--block-ms', '300', '--seed', '7', '--no-validator'])
    const host = await startInnerHost(({ knownNetworks }) => ({
      knownNetworks: knownNetworks.map((known) => ({ ...known, endpoints: [other.ws] })),
    }))
    place = { host, session: await sessionWith(host) }
  }, 120_000)
  afterAll(async () => {
    await place?.session.close()
    await place?.host.stop()
    await other?.stop()
  })

  test('an endpoint of finney with another genesis', async () => {
    await refuses(place, ['network.select', { kind: 'finney' }], {
      code: 'chain/wrong-genesis',
      endpoint: other.ws,
      expected: '0x2f0555cc76fc2840a25a6ea3b9637146806f1f44b090c175ffde2a7e5ab36c03',
      actual: other.genesis,
    })
    const answer = await taoforge(['subnets.watch', '{}', '--data', place.host.data, '--network', 'finney'])
    expect(answer.json).toMatchObject({ ok: false, error: { code: 'chain/wrong-genesis' } })
  })

  test('an endpoint where nobody answers, and text that is none', async () => {
    const down = { kind: 'custom', endpoint: 'ws://127.0.0.1:9' }
    await refuses(place, ['network.select', down], { code: 'chain/unreachable', endpoint: 'ws://127.0.0.1:9' })
    const text = { kind: 'custom', endpoint: 'http://example.org' }
    await refuses(place, ['network.select', text], { code: 'chain/bad-endpoint', endpoint: 'http://example.org' })
  })
})

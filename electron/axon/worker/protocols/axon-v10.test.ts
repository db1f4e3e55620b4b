import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answerText } from '../../../../shared/mining/axon-answer.ts'
import { err, ok } from '../../../../shared/result.ts'
import {
  callerOf,
  doneWith,
  instantHandler,
  MINER,
  send,
  testKey,
  VALIDATOR,
} from '../../../../test/support/axon-harness.ts'
import { type InsideAxon, startInside } from '../../../../test/support/axon-inside.ts'
import {
  askSynapse,
  SYNAPSE_UUID,
  type SynapseTweaks,
  sha3,
  synapseHeaders,
} from '../../../../test/support/signed-clients.ts'
import { publicKeyOf } from '../ss58.ts'
import { verifierOf } from '../verify.ts'

const POOR = testKey(4)
const PLAIN = testKey(5)
const STRANGER = testKey(6)
const ED = testKey(3, 'ed25519')
const callers = [callerOf(VALIDATOR), callerOf(POOR, { stake: 99n }), callerOf(PLAIN, { permit: false }), callerOf(ED)]

let under: InsideAxon
const signed: string[] = []
beforeAll(async () => {
  under = await startInside({
    adapter: 'axon',
    callers,
    minStake: 100n,
    signer: async (answer) => {
      const text = answerText(answer, MINER.address)
      signed.push(text)
      return ok(MINER.sign(text))
    },
  })
})
afterAll(() => under.axon.stop())

const agoNs = (ms: number): bigint => BigInt(Date.now() - ms) * 1_000_000n
let uuids = 0
const newUuid = (): string => `0000000${uuids++}-1cec-11ee-b0dc-e29ce36fec1a`.slice(-36)
const ask = (tweaks: SynapseTweaks = {}) => askSynapse(under.url, tweaks)

describe('a synapse', () => {
  test('comes back whole with what was filled in, and with headers that say who answered', async () => {
    const body = '{"prompt": "Hello", "completion": null, "timeout": 12.0, "dendrite": {"nonce": 1795352273655366016}}'
    const answer = await ask({ body })
    expect(answer.status).toBe(200)
    // Not a digit of a number is changed on its way through.
    expect(answer.text).toBe(
      '{"prompt":"Hello","completion":"Hello there","timeout":12.0,"dendrite":{"nonce":1795352273655366016}}',
    )
    expect(answer.headers).toMatchObject({
      name: 'Chat',
      timeout: '12.0',
      'content-type': 'application/json',
      bt_header_axon_status_code: '200',
      bt_header_axon_status_message: 'Success',
      bt_header_axon_hotkey: MINER.address,
      bt_header_dendrite_hotkey: VALIDATOR.address,
      bt_header_dendrite_uuid: SYNAPSE_UUID,
      computed_body_hash: sha3(''),
    })
    expect(Number(answer.headers['bt_header_axon_process_time'])).toBeGreaterThanOrEqual(0)
  })

  test('is answered with a signature over nonce, caller, miner and uuid', async () => {
    const { headers } = await ask()
    const { bt_header_axon_nonce: nonce, bt_header_axon_uuid: uuid, bt_header_axon_signature: signature } = headers
    const text = `${nonce}.${VALIDATOR.address}.${MINER.address}.${uuid}`
    const verifier = verifierOf('sr25519', publicKeyOf(MINER.address)!)
    expect(verifier.check(text, Buffer.from(String(signature).slice(2), 'hex'))).toBe(true)
    expect(signed).toContain(text)
    const next = await ask()
    expect(BigInt(String(next.headers['bt_header_axon_nonce']))).toBeGreaterThan(BigInt(String(nonce)))
  })

  test('streams plain text after the same headers', async () => {
    const answer = await ask({ target: '/StreamChat' })
    expect([answer.status, answer.text]).toEqual([200, 'Hello there'])
    expect(answer.headers).toMatchObject({ 'content-type': 'text/event-stream', bt_header_axon_status_code: '200' })
  })

  test('that is cut in the middle of its stream breaks, so that nobody takes it for whole', async () => {
    under.axon.onTask(async (_task, on) => {
      on.token('Hello')
      return err({ code: 'mining/worker-died', worker: 'llm', reason: 'x' })
    })
    await expect(ask({ target: '/StreamChat' })).rejects.toThrow(/aborted|hang up|ECONNRESET/)
    expect((await ask()).status).toBe(503)
    under.axon.onTask(instantHandler)
  })

  test('may come by GET, and a ping is answered to every known caller', async () => {
    expect((await ask({ method: 'GET', headers: { 'content-length': '36' } })).status).toBe(200)
    const ping = await ask({ target: '/Synapse', key: PLAIN, body: '{"name":"Synapse"}' })
    expect([ping.status, ping.json()]).toEqual([200, { name: 'Synapse' }])
    expect((await ask({ target: '/Synapse', key: STRANGER })).status).toBe(403)
  })

  test('of a caller with an ed25519 key is checked as such', async () => {
    expect((await ask({ key: ED })).status).toBe(200)
    const forged = VALIDATOR.sign('anything')
    expect((await ask({ key: ED, headers: { bt_header_dendrite_signature: forged } })).status).toBe(401)
  })
})

describe('the hash of the body', () => {
  const body = JSON.stringify({ prompt: 'hello', turns: 3, plain: true })
  const bodyHash = sha3(['hello', '3', 'True'].map(sha3).join(''))
  const hashed = (tweaks: SynapseTweaks) => ask({ target: '/HashedChat', body, bodyHash, ...tweaks })

  test('covers the fields that the adapter names', async () => {
    expect((await hashed({})).status).toBe(200)
  })
  test.each([
    ['another prompt', { sentBody: body.replace('hello', 'hullo') }],
    ['another number', { sentBody: body.replace('3', '4') }],
    ['a field that is missing', { sentBody: '{"prompt":"hello","turns":3}' }],
    ['a fraction, whose Python text is not known', { sentBody: body.replace('3', '3.5') }],
    ['a hash of another body', { bodyHash: sha3('') }],
  ])('%s is refused', async (_what, tweaks) => {
    const answer = await hashed(tweaks)
    expect(answer.status).toBe(500)
    expect(answer.json()['message']).toMatch(/^Internal Server Error #[0-9a-f-]{36}$/)
  })
  test('where no field is named the hash is that of nothing, and the body is not covered', async () => {
    expect((await ask({ sentBody: '{"prompt":"another"}' })).status).toBe(200)
    expect((await ask({ bodyHash: sha3('x') })).status).toBe(500)
  })
})

describe('who is refused', () => {
  const drop = (name: string) => ask({ headers: { [name]: null } })
  const unverified = 'Not Verified with error: '
  const forbidden = 'Forbidden. Key is blacklisted: '

  test.each([
    ['no hotkey', () => drop('bt_header_dendrite_hotkey'), 401, `${unverified}Missing Hotkey`],
    ['no nonce', () => drop('bt_header_dendrite_nonce'), 401, `${unverified}Missing Nonce`],
    ['no signature', () => drop('bt_header_dendrite_signature'), 401, `${unverified}Missing Signature`],
    [
      'an empty signature',
      () => ask({ headers: { bt_header_dendrite_signature: '' } }),
      401,
      `${unverified}Missing Signature`,
    ],
    ['no uuid', () => drop('bt_header_dendrite_uuid'), 401, `${unverified}Signature mismatch`],
    ['no hash', () => drop('computed_body_hash'), 401, `${unverified}Signature mismatch`],
    [
      'another hash than the signed one',
      () => ask({ headers: { computed_body_hash: sha3('x') } }),
      401,
      `${unverified}Signature mismatch`,
    ],
    [
      'another nonce than the signed one',
      () => ask({ headers: { bt_header_dendrite_nonce: `${agoNs(1)}` } }),
      401,
      `${unverified}Signature mismatch`,
    ],
    [
      'signed by someone else',
      () => ask({ key: STRANGER, headers: { bt_header_dendrite_hotkey: VALIDATOR.address } }),
      401,
      `${unverified}Signature mismatch`,
    ],
    [
      'for another receiver',
      () => ask({ receiver: STRANGER.address }),
      401,
      `${unverified}Signature mismatch, signed for another hotkey`,
    ],
    [
      'for another receiver, who says nothing',
      () => ask({ receiver: STRANGER.address, headers: { bt_header_axon_hotkey: null } }),
      401,
      `${unverified}Signature mismatch`,
    ],
    [
      '17 s old with a timeout of 12 s',
      () => ask({ uuid: newUuid(), nonceNs: agoNs(17_000) }),
      401,
      `${unverified}Nonce is too old, or ahead of our clock, or from before our start`,
    ],
    [
      '310 s old, with any timeout',
      () => ask({ uuid: newUuid(), nonceNs: agoNs(310_000), timeout: '99999' }),
      401,
      `${unverified}Nonce is too old, or ahead of our clock, or from before our start`,
    ],
    [
      '6 s ahead',
      () => ask({ nonceNs: agoNs(-6_000) }),
      401,
      `${unverified}Nonce is too old, or ahead of our clock, or from before our start`,
    ],
    [
      'a nonce that counts from the start of a computer',
      () => ask({ uuid: newUuid(), nonceNs: 81_000_000_000n, headers: { bt_header_dendrite_version: '7001000' } }),
      401,
      `${unverified}Nonce is too old, or ahead of our clock, or from before our start`,
    ],
    [
      'a nonce that is no number',
      () => ask({ headers: { bt_header_dendrite_nonce: 'now' } }),
      400,
      'Improperly formatted request. Could not parse header bt_header_dendrite_nonce.',
    ],
    [
      'a timeout that is no number',
      () => ask({ timeout: 'long' }),
      400,
      'Improperly formatted request. Could not parse header timeout.',
    ],
    [
      'not in the metagraph',
      () => ask({ key: STRANGER }),
      403,
      `${forbidden}the hotkey is not registered on this subnet.`,
    ],
    ['no permit', () => ask({ key: PLAIN }), 403, `${forbidden}the hotkey has no validator permit.`],
    [
      'too little stake',
      () => ask({ key: POOR }),
      403,
      `${forbidden}the stake of the hotkey is below the minimum of this miner.`,
    ],
    [
      'an unknown synapse',
      () => ask({ target: '/Other' }),
      404,
      "Synapse name 'Other' not found. Available synapses ['Synapse', 'Chat', 'HashedChat', 'StreamChat']",
    ],
    [
      'no synapse at all',
      () => ask({ target: '/' }),
      404,
      "Synapse name '' not found. Available synapses ['Synapse', 'Chat', 'HashedChat', 'StreamChat']",
    ],
    [
      'a name that is none',
      () => ask({ target: '/%3Cb%3E' }),
      404,
      "Synapse name '' not found. Available synapses ['Synapse', 'Chat', 'HashedChat', 'StreamChat']",
    ],
    ['another method', () => ask({ method: 'PUT' }), 405, 'the path takes POST'],
    ['no JSON', () => ask({ sentBody: 'hello' }), 400, 'not JSON'],
    ['another shape', () => ask({ sentBody: '[]' }), 400, 'prompt: no text'],
  ] as const)('%s', async (_why, act, status, message) => {
    const answer = await act()
    expect([answer.status, answer.json()]).toEqual([status, { message }])
    expect(answer.headers['bt_header_axon_status_code']).toBe(`${status}`)
    expect(answer.headers['bt_header_axon_status_message']).toBe(message)
  })

  test('a request without any header of the protocol', async () => {
    const answer = await send(under.url, {
      target: '/Chat',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    })
    expect([answer.status, answer.json()]).toEqual([401, { message: `${unverified}Missing Hotkey` }])
  })
})

describe('nonces', () => {
  const tooOld = { message: 'Not Verified with error: Nonce is too old, a newer one was last processed' }

  test('must rise for each caller and uuid; the timeout widens the window of the first only', async () => {
    const uuid = newUuid()
    expect((await ask({ uuid, nonceNs: agoNs(15_000) })).status).toBe(200)
    const later = agoNs(14_000)
    expect((await ask({ uuid, nonceNs: later, timeout: '1.0' })).status).toBe(200)
    const again = await ask({ uuid, nonceNs: later })
    expect([again.status, again.json()]).toEqual([401, tooOld])
    expect((await ask({ uuid, nonceNs: later - 1n })).status).toBe(401)
    expect((await ask({ uuid: newUuid(), nonceNs: later })).status).toBe(200)
    expect((await ask({ uuid, nonceNs: later, key: ED })).status).toBe(200)
  })

  test('are not used up by a bad signature', async () => {
    const nonceNs = agoNs(0)
    const uuid = newUuid()
    const forged = await ask({ uuid, nonceNs, headers: { bt_header_dendrite_signature: `0x${'11'.repeat(64)}` } })
    expect(forged.status).toBe(401)
    expect((await ask({ uuid, nonceNs })).status).toBe(200)
  })

  test('of a replay at the same moment: one is answered', async () => {
    const headers = synapseHeaders({ uuid: newUuid() })
    const both = [1, 2].map(() => send(under.url, { target: '/Chat', headers, body: '{"prompt":"x"}' }))
    expect((await Promise.all(both)).map((answer) => answer.status).toSorted()).toEqual([200, 401])
  })

  test('from before the start of this program are refused: an earlier one may have answered them', async () => {
    const now = Date.now()
    const started = await startInside({ adapter: 'axon', startedAtMs: now - 5_000 })
    const statusAt = async (ms: number) =>
      (await askSynapse(started.url, { uuid: newUuid(), nonceNs: BigInt(ms) * 1_000_000n })).status
    expect([await statusAt(now - 5_500), await statusAt(now - 1_100), await statusAt(Date.now())]).toEqual([
      401, 401, 200,
    ])
    await started.axon.stop()
  })
})

describe('answers that do not come', () => {
  test('are 408 once the caller has stopped waiting, and 500 where the model failed', async () => {
    let fail = false
    const slow = await startInside({
      adapter: 'axon',
      limits: { deadlineMarginMs: 100 },
      handler: (_task, _on, signal) =>
        new Promise((resolve) => {
          if (fail) resolve({ ok: false, error: { code: 'model/broken', file: 'm', reason: 'x' } })
          signal.addEventListener('abort', () => resolve(ok({ ...doneWith(''), finish: 'aborted' })))
        }),
    })
    const late = await askSynapse(slow.url, { timeout: '0.4' })
    expect([late.status, late.json()]).toEqual([408, { message: 'Response timeout after: 0.4s' }])
    fail = true
    const failed = await askSynapse(slow.url)
    expect(failed.status).toBe(500)
    expect(failed.json()['message']).toMatch(/^Internal Server Error #/)
    await slow.axon.stop()
  })

  test('a signer that fails costs the signature only', async () => {
    const mute = await startInside({ adapter: 'axon', signer: () => Promise.reject(new Error('locked')) })
    const answer = await askSynapse(mute.url)
    expect(answer.status).toBe(200)
    expect(answer.headers).not.toHaveProperty('bt_header_axon_signature')
    await mute.axon.stop()
  })
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callerOf, send, testKey, VALIDATOR } from '../../../../test/support/axon-harness.ts'
import { type InsideAxon, startInside } from '../../../../test/support/axon-inside.ts'
import { askEpistula, type EpistulaTweaks, epistulaHeaders } from '../../../../test/support/signed-clients.ts'

const POOR = testKey(4)
const PLAIN = testKey(5)
const STRANGER = testKey(6)
const BODY = JSON.stringify({ messages: [{ role: 'user', content: 'Grüße' }] })
const STREAM = JSON.stringify({ messages: [{ role: 'user', content: 'Hi' }], stream: true })

let under: InsideAxon
beforeAll(async () => {
  const callers = [callerOf(VALIDATOR), callerOf(POOR, { stake: 99n }), callerOf(PLAIN, { permit: false })]
  under = await startInside({ adapter: 'epistula', callers, minStake: 100n })
})
afterAll(() => under.axon.stop())

const ask = (tweaks: EpistulaTweaks = {}) => askEpistula(under.url, tweaks)
const drop = (name: string) => ask({ headers: { [name]: null } })

describe('a request of Epistula v2', () => {
  test('is answered, in one piece or as a stream', async () => {
    const answer = await ask({ body: BODY })
    expect(answer.status).toBe(200)
    expect(answer.json()).toMatchObject({ choices: [{ message: { content: 'Hello there' } }] })
    const streamed = await ask({ body: STREAM })
    expect(streamed.headers['content-type']).toContain('text/event-stream')
    expect(streamed.text).toContain('data: [DONE]')
  })

  test('may be 7 s old or 3 s ahead', async () => {
    expect((await ask({ atMs: Date.now() - 7_000 })).status).toBe(200)
    expect((await ask({ atMs: Date.now() + 3_000 })).status).toBe(200)
  })

  test('is answered once', async () => {
    const headers = epistulaHeaders({ body: BODY })
    expect((await send(under.url, { headers, body: BODY })).status).toBe(200)
    const again = await send(under.url, { headers, body: BODY })
    expect([again.status, again.json()]).toEqual([400, { detail: 'Request was sent before' }])
  })

  test('from before the start of this program is refused: an earlier one may have answered it', async () => {
    const started = await startInside({ adapter: 'epistula', startedAtMs: Date.now() - 5_000 })
    const statusOf = async (ago: number) => (await askEpistula(started.url, { atMs: Date.now() - ago })).status
    expect([await statusOf(5_500), await statusOf(1_100), await statusOf(0)]).toEqual([400, 400, 200])
    await started.axon.stop()
  })
})

describe('who is refused', () => {
  const signedFor = 'Bad Request, message is not intended for self'
  test.each([
    ['no header at all', () => send(under.url, { body: BODY }), 400, 'Invalid Signature'],
    ['no signature', () => drop('Epistula-Request-Signature'), 400, 'Invalid Signature'],
    [
      'a signature that is none',
      () => ask({ headers: { 'Epistula-Request-Signature': '0x12' } }),
      400,
      'Invalid Signature',
    ],
    ['no version', () => drop('Epistula-Version'), 400, 'Unknown Epistula version'],
    ['version 1', () => ask({ headers: { 'Epistula-Version': '1' } }), 400, 'Unknown Epistula version'],
    ['no signer', () => drop('Epistula-Signed-By'), 400, 'Invalid Signed-By'],
    ['no receiver', () => drop('Epistula-Signed-For'), 400, signedFor],
    ['another receiver', () => ask({ receiver: STRANGER.address }), 400, signedFor],
    ['no uuid', () => drop('Epistula-Uuid'), 400, 'Invalid uuid'],
    ['a uuid with a dot', () => ask({ uuid: '1.2' }), 400, 'Invalid uuid'],
    ['no time', () => drop('Epistula-Timestamp'), 400, 'Invalid Timestamp'],
    ['9 s old', () => ask({ atMs: Date.now() - 9_000 }), 400, 'Request is too stale'],
    ['6 s ahead', () => ask({ atMs: Date.now() + 6_000 }), 400, 'Request is too stale'],
    ['another body', () => ask({ body: BODY, sentBody: `${BODY} ` }), 400, 'Signature Mismatch'],
    ['another uuid than the signed one', () => ask({ headers: { 'Epistula-Uuid': 'x' } }), 400, 'Signature Mismatch'],
    [
      'signed by someone else',
      () => ask({ key: STRANGER, headers: { 'Epistula-Signed-By': VALIDATOR.address } }),
      400,
      'Signature Mismatch',
    ],
    ['not in the metagraph', () => ask({ key: STRANGER }), 401, 'Signer not in metagraph'],
    ['no permit', () => ask({ key: PLAIN }), 401, 'Signer has no validator permit'],
    ['too little stake', () => ask({ key: POOR }), 401, 'Stake below minimum'],
    ['another path', () => ask({ target: '/' }), 404, 'no such path'],
    ['no JSON', () => ask({ body: 'hello' }), 400, 'not JSON'],
  ] as const)('%s', async (_why, act, status, detail) => {
    const answer = await act()
    expect([answer.status, answer.json()]).toEqual([status, { detail }])
  })

  test('a request whose signature was bad is not used up by it', async () => {
    const uuid = crypto.randomUUID()
    const atMs = Date.now()
    const forged = { 'Epistula-Request-Signature': `0x${'11'.repeat(64)}` }
    expect((await ask({ uuid, atMs, headers: forged })).status).toBe(400)
    expect((await ask({ uuid, atMs })).status).toBe(200)
  })
})

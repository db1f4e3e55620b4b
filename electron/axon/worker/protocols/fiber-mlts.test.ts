import { generateKeyPairSync } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { callerOf, MINER, send, testKey, VALIDATOR } from '../../../../test/support/axon-harness.ts'
import { type InsideAxon, startInside } from '../../../../test/support/axon-inside.ts'
import { fiberHeaders, type Shake, type ShakeOptions, sealed, shake } from '../../../../test/support/fiber-caller.ts'
import { FiberKeys, KEY_LIFE_MS } from './fiber-keys.ts'

const CHALLENGE = {
  messages: [{ role: 'user', content: 'Hello' }],
  model: 'any',
  max_tokens: 8,
  temperature: 0,
  top_p: 1,
}
const STRANGER = testKey(9)
const WITHOUT_PERMIT = testKey(8)

let under: InsideAxon
let publicKey = ''
beforeAll(async () => {
  // Started a minute ago, so that handshakes of now are not from before.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 60_000 })
  under = await startInside({
    adapter: 'fiber',
    callers: [callerOf(VALIDATOR), callerOf(WITHOUT_PERMIT, { permit: false })],
  })
  vi.useRealTimers()
  publicKey = (await send(under.url, { method: 'GET', target: '/fiber/public-key' })).json()['public_key'] as string
})
afterAll(() => under.axon.stop())

const post = (target: string, body: string | Uint8Array, headers: Record<string, string> = {}) =>
  send(under.url, { target, body, headers })
const offer = (made: Shake) =>
  post('/fiber/key-exchange', JSON.stringify(made.body), { 'content-type': 'application/json' })
async function shaken(options: ShakeOptions = {}): Promise<Shake> {
  const made = shake(publicKey, options)
  const answer = await offer(made)
  if (answer.status !== 200) throw new Error(answer.text)
  return made
}
const ask = (made: Shake, body = sealed(made, CHALLENGE), key = VALIDATOR) =>
  post('/fiber/challenge', body, fiberHeaders(made, key))

describe('a caller with a key', () => {
  test('is answered, sealed with the same key', async () => {
    const made = await shaken()
    const answer = await ask(made)
    expect(answer.status).toBe(200)
    expect(answer.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-fiber-symmetric-key-uuid': made.uuid,
      'x-fiber-miner-hotkey-ss58': MINER.address,
    })
    const plain = made.fernet.open(answer.text)?.plain
    expect(JSON.parse(Buffer.from(plain ?? []).toString())).toMatchObject({
      response_text: 'Hello there',
      finish_reason: 'stop',
      usage: { total_tokens: 5 },
    })
  })

  test('is told that somebody is there', async () => {
    const there = await send(under.url, { method: 'GET', target: '/availability' })
    expect([there.status, there.json()]).toEqual([200, { available: true }])
  })

  test('is refused what it sent before, also written in another way', async () => {
    const made = await shaken()
    const token = sealed(made, CHALLENGE)
    expect((await ask(made, token)).status).toBe(200)
    expect((await ask(made, token)).status).toBe(401)
    expect((await ask(made, token.replaceAll('=', ''))).status).toBe(401)
  })

  test.each([
    ['old', -61_000],
    ['ahead', 70_000],
  ])('is refused what is too %s', async (_name, offsetMs) => {
    const made = await shaken()
    expect((await ask(made, sealed(made, CHALLENGE, Date.now() + offsetMs))).status).toBe(401)
  })

  test('is refused what was changed on the way, and what another key sealed', async () => {
    const made = await shaken()
    const token = sealed(made, CHALLENGE)
    expect((await ask(made, `${token.slice(0, 60)}${token[60] === 'A' ? 'B' : 'A'}${token.slice(61)}`)).status).toBe(
      401,
    )
    const other = shake(publicKey)
    expect((await ask(made, sealed(other, CHALLENGE))).status).toBe(401)
    expect((await ask(made, sealed(made, CHALLENGE))).status).toBe(200)
  })

  test('is told which field cannot be used', async () => {
    const made = await shaken()
    const tools = [{ type: 'function' }]
    const answer = await ask(made, sealed(made, { ...CHALLENGE, tools }))
    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining('tools')])
    expect((await ask(made, made.fernet.seal(Buffer.from('{'), Date.now(), Buffer.alloc(16)))).status).toBe(400)
  })

  test('does not lend its key to another hotkey', async () => {
    const made = await shaken()
    expect((await ask(made, sealed(made, CHALLENGE), WITHOUT_PERMIT)).status).toBe(401)
  })
})

test('without a key one is told how to get one', async () => {
  const answer = await ask(shake(publicKey))
  expect([answer.status, answer.json()]).toEqual([
    401,
    { detail: expect.any(String), public_key: publicKey, requires_handshake: true },
  ])
})

describe('a handshake', () => {
  const NOW = Date.now() / 1000
  afterEach(() => vi.useRealTimers())

  test('counts once', async () => {
    const made = await shaken()
    expect((await offer(made)).status).toBe(400)
    // Its key is as good as before.
    expect((await ask(made)).status).toBe(200)
  })

  test('with a whole second is signed as Python writes it', async () => {
    const timestamp = Math.floor(Date.now() / 1000)
    await shaken({ timestamp, timestampText: `${timestamp}.0` })
  })

  test.each<[string, ShakeOptions, number]>([
    ['a signature over another nonce', { nonce: 'one' }, 400],
    ['a time long ago', { timestamp: NOW - 61 }, 400],
    ['a time before the server was there', { timestamp: NOW - 58 }, 400],
    ['a time ahead', { timestamp: NOW + 30 }, 400],
    ['an unknown hotkey', { key: STRANGER }, 400],
    ['a hotkey without a permit', { key: WITHOUT_PERMIT }, 400],
    ['what is no key', { secret: 'short' }, 400],
    ['a strange name for the key', { uuid: 'a b' }, 422],
  ])('is refused with %s', async (_name, options, status) => {
    const made = shake(publicKey, options)
    const body = options.nonce === 'one' ? { ...made.body, nonce: 'two' } : made.body
    const answer = await offer({ ...made, body })
    expect([answer.status, answer.json()]).toEqual([status, { detail: expect.any(String) }])
    expect((await ask(made)).status).toBe(401)
  })

  test('is refused when its key was encrypted to another miner', async () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey
    const made = shake(other.export({ type: 'spki', format: 'pem' }).toString())
    expect((await offer(made)).status).toBe(400)
  })

  test.each(['{', '[]', '{}', '{"timestamp":1e400}', 'x'.repeat(9_000)])('is refused as %s', async (body) => {
    const { status } = await post('/fiber/key-exchange', body)
    expect([400, 413, 422]).toContain(status)
  })
})

describe('keys', () => {
  const keys = new FiberKeys()
  const put = (caller: string, name: string, nowMs: number): boolean => {
    const { body } = shake(keys.publicKey)
    return keys.agree(caller, name, { sealed: Buffer.from(String(body['encrypted_symmetric_key']), 'hex'), nowMs })
  }

  test('end after an hour', () => {
    expect(put('a', 'one', 0)).toBe(true)
    expect(keys.get('a', 'one', KEY_LIFE_MS - 1)).toBeDefined()
    expect(keys.get('a', 'one', KEY_LIFE_MS)).toBeUndefined()
  })

  test('of one caller are few; the oldest goes, and nobody else loses one', () => {
    put('b', 'first', 1)
    for (let n = 0; n < 8; n++) put('c', `${n}`, 2)
    put('c', 'last', 3)
    expect(keys.get('c', '0', 4)).toBeUndefined()
    expect(keys.get('c', '1', 4)).toBeDefined()
    expect(keys.get('c', 'last', 4)).toBeDefined()
    expect(keys.get('b', 'first', 4)).toBeDefined()
  })
})

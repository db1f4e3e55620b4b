import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type AxonUnderTest,
  ask,
  CHAT_BODY,
  callerOf,
  freshNonce,
  MINER,
  send,
  signedHeaders,
  startAxon,
  testKey,
  VALIDATOR,
} from '../../../test/support/axon-harness.ts'

const ED = testKey(3, 'ed25519')
const POOR = testKey(4)
const PLAIN = testKey(5)
const STRANGER = testKey(6)
let under: AxonUnderTest

beforeAll(async () => {
  under = await startAxon({
    policy: { minStake: 100n },
    callers: [
      callerOf(VALIDATOR),
      callerOf(ED),
      callerOf(POOR, { stake: 99n }),
      callerOf(PLAIN, { permit: false }),
      // An address whose 32 bytes are no point of the group: nothing verifies, nothing breaks.
      callerOf(testKey(7), { hotkey: '5HpG9w8EBLe5XCrbczpwq5TSXvedjrBGCwqxK1iQ7qUsSWFc' as never }),
    ],
  })
})
afterAll(() => under.axon.stop())

describe('a signed request', () => {
  test('is answered in OpenAI shape', async () => {
    const answer = await ask(under.url)
    expect(answer.status).toBe(200)
    expect(answer.headers['content-type']).toBe('application/json')
    expect(answer.json()).toMatchObject({
      object: 'chat.completion',
      choices: [{ message: { role: 'assistant', content: 'Hello there' }, finish_reason: 'stop' }],
      usage: { total_tokens: 5 },
    })
  })

  test('is answered for an ed25519 key that we know as such', async () => {
    expect((await ask(under.url, { key: ED })).status).toBe(200)
  })

  test('may have a query, which the signature covers', async () => {
    const target = '/v1/chat/completions?a=%20b'
    expect((await ask(under.url, { target })).status).toBe(200)
    const other = await send(under.url, { target: `${target}c`, headers: signedHeaders({ target }), body: CHAT_BODY })
    expect(other.json().error?.code).toBe('BadSignature')
  })

  test('streams events', async () => {
    const body = JSON.stringify({ messages: [{ role: 'user', content: 'Hi' }], stream: true })
    const answer = await ask(under.url, { body })
    expect(answer.headers['content-type']).toContain('text/event-stream')
    const events = answer.text.split('\n\n').filter(Boolean)
    expect(events.at(-1)).toBe('data: [DONE]')
    const texts = events.slice(0, -1).map((e) => JSON.parse(e.slice(6)).choices[0]?.delta.content)
    expect(texts.filter(Boolean).join('')).toBe('Hello there')
  })
})

describe('who is refused', () => {
  const unsigned = () => send(under.url, { headers: { 'content-type': 'application/json' }, body: CHAT_BODY })
  const tampered = () => send(under.url, { headers: signedHeaders(), body: CHAT_BODY.replace('Hello', 'Hullo') })
  const forged = () => {
    const headers = { ...signedHeaders({ key: STRANGER }), 'X-Bittensor-Hotkey': VALIDATOR.address }
    return send(under.url, { headers, body: CHAT_BODY })
  }
  const brokenKey = () => {
    const headers = { ...signedHeaders(), 'X-Bittensor-Hotkey': '5HpG9w8EBLe5XCrbczpwq5TSXvedjrBGCwqxK1iQ7qUsSWFc' }
    return send(under.url, { headers, body: CHAT_BODY })
  }
  const signature = (hex: string) => () =>
    send(under.url, { headers: { ...signedHeaders(), 'X-Bittensor-Signature': hex }, body: CHAT_BODY })
  const without = (name: string) => () => {
    const { [name]: _, ...headers } = signedHeaders()
    return send(under.url, { headers, body: CHAT_BODY })
  }

  test.each([
    ['no signature at all', unsigned, 401, 'MalformedAuth'],
    ['no signature header', without('X-Bittensor-Signature'), 401, 'MalformedAuth'],
    ['no receiver', without('X-Bittensor-Receiver'), 401, 'WrongReceiver'],
    ['another receiver', () => ask(under.url, { receiver: STRANGER.address }), 401, 'WrongReceiver'],
    ['11 s old', () => ask(under.url, { nonceNs: freshNonce(-11_000) }), 401, 'StaleRequest'],
    ['3 s ahead', () => ask(under.url, { nonceNs: freshNonce(3_000) }), 401, 'StaleRequest'],
    ['another body', tampered, 401, 'BadSignature'],
    ['signed by someone else', forged, 401, 'BadSignature'],
    ['a key that is no point', brokenKey, 401, 'BadSignature'],
    ['all ones', signature(`0x${'ff'.repeat(64)}`), 401, 'BadSignature'],
    ['all zeros', signature(`0x${'00'.repeat(64)}`), 401, 'BadSignature'],
    ['the mark without a scalar', signature(`0x${'00'.repeat(63)}80`), 401, 'BadSignature'],
    ['ed25519 claimed for an sr25519 key', () => ask(under.url, { scheme: 'ed25519' }), 401, 'BadSignature'],
    ['sr25519 claimed for an ed25519 key', () => ask(under.url, { key: ED, scheme: 'sr25519' }), 401, 'BadSignature'],
    ['not in the metagraph', () => ask(under.url, { key: STRANGER }), 403, 'NotInMetagraph'],
    ['ourselves', () => ask(under.url, { key: MINER }), 403, 'NotInMetagraph'],
    ['no permit', () => ask(under.url, { key: PLAIN }), 403, 'NoPermit'],
    ['too little stake', () => ask(under.url, { key: POOR }), 403, 'LowStake'],
    ['another path', () => ask(under.url, { target: '/' }), 404, 'NotFound'],
    ['a GET', () => send(under.url, { method: 'GET' }), 405, 'MethodNotAllowed'],
  ] as const)('%s', async (_why, act, status, code) => {
    const answer = await act()
    expect([answer.status, answer.json().error?.code]).toEqual([status, code])
  })

  test('a request that was answered before', async () => {
    const headers = signedHeaders()
    expect((await send(under.url, { headers, body: CHAT_BODY })).status).toBe(200)
    const again = await send(under.url, { headers, body: CHAT_BODY })
    expect([again.status, again.json().error?.code]).toEqual([401, 'ReplayedRequest'])
  })

  test('a nonce is not used up by a bad signature', async () => {
    const headers = signedHeaders()
    const bad = { ...headers, 'X-Bittensor-Signature': `0x${'11'.repeat(64)}` }
    expect((await send(under.url, { headers: bad, body: CHAT_BODY })).status).toBe(401)
    expect((await send(under.url, { headers, body: CHAT_BODY })).status).toBe(200)
  })
})

describe('bodies that are refused', () => {
  test.each([
    ['garbage', 'not json', 400, 'BadRequest'],
    ['broken UTF-8', '{"messages":"\u{FFFF}', 400, 'BadRequest'],
    ['nothing', '', 400, 'BadRequest'],
    ['another shape', '{"messages":3}', 400, 'BadRequest'],
    ['deeply nested', `{"messages":${'['.repeat(30_000)}${']'.repeat(30_000)}}`, 400, 'BadRequest'],
    ['too large', JSON.stringify({ messages: [{ role: 'user', content: 'x'.repeat(70_000) }] }), 413, 'TooLarge'],
    ['far too large', 'x'.repeat(8_000_000), 413, 'TooLarge'],
  ])('%s', async (_why, body, status, code) => {
    const answer = await ask(under.url, { body })
    expect([answer.status, answer.json().error?.code]).toEqual([status, code])
  })

  test('too large without saying so', async () => {
    const body = 'x'.repeat(300_000)
    const headers = { ...signedHeaders({ body }), 'transfer-encoding': 'chunked' }
    const answer = await send(under.url, { headers, body })
    expect([answer.status, answer.json().error?.code]).toEqual([413, 'TooLarge'])
  })

  test('compressed', async () => {
    const headers = { ...signedHeaders(), 'content-encoding': 'gzip' }
    expect((await send(under.url, { headers, body: CHAT_BODY })).status).toBe(415)
  })

  test('the server still answers afterwards', async () => {
    expect((await ask(under.url)).status).toBe(200)
    const health = await send(under.url, { method: 'GET', target: '/healthz' })
    expect([health.status, health.text]).toEqual([200, '{"ok":true}'])
  })
})

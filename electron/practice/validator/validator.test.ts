import { createPublicKey, verify } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { decodeAddress } from '@polkadot/util-crypto/address'
import { sr25519Verify } from '@polkadot/util-crypto/sr25519'
import { afterEach, describe, expect, it } from 'vitest'
import { devKey } from '../signing/dev-key.ts'
import { askMiner, isCompletion, type Miner } from './ask-miner.ts'
import { signedText } from './btauth.ts'
import { ScoreBook } from './score-book.ts'
import { weightsCall } from './weights-call.ts'

const validator = devKey('//PracticeValidator')
const bob = devKey('//Bob')

describe('development keys', () => {
  it('are those that every Substrate tool derives', () => {
    expect(devKey('//Alice').address).toBe('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
    expect(bob.address).toBe('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
  })
})

describe('btauth/1', () => {
  it('signs the lines that the published vector signs', () => {
    const text = signedText(
      {
        method: 'POST',
        target: '/generate?stream=false',
        body: Buffer.from('{"prompt": "hello"}'),
        receiver: bob.address,
        nonceNs: 1_752_076_800_000_000_000n,
      },
      'ed25519',
      '5FA9nQDVg267DEd8m1ZypXLBnvN7SFxYwV7ndqSYGiN9TTpu',
    )
    const key = decodeAddress('5FA9nQDVg267DEd8m1ZypXLBnvN7SFxYwV7ndqSYGiN9TTpu')
    const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key])
    const signature =
      '1a6b631988bf1f7ea093ab9d5acf61f05c316d0b0e428b24b487b75a5f6ee0e1a56a26918fdf871b6cf09437e6588023a4ce423cf622621b2a7feee17612f704'
    const publicKey = createPublicKey({ key: der, format: 'der', type: 'spki' })
    expect(verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'hex'))).toBe(true)
  })
})

describe('asking a miner', () => {
  const servers: ReturnType<typeof createServer>[] = []
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections()
      server.close()
    }
  })

  type Answer = (request: IncomingMessage, body: Buffer, response: ServerResponse) => void
  async function serve(answer: Answer): Promise<Miner> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk) => chunks.push(chunk))
      request.on('end', () => answer(request, Buffer.concat(chunks), response))
    })
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return { uid: 3, hotkey: bob.address, host: '127.0.0.1', port: (server.address() as AddressInfo).port }
  }
  const completion = (content: string): string =>
    JSON.stringify({ object: 'chat.completion', choices: [{ message: { role: 'assistant', content } }] })
  const ask = (miner: Miner, timeoutMs = 5_000) => askMiner(validator, miner, { round: 1, timeoutMs })

  it('sends a request that the receiver can prove to be the validator’s', async () => {
    let proven = false
    let body: unknown
    const miner = await serve((request, raw, response) => {
      const header = (name: string): string => String(request.headers[`x-bittensor-${name}`])
      const signed = signedText(
        { method: 'POST', target: request.url!, body: raw, receiver: bob.address, nonceNs: BigInt(header('nonce')) },
        'sr25519',
        header('hotkey'),
      )
      proven =
        header('version') === '1' &&
        header('receiver') === bob.address &&
        sr25519Verify(Buffer.from(signed), Buffer.from(header('signature').slice(2), 'hex'), validator.publicKey)
      body = JSON.parse(raw.toString())
      response.end(completion('A lamp on a rock.'))
    })
    expect(await ask(miner)).toMatchObject({ valid: true })
    expect(proven).toBe(true)
    expect(body).toMatchObject({ max_tokens: 24, messages: [{ role: 'user' }] })
  })

  it.each([
    ['an empty answer', 200, completion('   ')],
    ['another shape', 200, JSON.stringify({ text: 'hello' })],
    ['no JSON', 200, 'hello'],
    ['a refusal', 403, completion('hello')],
    ['an endless answer', 200, completion('x'.repeat(70_000))],
  ])('does not count %s', async (_name, status, text) => {
    const miner = await serve((_request, _body, response) => {
      response.statusCode = status
      response.end(text)
    })
    expect(await ask(miner)).toEqual({ valid: false })
  })

  it('does not wait for a silent miner, follow a redirect or mind a closed port', async () => {
    const silent = await serve(() => undefined)
    expect(await ask(silent, 100)).toEqual({ valid: false })
    const elsewhere = await serve((_request, _body, response) => response.writeHead(302, { location: '/' }).end())
    expect(await ask(elsewhere)).toEqual({ valid: false })
    expect(await ask({ ...silent, port: 1 })).toEqual({ valid: false })
  })

  it('knows what a completion is', () => {
    expect(isCompletion(null)).toBe(false)
    expect(isCompletion({ object: 'chat.completion', choices: [] })).toBe(false)
    expect(isCompletion(JSON.parse(completion('ok')))).toBe(true)
  })
})

describe('scores', () => {
  it('rise with answers, fall with misses, and end at zero', () => {
    const book = new ScoreBook(1_000)
    book.add('silent', { valid: false })
    expect(book.of('silent')).toBe(0)
    book.add('good', { valid: true, latencyMs: 0 })
    expect(book.of('good')).toBe(1)
    book.add('slow', { valid: true, latencyMs: 5_000 })
    expect(book.of('slow')).toBe(0.5)
    book.add('good', { valid: false })
    expect(book.of('good')).toBeCloseTo(0.6)
    book.add('good', { valid: false })
    book.add('good', { valid: false })
    expect(book.of('good')).toBe(0)
  })

  it('are forgotten with the endpoint', () => {
    const book = new ScoreBook(1_000)
    book.add('good', { valid: true, latencyMs: 0 })
    book.keepOnly(new Set(['other']))
    expect(book.of('good')).toBe(0)
  })

  const miners = ['a', 'b', 'c'].map((hotkey, uid): Miner => ({ uid, hotkey, host: '127.0.0.1', port: 1 }))

  it('become weights in proportion, the best one full, the silent ones absent', () => {
    const book = new ScoreBook(1_000)
    book.add('a', { valid: true, latencyMs: 0 })
    book.add('c', { valid: true, latencyMs: 1_000 })
    expect(weightsCall(5, miners, book, 9)).toEqual({
      type: 'SubtensorModule',
      value: { type: 'set_weights', value: { netuid: 5, dests: [0, 2], weights: [65_535, 32_768], version_key: 0n } },
    })
  })

  it('leave all weight on the validator itself when nobody answers', () => {
    expect(weightsCall(5, miners, new ScoreBook(1_000), 9)).toMatchObject({
      value: { value: { dests: [9], weights: [65_535] } },
    })
  })
})

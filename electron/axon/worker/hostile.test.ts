import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type AxonUnderTest,
  ask,
  CHAT_BODY,
  CHAT_PATH,
  signedHeaders,
  startAxon,
} from '../../../test/support/axon-harness.ts'
import { nodeSpawn } from '../../system/node-spawn.ts'
import type { WorkerHandle } from '../../system/spawn.port.ts'

let under: AxonUnderTest
const workers: WorkerHandle[] = []
beforeAll(async () => {
  const spawn = {
    start: (...args: Parameters<typeof nodeSpawn.start>) => {
      const worker = nodeSpawn.start(...args)
      workers.push(worker)
      return worker
    },
  }
  under = await startAxon({
    deps: { spawn, patience: { headersMs: 300, bodyMs: 300, keepAliveMs: 300, drainMs: 100 } },
  })
})
afterAll(() => under.axon.stop())

const isWhole = (heard: string): boolean => {
  const [head = '', ...rest] = heard.split('\r\n\r\n')
  const length = /content-length: (\d+)/i.exec(head)?.[1]
  return length !== undefined && rest.join('\r\n\r\n').length >= Number(length)
}

/** Sends bytes and hears `answers` whole answers, or everything until the server closes. */
const talk = (bytes: Uint8Array, answers = 1): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(under.port, '127.0.0.1')
    let heard = ''
    socket.on('data', (piece: Buffer) => {
      heard += piece.toString('latin1')
      const parts = heard.split(/(?=HTTP\/1\.1 \d{3} )/)
      if (parts.length >= answers && parts.every(isWhole)) socket.destroy()
    })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(heard))
    socket.write(bytes)
  })

const requestBytes = (change: Record<string, string> = {}, body = CHAT_BODY): Buffer => {
  const headers = {
    host: '127.0.0.1',
    ...signedHeaders({ body }),
    'content-length': `${Buffer.byteLength(body)}`,
    ...change,
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.from(`POST ${CHAT_PATH} HTTP/1.1\r\n${lines.join('')}\r\n${body}`)
}

describe('whatever is sent', () => {
  test('raw bytes never get an answer of the model, and never end the worker', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 400 }), async (bytes) => {
        expect(await talk(bytes)).not.toContain('200 OK')
      }),
      { numRuns: 60 },
    )
  })

  test('one changed byte anywhere in a signed request is never answered as if it were not', async () => {
    expect(await talk(requestBytes())).toContain('200 OK')
    await fc.assert(
      fc.asyncProperty(fc.nat(10_000), fc.integer({ min: 1, max: 255 }), async (place, flip) => {
        const bytes = requestBytes()
        const at = place % bytes.length
        bytes[at] = (bytes[at] ?? 0) ^ flip
        const heard = await talk(bytes)
        if (!heard.includes('200 OK')) return
        // What the signature does not cover may change: headers that are not part of it, and the case of its hex.
        const head = bytes.toString('latin1').split('\r\n\r\n')[0] ?? ''
        expect(at).toBeLessThan(head.length)
        expect(bytes.subarray(head.length + 4).toString()).toBe(CHAT_BODY)
        expect(head.startsWith(`POST ${CHAT_PATH} HTTP/1.`)).toBe(true)
      }),
      { numRuns: 150 },
    )
  })

  test('the same request, unchanged, is answered', async () => {
    expect(await talk(requestBytes({ 'x-other': 'header' }))).toContain('200 OK')
  })

  test.each([
    ['an address without end', { 'X-Bittensor-Hotkey': '5'.repeat(4_000) }],
    ['a nonce of zeros', { 'X-Bittensor-Nonce': '0'.repeat(4_000) }],
    ['a name of an object', { 'X-Bittensor-Hotkey': '__proto__' }],
    ['a negative length', { 'content-length': '-1' }],
    ['a length without end', { 'content-length': '9'.repeat(30) }],
  ])('%s is not answered', async (_what, change) => {
    expect(await talk(requestBytes(change))).not.toContain('200 OK')
  })

  test('an upgrade is not made: the request is answered as plain HTTP', async () => {
    const heard = await talk(requestBytes({ connection: 'upgrade', upgrade: 'websocket' }))
    expect(heard).toMatch(/^HTTP\/1\.1 200 OK/)
    expect(heard).not.toContain('101 ')
  })

  test('prototype names in the body are data', async () => {
    const body = '{"__proto__":{"messages":[]},"constructor":1,"messages":[{"role":"user","content":"x"}]}'
    expect((await ask(under.url, { body })).status).toBe(200)
  })

  test('two requests in one packet are both answered', async () => {
    const heard = await talk(Buffer.concat([requestBytes(), requestBytes()]), 2)
    expect(heard.match(/200 OK/g)).toHaveLength(2)
  })

  test('it is still the same worker', async () => {
    expect((await ask(under.url)).status).toBe(200)
    expect(workers).toHaveLength(1)
  })
})

describe('the worker', () => {
  test.runIf(process.platform === 'linux')('can read the code only, and write nothing', () => {
    const [, ...args] = readFileSync(`/proc/${workers[0]?.pid}/cmdline`, 'utf8').split('\0')
    expect(args).toContain('--permission')
    expect(args.filter((arg) => arg.startsWith('--allow-fs-read='))).toEqual([`--allow-fs-read=${process.cwd()}/`])
    expect(args.filter((arg) => arg.startsWith('--allow-') && !arg.startsWith('--allow-fs-read='))).toEqual([])
  })

  test.runIf(process.platform === 'linux')('gets nothing of the environment but where programs and home are', () => {
    const names = readFileSync(`/proc/${workers[0]?.pid}/environ`, 'utf8').split('\0').filter(Boolean)
    expect(
      new Set(names.map((line) => line.split('=')[0]).filter((name) => !/^NODE_CHANNEL|^NODE_UNIQUE/.test(name ?? ''))),
    ).toEqual(new Set(['PATH', 'HOME']))
  })
})

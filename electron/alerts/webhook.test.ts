import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { webhookAddress } from '../../shared/alerts/webhook-address.ts'
import { nodeWebhook } from './webhook.ts'

let server: Server
let port = 0
let taken: { readonly url: string; readonly type: string; readonly body: string }[]
let answer: (response: ServerResponse) => void

beforeEach(async () => {
  taken = []
  answer = (response) => void response.writeHead(204).end()
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => {
      body += part.toString()
    })
    request.on('end', () => {
      taken.push({ url: request.url ?? '', type: request.headers['content-type'] ?? '', body })
      answer(response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const post = (href: string, loopback = true, withinMs = 5_000) =>
  nodeWebhook(withinMs).post({ href, loopback }, '{"kind":"test"}')

test('a server gets the JSON once, and what it answers is not read', async () => {
  answer = (response) => {
    // Without end: who read it would never come back.
    response.writeHead(200)
    response.write('x'.repeat(1_000))
  }
  expect(await post(`http://127.0.0.1:${port}/a?b=c`)).toEqual({ ok: true, value: null })
  expect(taken).toEqual([{ url: '/a?b=c', type: 'application/json', body: '{"kind":"test"}' }])
})

test('a redirect is not followed, and a refusal is told by its number', async () => {
  answer = (response) => void response.writeHead(302, { location: `http://127.0.0.1:${port}/elsewhere` }).end()
  expect(await post(`http://127.0.0.1:${port}/`)).toMatchObject({ error: { reason: expect.stringContaining('302') } })
  answer = (response) => void response.writeHead(503).end()
  expect(await post(`http://127.0.0.1:${port}/`)).toEqual({ ok: false, error: { reason: 'status 503' } })
  expect(taken.map(({ url }) => url)).toEqual(['/', '/'])
})

test('a server that says nothing is left in time; none at all is told', async () => {
  answer = () => undefined
  expect(await post(`http://127.0.0.1:${port}/`, true, 100)).toEqual({
    ok: false,
    error: { reason: 'no answer in time' },
  })
  expect(await post('http://127.0.0.1:1/')).toEqual({ ok: false, error: { reason: 'ECONNREFUSED' } })
})

test('addresses inside of a network are not spoken to, by number or by name', async () => {
  for (const name of ['10.0.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '[fd00::1]', '[::ffff:10.0.0.1]'])
    expect(await post(`https://${name}/`, false)).toMatchObject({
      error: { reason: expect.stringContaining('not an address of the internet') },
    })
  // A public name that leads to this computer.
  expect(await post(`http://localhost:${port}/`, false)).toMatchObject({
    error: { reason: expect.stringContaining('not an address of the internet') },
  })
  expect(taken).toEqual([])
  expect((await post(`http://localhost:${port}/`, true)).ok).toBe(true)
  expect(taken.length).toBe(1)
})

test.each([
  ['https://alerts.example/T0/secret', { host: 'alerts.example', loopback: false }],
  ['https://alerts.example:8443/', { host: 'alerts.example:8443', loopback: false }],
  ['http://localhost:80/', { host: 'localhost:80', loopback: true }],
  ['http://[::1]/', { host: '[::1]', loopback: true }],
  ['http://alerts.example/', 'not-encrypted'],
  ['http://127.0.0.1.alerts.example/', 'not-encrypted'],
  ['http://localhost@alerts.example/', 'credentials'],
  ['https://a:b@alerts.example/', 'credentials'],
  ['ftp://alerts.example/', 'address'],
  ['https://alerts.example/\\@10.0.0.1', 'address'],
  ['https://alerts.example/ x', 'address'],
  ['', 'address'],
  ['https://alerts.example:65536/', 'address'],
  ['https://192.168.1.1/x', 'private'],
  ['https://[fd00::1]:8443/x', 'private'],
  ['https://169.254.169.254/latest', 'private'],
  ['https://[::ffff:10.0.0.1]/', 'private'],
  ['https://8.8.8.8/', { host: '8.8.8.8', loopback: false }],
] as const)('judges %s', (text, expected) => {
  const found = webhookAddress(text)
  if (typeof expected === 'string') expect(found).toEqual({ ok: false, error: expected })
  else expect(found).toMatchObject({ ok: true, value: expected })
})

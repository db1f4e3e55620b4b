import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { ownService } from './own-service.ts'

let server: Server | undefined
afterEach(async () => {
  server?.closeAllConnections()
  if (server?.listening) await new Promise<void>((resolve) => server?.close(() => resolve()))
})

async function serve(listener: RequestListener) {
  server = createServer(listener).listen(0, '127.0.0.1')
  await new Promise((resolve) => server?.once('listening', resolve))
  return { port: (server.address() as AddressInfo).port, path: '/make?x=1' }
}
const never = new AbortController().signal
const soon = (ms = 10_000) => Date.now() + ms
const fails = (reason: unknown) => ({ ok: false, error: { code: 'mining/service-failed', reason } })

describe('a service of the user', () => {
  test('gets the body as it is and its JSON comes back', async () => {
    const seen: unknown[] = []
    const service = await serve((request, response) => {
      let body = ''
      request.on('data', (piece) => {
        body += piece
      })
      request.on('end', () => {
        seen.push([request.method, request.url, request.headers['content-type'], body])
        response.end('{"image":"aGVsbG8="}')
      })
    })
    expect(await ownService.reach(service)).toEqual({ ok: true, value: null })
    const done = await ownService.send(service, { body: '{"prompt":"Grüße"}', deadlineMs: soon() }, never)
    expect(done).toMatchObject({ ok: true, value: { status: 200, body: '{"image":"aGVsbG8="}' } })
    expect(seen).toEqual([['POST', '/make?x=1', 'application/json', '{"prompt":"Grüße"}']])
  })

  test.each<[string, RequestListener, unknown]>([
    ['another status', (_q, response) => response.writeHead(500).end('{}'), 'status 500'],
    ['a redirect', (_q, response) => response.writeHead(302, { location: 'http://192.0.2.1/' }).end(), 'status 302'],
    ['no JSON', (_q, response) => response.end('<html>'), 'the answer is not JSON'],
    ['half an answer', (_q, response) => response.write('{', () => response.destroy()), expect.any(String)],
  ])('that answers with %s is told', async (_what, listener, reason) => {
    const service = await serve(listener)
    expect(await ownService.send(service, { body: '{}', deadlineMs: soon() }, never)).toMatchObject(fails(reason))
  })

  test('that never ends is cut at its size and at its time', async () => {
    const flood = await serve((_request, response) => {
      const piece = Buffer.alloc(1_048_576, 0x20)
      const write = () => {
        while (!response.destroyed && response.write(piece));
      }
      response.on('drain', write)
      write()
    })
    expect(await ownService.send(flood, { body: '{}', deadlineMs: soon() }, never)).toMatchObject(
      fails(expect.stringContaining('larger than')),
    )
    server?.closeAllConnections()
    const deaf = await serve(() => undefined)
    expect(await ownService.send(deaf, { body: '{}', deadlineMs: soon(50) }, never)).toMatchObject(
      fails('no answer in time'),
    )
    const left = new AbortController()
    const asked = ownService.send(deaf, { body: '{}', deadlineMs: soon() }, left.signal)
    left.abort()
    expect(await asked).toEqual({ ok: false, error: { code: 'contract/cancelled' } })
  })

  test('that is not there is told', async () => {
    const service = await serve(() => undefined)
    server?.closeAllConnections()
    await new Promise((resolve) => server?.close(resolve))
    server = undefined
    expect(await ownService.reach(service)).toMatchObject(fails('ECONNREFUSED'))
    expect(await ownService.send(service, { body: '{}', deadlineMs: soon() }, never)).toMatchObject(
      fails('ECONNREFUSED'),
    )
  })
})

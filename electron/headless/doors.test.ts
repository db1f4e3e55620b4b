import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { z } from 'zod'
import { query, subscription } from '../../shared/contract/define.ts'
import { ok } from '../../shared/result.ts'
import { createRouter } from '../host/router.ts'
import { HEADLESS_HELP, headlessArguments } from './arguments.ts'
import { hasScreen } from './open-browser.ts'
import { ownAddress } from './own-address.ts'
import { fileFor, staticServer } from './static-server.ts'
import { serveOverWebSocket } from './ws-transport.ts'

const TOKEN = 'right-token'
let aborted = 0
const router = createRouter(
  {
    'test.echo': query('Echo.', { input: z.object({ text: z.string() }), output: z.string() }),
    'test.slow': query('Never answers by itself.', { input: z.strictObject({}), output: z.null() }),
    'test.count': subscription('Counts.', { input: z.strictObject({}), output: z.number() }),
  },
  {
    'test.echo': async ({ text }) => ok(text),
    'test.slow': (_input, signal) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          aborted += 1
          resolve(ok(null))
        })
      }),
    'test.count': (_input, emit, signal) => {
      let n = 0
      emit(n)
      const timer = setInterval(() => emit(++n), 5)
      signal.addEventListener('abort', () => {
        aborted += 1
        clearInterval(timer)
      })
    },
  },
  () => ({ code: 'internal', incident: 'x' }),
)

let folder = ''
let port = 0
let close: () => Promise<void>
beforeEach(async () => {
  aborted = 0
  folder = mkdtempSync(join(tmpdir(), 'taoforge-pages-'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html>')
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'assets', 'a.js'), '1')
  writeFileSync(join(folder, '.secret'), 'no')
  const server = staticServer(folder)
  const closeSockets = serveOverWebSocket({ router, server, isOurs: ownAddress, token: TOKEN })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
  close = async () => {
    closeSockets()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    rmSync(folder, { recursive: true, force: true })
  }
})
afterEach(() => close())

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  new Promise<{ status: number; csp: string }>((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      response.resume()
      resolve({ status: response.statusCode ?? 0, csp: String(response.headers['content-security-policy']) })
    })
      .on('error', reject)
      .end()
  })

interface Client {
  ask(message: object): void
  next(): Promise<Record<string, unknown>>
  socket: WebSocket
}
async function connect(
  options: { token?: string; origin?: string; host?: string; path?: string } = {},
): Promise<Client> {
  const { token = TOKEN, origin, host, path = '/ws' } = options
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, token === '' ? ['taoforge'] : ['taoforge', token], {
    ...(origin === undefined ? {} : { origin }),
    ...(host === undefined ? {} : { headers: { host } }),
  })
  const queue: Record<string, unknown>[] = []
  const waiting: ((value: Record<string, unknown>) => void)[] = []
  socket.on('message', (data) => {
    const value = JSON.parse(String(data)) as Record<string, unknown>
    const taker = waiting.shift()
    if (taker) taker(value)
    else queue.push(value)
  })
  await new Promise<void>((resolve, reject) => {
    socket.on('open', resolve)
    socket.on('error', reject)
  })
  return {
    socket,
    ask: (message) => socket.send(JSON.stringify(message)),
    next: () => {
      const ready = queue.shift()
      return ready ? Promise.resolve(ready) : new Promise((resolve) => waiting.push(resolve))
    },
  }
}
const closed = (socket: WebSocket) => new Promise<number>((resolve) => socket.on('close', (code) => resolve(code)))
const until = async (done: () => boolean) => {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 5))
}

describe('the browser door', () => {
  test('answers a call and carries a subscription until it is cancelled', async () => {
    const client = await connect({ origin: `http://127.0.0.1:${port}` })
    client.ask({ id: 1, kind: 'call', name: 'test.echo', input: { text: 'ä' } })
    expect(await client.next()).toEqual({ id: 1, kind: 'reply', reply: { ok: true, value: 'ä' } })
    client.ask({ id: 2, kind: 'subscribe', name: 'test.count', input: {} })
    expect(await client.next()).toEqual({ id: 2, kind: 'reply', reply: { ok: true, value: null } })
    expect(await client.next()).toEqual({ id: 2, kind: 'event', value: 0 })
    expect(await client.next()).toEqual({ id: 2, kind: 'event', value: 1 })
    client.ask({ id: 2, kind: 'cancel' })
    await until(() => aborted === 1)
    client.socket.terminate()
  })

  test('a call can be cancelled, and a closed socket cancels all', async () => {
    const client = await connect()
    client.ask({ id: 1, kind: 'call', name: 'test.slow', input: {} })
    client.ask({ id: 2, kind: 'call', name: 'test.slow', input: {} })
    client.ask({ id: 1, kind: 'cancel' })
    await until(() => aborted === 1)
    client.socket.terminate()
    await until(() => aborted === 2)
  })

  test.each([
    ['a wrong token', { token: 'wrong' }],
    ['no token', { token: '' }],
    ['another site', { origin: 'https://evil.example' }],
    ['another port of this machine', { origin: 'http://127.0.0.1:1' }],
    ['a rebound name', { host: 'evil.example' }],
    ['another path', { path: '/other' }],
  ])('refuses %s', async (_why, options) => {
    await expect(connect(options)).rejects.toThrow(/40[13]/)
  })

  test('closes on what is no frame, and on a repeated id', async () => {
    const first = await connect()
    first.socket.send('{"id":1}')
    expect(await closed(first.socket)).toBe(1003)
    const second = await connect()
    second.ask({ id: 1, kind: 'call', name: 'test.slow', input: {} })
    second.ask({ id: 1, kind: 'call', name: 'test.slow', input: {} })
    expect(await closed(second.socket)).toBe(1008)
  })
})

describe('the pages', () => {
  test('are served with a strict policy', async () => {
    const page = await get('/')
    expect(page.status).toBe(200)
    expect(page.csp).toContain("default-src 'none'")
    expect(page.csp).not.toContain('unsafe')
    expect((await get('/assets/a.js')).status).toBe(200)
    expect((await get('/healthz')).status).toBe(200)
  })

  test.each([
    ['/../package.json', {}, 404],
    ['/%2e%2e/%2e%2e/etc/passwd', {}, 404],
    ['/.secret', {}, 404],
    ['/assets', {}, 404],
    ['/%00', {}, 404],
    ['/%zz', {}, 404],
    ['/', { host: 'evil.example' }, 403],
    ['/', { origin: 'https://evil.example' }, 403],
  ])('%s with %o answers %i', async (path, headers, status) => {
    expect((await get(path, headers)).status).toBe(status)
  })

  test('only reads', async () => {
    expect((await get('/', {}, 'POST')).status).toBe(405)
    expect(fileFor(folder, '/..%5cx')).toBeUndefined()
  })
})

describe('arguments', () => {
  test('reads what the README names', () => {
    expect(headlessArguments(['--port', '0', '--data', 'd', '--network', 'practice', '--no-open'])).toMatchObject({
      ok: true,
      value: { port: 0, data: 'd', network: { kind: 'practice' }, open: false, blockMs: 2_000 },
    })
    expect(headlessArguments(['--root-hold', '20'])).toMatchObject({ value: { rootHoldBlocks: 20 } })
    expect(headlessArguments(['--network', 'ws://127.0.0.1:1'])).toMatchObject({
      value: { network: { kind: 'custom' } },
    })
  })

  test.each([
    [['--port', '70000']],
    [['--port', 'x']],
    [['--network', 'mars']],
    [['--wat']],
    [['--block-ms', '1']],
    [['--root-hold', 'x']],
  ])('refuses %j', (argv) => {
    expect(headlessArguments(argv)).toMatchObject({ ok: false })
  })

  test('explains each of its options when it is asked to', () => {
    expect(headlessArguments(['--help'])).toMatchObject({ ok: true, value: { help: true } })
    for (const option of ['port', 'data', 'network', 'no-open', 'block-ms', 'seed', 'root-hold'])
      expect(HEADLESS_HELP).toContain(`--${option}`)
  })

  test('a remote shell, a CI run and a machine without display have no screen', () => {
    expect(hasScreen({ DISPLAY: ':0' }, 'linux')).toBe(true)
    expect(hasScreen({}, 'linux')).toBe(false)
    expect(hasScreen({ DISPLAY: ':0', SSH_CONNECTION: 'x' }, 'linux')).toBe(false)
    expect(hasScreen({ CI: 'true' }, 'darwin')).toBe(false)
  })
})

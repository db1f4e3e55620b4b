import { once } from 'node:events'
import { createServer as createHttp, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, createServer as createTcp, type Socket } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { targetOf } from '../../test/support/openai-servers.ts'
import { nodeClock } from '../system/node-system.ts'
import type { BackendState, BackendTarget } from './backends.port.ts'
import { BackendsPool } from './backends-pool.ts'

const KEY = 'sk-very-secret-0123456789'
const never = new AbortController().signal
const logged: unknown[] = []
const log = { log: (...line: unknown[]) => void logged.push(line) }

let pool: BackendsPool | undefined
let server: { close(): void } | undefined
afterEach(() => {
  pool?.close()
  server?.close()
  logged.length = 0
})

/** Whatever comes over the line, answered by `say`. */
async function raw(say: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>()
  const tcp = createTcp((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.once('data', () => say(socket))
  }).listen(0, '127.0.0.1')
  server = {
    close: () => {
      for (const socket of sockets) socket.destroy()
      tcp.close()
    },
  }
  await once(tcp, 'listening')
  return (tcp.address() as AddressInfo).port
}

async function http(listener: RequestListener): Promise<number> {
  const one: Server = createHttp(listener).listen(0, '127.0.0.1')
  server = {
    close: () => {
      one.closeAllConnections()
      one.close()
    },
  }
  await once(one, 'listening')
  return (one.address() as AddressInfo).port
}

function poolOn(port: number, change: Partial<BackendTarget> = {}): BackendsPool {
  pool = new BackendsPool({ clock: nodeClock, log, silenceMs: 400 })
  pool.use([targetOf(port, { name: 'S', key: KEY, ...change })])
  return pool
}
const ask = (on: BackendsPool, change: object = {}, signal = never) => {
  const tokens: string[] = []
  const task = { messages: [{ role: 'user', content: 'Hi' }] as const, maxTokens: 16, temperature: 0 }
  const done = on
    .work()
    .chat({ ...task, deadlineMs: Date.now() + 5_000, ...change }, { token: (text) => tokens.push(text) }, signal)
  return { done, tokens }
}
const stateOf = (on: BackendsPool): BackendState => on.states()[0]!

const STREAM = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n'
const piece = (text: string, finish: string | null = null) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: text }, finish_reason: finish }] })}\n\n`
const flood = (socket: Socket, head: string, text: string) => {
  socket.write(head)
  const write = () => {
    while (!socket.destroyed && socket.write(text));
  }
  socket.on('drain', write)
  write()
}

describe('a hostile server', () => {
  test.each<[string, (socket: Socket) => void, RegExp]>([
    [
      'a line without an end',
      (socket) => flood(socket, `${STREAM}data: `, 'x'.repeat(65_536)),
      /a line longer|more than \d+ bytes/,
    ],
    ['comments without an end', (socket) => flood(socket, STREAM, ': x\n'.repeat(10_000)), /more than \d+ bytes/],
    ['no JSON', (socket) => socket.write(`${STREAM}data: <html>\n\n`), /no answer of this interface/],
    [
      'JSON of another shape',
      (socket) => socket.write(`${STREAM}data: {"choices":7}\n\n`),
      /no answer of this interface/,
    ],
    [
      'an error as an event',
      (socket) => socket.write(`${STREAM}data: {"error":{"message":"CUDA ${KEY}"}}\n\n`),
      /CUDA …/,
    ],
    ['empty pieces without an end', (socket) => flood(socket, STREAM, piece('').repeat(500)), /bytes|again and again/],
    ['a web page', (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n<h1>'), /type text\/html/],
    [
      'a packed answer',
      (socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-type: text/event-stream\r\n\r\n'),
      /packed/,
    ],
    [
      'broken letters',
      (socket) => socket.end(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n\xff`, 'latin1'),
      /UTF-8/,
    ],
    ['giant headers', (socket) => flood(socket, 'HTTP/1.1 200 OK\r\nx: ', 'y'.repeat(65_536)), /too many headers/],
    ['no HTTP', (socket) => socket.end('SSH-2.0-OpenSSH\r\n'), /does not speak HTTP/],
    [
      'another protocol',
      (socket) => socket.write('HTTP/1.1 101 X\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
      /interface/,
    ],
    ['nothing, and keeps the line', () => undefined, /says nothing/],
    ['nothing, and closes the line', (socket) => socket.end(), /hang up|closed/],
    ['half a stream', (socket) => socket.end(STREAM), /before its end/],
  ])('that sends %s is told, and no request goes there blindly again', async (_what, say, reason) => {
    const port = await raw(say)
    const on = poolOn(port)
    const { done, tokens } = ask(on)
    expect(await done).toEqual({ ok: false, error: { code: 'backend/none-ready', task: 'write' } })
    expect(tokens).toEqual([])
    const { error, failed, running, waiting } = stateOf(on)
    expect(JSON.stringify(error)).toMatch(reason)
    expect(JSON.stringify([error, logged])).not.toContain(KEY)
    expect([failed, running, waiting]).toEqual([1, 0, 0])
  })

  test.each<[string, (socket: Socket) => void, RegExp]>([
    ['closes the line', (socket) => socket.end(STREAM + piece('Hel')), /before its end/],
    [
      'resets the line',
      (socket) => {
        socket.write(STREAM + piece('Hel'), () => socket.resetAndDestroy())
      },
      /closed the connection/,
    ],
    ['falls silent', (socket) => socket.write(STREAM + piece('Hel')), /says nothing/],
    [
      'sends an error',
      (socket) => socket.write(`${STREAM}${piece('Hel')}data: {"error":"out of memory"}\n\n`),
      /out of memory/,
    ],
  ])('that %s in the middle: the answer is cut off, and not asked for again', async (_what, say, reason) => {
    let asked = 0
    const port = await raw((socket) => {
      asked += 1
      say(socket)
    })
    const { done, tokens } = ask(poolOn(port))
    expect(await done).toMatchObject({
      ok: false,
      error: { code: 'backend/cut-off', name: 'S', reason: expect.stringMatching(reason) },
    })
    expect([tokens, asked]).toEqual([['Hel'], 1])
  })

  test('that writes on is stopped at what was asked for, and its line is closed', async () => {
    const closed = Promise.withResolvers<void>()
    const port = await raw((socket) => {
      socket.once('close', () => closed.resolve())
      flood(socket, STREAM, piece('x').repeat(400))
    })
    const { done, tokens } = ask(poolOn(port), { maxTokens: 5 })

    expect(await done).toMatchObject({ ok: true, value: { text: 'xxxxx', finish: 'length' } })
    expect((await done).ok && (await done)).not.toHaveProperty('value.completionTokens')
    expect(tokens).toHaveLength(5)
    await closed.promise
  })

  test('that keeps the line after the end does not keep the answer', async () => {
    const port = await raw((socket) => socket.write(`${STREAM}${piece('Hello', 'stop')}data: [DONE]\n\n`))
    expect(await ask(poolOn(port)).done).toMatchObject({ ok: true, value: { text: 'Hello', finish: 'stop' } })
  })

  test.each<[string, number, Record<string, string>, string, RegExp]>([
    ['a redirect', 307, { location: 'http://192.0.2.1/v1' }, 'open', /not followed/],
    ['a refused key', 401, {}, 'open', /key-refused/],
    ['a forbidden key', 403, {}, 'open', /key-refused/],
    ['no such path', 404, {}, 'open', /not today/],
    ['an error of its own', 500, {}, 'unasked', /not today/],
    ['a full queue', 429, { 'retry-after': '7' }, 'unasked', /backend\/busy.*7000/],
    [
      'a full queue until a date',
      503,
      { 'retry-after': new Date(Date.now() + 9_000).toUTCString() },
      'unasked',
      /busy/,
    ],
    ['a pause that never ends', 429, { 'retry-after': '999999999' }, 'unasked', /"waitMs":300000/],
  ])('that answers with %s (%i) is not asked again at once', async (_what, status, headers, state, said) => {
    let asked = 0
    const port = await http((_request, response) => {
      asked += 1
      response.writeHead(status, headers).end(`{"error":{"message":"not today ${KEY}"}}`)
    })
    const on = poolOn(port)
    expect(await ask(on).done).toMatchObject({ ok: false, error: { code: 'backend/none-ready' } })
    expect(stateOf(on)).toMatchObject({ state })
    expect(JSON.stringify(stateOf(on).error)).toMatch(said)
    expect(JSON.stringify([stateOf(on), logged])).not.toContain(KEY)
    if (status !== 500) expect(await ask(on).done).toMatchObject({ ok: false, error: { code: 'backend/none-ready' } })
    expect(asked).toBe(1)
  })

  test('that refuses what was asked is told, and is well', async () => {
    const port = await http((_request, response) => response.writeHead(400).end('{"detail":"too long"}'))
    const on = poolOn(port)
    expect(await ask(on).done).toEqual({
      ok: false,
      error: { code: 'backend/refused', name: 'S', status: 400, reason: 'too long' },
    })
    expect(stateOf(on)).toMatchObject({ state: 'unasked', failed: 1 })
  })

  test('gets the key in its header and nowhere else, and is asked for nothing packed', async () => {
    const seen: unknown[] = []
    const port = await http(async (request, response) => {
      let body = ''
      for await (const part of request) body += part
      seen.push([request.headers.authorization, request.headers['accept-encoding'], body.includes(KEY)])
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end(piece('ok', 'stop'))
    })
    expect((await ask(poolOn(port)).done).ok).toBe(true)
    expect(seen).toEqual([[`Bearer ${KEY}`, 'identity', false]])
  })

  test('that names its key as its model does not have it shown or written', async () => {
    const port = await http((_request, response) => {
      const data = [{ id: KEY }, { id: `x ${KEY}` }]
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ data }))
    })
    const reached = await poolOn(port).reach(['chat'], never)
    expect(reached.ok).toBe(false)
    expect(pool?.states()[0]?.error).toMatchObject({ code: 'backend/no-model', offers: ['…', 'x …'] })
    expect(JSON.stringify([reached, pool?.states(), logged])).not.toContain(KEY)
  })
})

describe('an end by our side', () => {
  const slow = () => {
    const left = Promise.withResolvers<void>()
    const port = http((request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(piece('Hel'))
      request.socket.once('close', () => left.resolve())
    })
    return { port, left: left.promise }
  }

  test('an abort closes the line at once and gives what is there', async () => {
    const { port, left } = slow()
    const ending = new AbortController()
    const { done, tokens } = ask(poolOn(await port), {}, ending.signal)
    while (tokens.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    ending.abort()
    await left
    expect(await done).toMatchObject({ ok: true, value: { text: 'Hel', finish: 'aborted' } })
  })

  test('so does the deadline', async () => {
    const { port, left } = slow()
    const { done } = ask(poolOn(await port), { deadlineMs: Date.now() + 150 })
    await left
    expect(await done).toMatchObject({ ok: true, value: { text: 'Hel', finish: 'deadline' } })
  })

  test('three deadlines without a token are a failure of the server', async () => {
    const port = await http(() => undefined)
    const on = poolOn(port)
    for (let i = 0; i < 3; i++)
      expect(await ask(on, { deadlineMs: Date.now() + 30 }).done).toMatchObject({
        value: { text: '', finish: 'deadline' },
      })
    expect(stateOf(on)).toMatchObject({ state: 'open', error: { code: 'backend/unreachable' } })
  })
})

import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { ok } from '../../../shared/result.ts'
import {
  ask,
  CHAT_BODY,
  CHAT_PATH,
  callerOf,
  doneWith,
  instantHandler,
  send,
  signedHeaders,
  testKey,
  VALIDATOR,
} from '../../../test/support/axon-harness.ts'
import { type InsideAxon, type InsideOptions, startInside } from '../../../test/support/axon-inside.ts'
import type { ChatDone } from '../../llm/llm.port.ts'
import type { TaskHandler } from '../axon.port.ts'

let under: InsideAxon | undefined
const start = async (options: Partial<InsideOptions>) => {
  under = await startInside({ adapter: 'practice-chat', ...options })
  return under
}
afterEach(() => under?.axon.stop())

/** Answers when told to, or with what it has when it is aborted. */
function heldHandler() {
  const open: (() => void)[] = []
  let aborted = 0
  const arrivals: (() => void)[] = []
  const handler: TaskHandler = (_task, on, signal) =>
    new Promise((resolve) => {
      const end = (done: ChatDone) => resolve(ok(done))
      open.push(() => end(doneWith('held')))
      on.token('first')
      signal.addEventListener('abort', () => {
        aborted += 1
        end({ ...doneWith('cut'), finish: 'aborted' })
      })
      for (const arrived of arrivals.splice(0)) arrived()
    })
  return {
    handler,
    open,
    aborted: () => aborted,
    arrived: () => new Promise<void>((resolve) => arrivals.push(resolve)),
  }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10))
}

describe('the queue', () => {
  test('refuses what does not fit, and serves the rest in turn', async () => {
    const held = heldHandler()
    const { url, axon } = await start({ handler: held.handler, limits: { concurrency: 1, queue: 1 } })
    const begun = held.arrived()
    const first = ask(url)
    await begun
    const second = ask(url)
    await until(() => axon.metrics().queue.waiting === 1)
    expect(axon.metrics().queue).toEqual({ running: 1, waiting: 1, room: 1 })
    const third = await ask(url)
    expect([third.status, third.json().error?.code]).toEqual([503, 'QueueFull'])
    const next = held.arrived()
    held.open.shift()?.()
    expect((await first).status).toBe(200)
    await next
    held.open.shift()?.()
    expect((await second).status).toBe(200)
  })

  test('a place is free again after a caller left while waiting', async () => {
    const held = heldHandler()
    const { url, axon } = await start({ handler: held.handler, limits: { concurrency: 1, queue: 1 } })
    const begun = held.arrived()
    const first = ask(url)
    await begun
    const leaving = connect(Number(new URL(url).port), '127.0.0.1')
    leaving.write(rawRequest(signedHeaders()))
    await until(() => axon.metrics().queue.waiting === 1)
    leaving.destroy()
    await until(() => axon.metrics().refused.cancelled === 1)
    const second = ask(url)
    await until(() => axon.metrics().queue.waiting === 1)
    const next = held.arrived()
    held.open.shift()?.()
    await next
    held.open.at(-1)?.()
    expect([(await first).status, (await second).status]).toEqual([200, 200])
  })
})

const rawRequest = (headers: Record<string, string>, body = CHAT_BODY, length = body.length) =>
  [
    'POST /v1/chat/completions HTTP/1.1',
    'host: 127.0.0.1',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    `content-length: ${length}`,
    '',
    body,
  ].join('\r\n')

describe('the deadline', () => {
  test('ends generation a margin before, and sends what there is', async () => {
    const held = heldHandler()
    const { url } = await start({ handler: held.handler, limits: { deadlineMs: 1_500, deadlineMarginMs: 1_200 } })
    const answer = await ask(url)
    expect(answer.status).toBe(200)
    expect(answer.json()).toMatchObject({ choices: [{ message: { content: 'cut' }, finish_reason: 'length' }] })
  })

  test('is 504 when the model does not end in time', async () => {
    let deadlineMs = 0
    const deaf: TaskHandler = ({ task }) => {
      deadlineMs = task.deadlineMs
      return new Promise((resolve) => setTimeout(() => resolve(ok(doneWith('too late'))), 1_500))
    }
    const { url, axon } = await start({ handler: deaf, limits: { deadlineMs: 400, deadlineMarginMs: 100 } })
    const asked = Date.now()
    const answer = await ask(url)
    expect([answer.status, answer.json().error?.code]).toEqual([504, 'DeadlineExceeded'])
    expect(deadlineMs).toBeGreaterThanOrEqual(asked + 300)
    expect(deadlineMs).toBeLessThanOrEqual(Date.now())
    await until(() => axon.metrics().late === 1)
    expect(axon.metrics().answered).toBe(0)
  })

  test('is 504 for those still waiting in the queue', async () => {
    const deaf: TaskHandler = () => new Promise((resolve) => setTimeout(() => resolve(ok(doneWith('x'))), 1_500))
    const limits = { concurrency: 1, deadlineMs: 500, deadlineMarginMs: 100 }
    const { url } = await start({ handler: deaf, limits })
    const answers = await Promise.all([ask(url), ask(url), ask(url)])
    expect(answers.map((answer) => answer.status)).toEqual([504, 504, 504])
  })
})

describe('a caller that hangs up', () => {
  test('aborts the generation', async () => {
    const held = heldHandler()
    const { url, axon } = await start({ handler: held.handler })
    const begun = held.arrived()
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    socket.write(rawRequest(signedHeaders()))
    await begun
    socket.destroy()
    await until(() => held.aborted() === 1)
    await until(() => axon.metrics().refused.cancelled === 1)
    expect(axon.metrics().recent[0]).toMatchObject({ status: 499, reason: 'cancelled', caller: VALIDATOR.address })
  })

  test('aborts a stream after its first piece', async () => {
    const held = heldHandler()
    const { url } = await start({ handler: held.handler })
    const body = JSON.stringify({ messages: [{ role: 'user', content: 'Hi' }], stream: true })
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    socket.write(rawRequest(signedHeaders({ body }), body))
    const seen = await new Promise<string>((resolve) => {
      let text = ''
      socket.on('data', (piece) => {
        text += String(piece)
        if (text.includes('first')) resolve(text)
      })
    })
    expect(seen).toContain('200 OK')
    socket.destroy()
    await until(() => held.aborted() === 1)
  })
})

describe('slow senders', () => {
  const patience = { headersMs: 700, bodyMs: 700, keepAliveMs: 2_000, drainMs: 100 }
  const talk = (port: number, text: string) =>
    new Promise<string>((resolve) => {
      const socket = connect(port, '127.0.0.1')
      let heard = ''
      socket.on('data', (piece) => {
        heard += String(piece)
      })
      socket.on('close', () => resolve(heard))
      socket.on('error', () => undefined)
      socket.write(text)
    })

  test('of a head, or of nothing, are cut off while others are served', async () => {
    const { port, url } = await start({ patience })
    const slow = [talk(port, 'POST / HTTP/1.1\r\nx'), talk(port, ''), talk(port, 'POST / HTTP/1.1\r\nhost: x\r\n')]
    expect((await ask(url)).status).toBe(200)
    const heard = await Promise.all(slow)
    expect(heard[0]).toContain('408')
    expect(heard[2]).toContain('408')
  })

  test('of a body get 408', async () => {
    const { port } = await start({ patience })
    const heard = await talk(port, rawRequest(signedHeaders(), '{"mess', 600))
    expect(heard).toContain('HTTP/1.1 408')
    expect(heard).toContain('RequestTimeout')
  })

  test('a head without end is refused', async () => {
    const { port } = await start({})
    const heard = await talk(port, `GET / HTTP/1.1\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`)
    expect(heard).toContain('431')
  })

  test.each([
    ['no HTTP', 'hello\r\n\r\n'],
    ['two lengths', `POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\ncontent-length: 4\r\n\r\nabcd`],
    [
      'a length and chunks',
      'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
  ])('%s is refused', async (_why, text) => {
    const { port } = await start({})
    expect(await talk(port, text)).toContain('400 Bad Request')
  })
})

let opened = 0
/** Asks over a connection that is kept. */
function kept(url: string, agent: Agent): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asking = request(url, { method: 'POST', path: CHAT_PATH, headers: signedHeaders(), agent }, (answer) =>
      answer.resume().on('end', () => resolve(answer.statusCode)),
    )
    asking.once('socket', (socket) => {
      if (socket.connecting) opened += 1
    })
    asking.on('error', reject)
    asking.end(CHAT_BODY)
  })
}

describe('rates', () => {
  test('of one hotkey do not touch another', async () => {
    const other = testKey(9)
    const { url } = await start({
      callers: [callerOf(VALIDATOR), callerOf(other)],
      limits: { perHotkeyPerMinute: 2 },
    })
    const statuses = []
    for (let i = 0; i < 3; i++) statuses.push((await ask(url)).status)
    expect(statuses).toEqual([200, 200, 429])
    expect((await ask(url, { key: other })).status).toBe(200)
  })

  test('of one address end before any signature is looked at, and bad signatures count more', async () => {
    const { url } = await start({ limits: { perAddressPerSecond: 6 } })
    const bad = async () => {
      const headers = { ...signedHeaders(), 'X-Bittensor-Signature': `0x${'11'.repeat(63)}01` }
      return (await send(url, { headers, body: CHAT_BODY })).status
    }
    expect([await bad(), await bad(), await bad()]).toContain(429)
  })

  // Other systems have one address of this computer only, unless they are told of more.
  test.skipIf(process.platform !== 'linux')(
    'whoever takes every place without proving anything makes room for others, and not those who did',
    async () => {
      const { port, url } = await start({ handler: instantHandler })
      const agent = new Agent({ keepAlive: true, maxSockets: 1 })
      expect(await kept(url, agent)).toBe(200)
      const silent = Array.from({ length: 8 * 64 }, (_, at) =>
        connect({ port, host: '127.0.0.1', localAddress: `127.0.0.${2 + (at % 8)}` }).on('error', () => undefined),
      )
      await Promise.all(silent.map((socket) => once(socket, 'connect')))
      expect((await ask(url)).status).toBe(200)
      expect((await ask(url)).status).toBe(200)
      // Its first connection is still there: a new one would be the second.
      expect([await kept(url, agent), opened]).toEqual([200, 1])
      for (const socket of silent) socket.destroy()
      agent.destroy()
    },
  )

  test('more connections than an address may have are closed', async () => {
    const { port, url } = await start({ handler: instantHandler })
    let closed = 0
    const sockets = Array.from({ length: 80 }, () => connect(port, '127.0.0.1'))
    for (const socket of sockets) {
      socket.on('error', () => undefined)
      socket.on('close', () => {
        closed += 1
      })
    }
    await until(() => closed >= 16)
    expect(closed).toBe(16)
    for (const socket of sockets) socket.destroy()
    await until(() => closed === 80)
    // Our ends are closed; the server hears of each a moment later, and until then its places are taken.
    let status = 0
    while (status === 0)
      status = await ask(url).then(
        (answer) => answer.status,
        () => 0,
      )
    expect(status).toBe(200)
  })
})

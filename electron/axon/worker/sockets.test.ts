import { connect, type Socket } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { err, ok } from '../../../shared/result.ts'
import { ask, CHAT_BODY, CHAT_PATH, doneWith, signedHeaders } from '../../../test/support/axon-harness.ts'
import { type InsideAxon, type InsideOptions, startInside } from '../../../test/support/axon-inside.ts'
import type { TaskHandler } from '../axon.port.ts'

let under: InsideAxon | undefined
afterEach(() => under?.axon.stop())
const start = async (options: Partial<InsideOptions> = {}): Promise<InsideAxon> => {
  under = await startInside({ adapter: 'practice-chat', ...options })
  return under
}

const bytes = (body = CHAT_BODY, length = Buffer.byteLength(body)): string => {
  const headers = { host: '127.0.0.1', ...signedHeaders({ body }), 'content-length': `${length}` }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return `POST ${CHAT_PATH} HTTP/1.1\r\n${lines.join('')}\r\n${body}`
}

/** A connection, and everything that was heard on it until the server closed it. */
function talk(port: number): { readonly socket: Socket; readonly closed: Promise<string>; heard(): string } {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  let heard = ''
  socket.on('data', (piece: Buffer) => {
    heard += piece.toString('latin1')
  })
  socket.on('error', () => undefined)
  const closed = new Promise<string>((resolve) => {
    for (const event of ['end', 'close']) socket.on(event, () => resolve(heard))
  })
  return { socket, closed, heard: () => heard }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5))
}

const statuses = (heard: string): string[] => [...heard.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map((match) => match[1] ?? '')

/** Answers when told to. */
function held(): { readonly handler: TaskHandler; release(): void } {
  const open: (() => void)[] = []
  const handler: TaskHandler = () => new Promise((resolve) => open.push(() => resolve(ok(doneWith('held')))))
  return {
    handler,
    release: () => {
      for (const end of open.splice(0)) end()
    },
  }
}

describe('one connection', () => {
  test('takes a body with its head, after it, and in pieces', async () => {
    const { port } = await start()
    const { socket, heard } = talk(port)
    for (const [n, cuts] of [[], [-CHAT_BODY.length], [-CHAT_BODY.length + 3, -2]].entries()) {
      const whole = bytes()
      const pieces = [0, ...cuts].map((from, i, all) => whole.slice(from, all[i + 1]))
      for (const piece of pieces) {
        socket.write(piece)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      await until(() => statuses(heard()).length > n)
    }
    expect(statuses(heard())).toEqual(['200', '200', '200'])
    socket.destroy()
  })

  test('counts a body that does not say how long it is, also where all of it comes with its head', async () => {
    const { port } = await start({ limits: { bodyBytes: CHAT_BODY.length } })
    const chunked = (body: string): string =>
      bytes(body).replace(/content-length: \d+\r\n\r\n[\s\S]*$/, '') +
      `transfer-encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`
    const { socket, heard } = talk(port)
    socket.write(chunked(CHAT_BODY))
    await until(() => statuses(heard()).length === 1)
    socket.write(chunked(`${CHAT_BODY} `))
    await until(() => statuses(heard()).length === 2)
    expect(statuses(heard())).toEqual(['200', '413'])
    socket.destroy()
  })

  test('has eight requests under way at most; the answers come in order', async () => {
    const { handler, release } = held()
    const { port, axon } = await start({ handler, limits: { concurrency: 20 } })
    const { socket, heard } = talk(port)
    socket.write(Array.from({ length: 10 }, () => bytes()).join(''))
    await until(() => axon.metrics().refused['queue-full'] === 2)
    // The report that tells of the refused may be from before the signatures of the others were checked.
    await until(() => axon.metrics().queue.running >= 8)
    expect(axon.metrics().queue.running).toBe(8)
    expect(heard()).toBe('')
    release()
    await until(() => statuses(heard()).length === 10)
    expect(statuses(heard())).toEqual([...Array<string>(8).fill('200'), '503', '503'])
    socket.write(bytes())
    await until(() => axon.metrics().queue.running === 1)
    release()
    await until(() => statuses(heard()).length === 11)
    expect(statuses(heard()).at(-1)).toBe('200')
    socket.destroy()
  })

  test('that is half closed after its request still gets the answer, and is closed then', async () => {
    const { port } = await start()
    const { socket, closed } = talk(port)
    socket.end(bytes())
    expect(statuses(await closed)).toEqual(['200'])
  })

  test('that is half closed hears that its answer is being made, and then the answer', async () => {
    const { handler, release } = held()
    const { port } = await start({ handler })
    const { socket, closed, heard } = talk(port)
    socket.end(bytes())
    await until(() => statuses(heard()).length === 2)
    release()
    const all = statuses(await closed)
    expect([new Set(all.slice(0, -1)), all.at(-1)]).toEqual([new Set(['102']), '200'])
  })

  test('that was hung up ends its task, though nothing is written yet', async () => {
    let asked = false
    const handler: TaskHandler = (_work, _on, signal) =>
      new Promise((resolve) => {
        asked = true
        signal.addEventListener('abort', () => resolve(err({ code: 'contract/cancelled' })))
      })
    const { port, axon } = await start({ handler })
    const { socket } = talk(port)
    socket.write(bytes())
    await until(() => asked)
    socket.destroy()
    await until(() => axon.metrics().refused.cancelled === 1)
  })

  test('that breaks inside a body is forgotten', async () => {
    const { port, axon, url } = await start()
    const { socket } = talk(port)
    socket.write(bytes(CHAT_BODY, 5_000))
    socket.once('connect', () => setTimeout(() => socket.resetAndDestroy(), 20))
    await until(() => axon.metrics().refused.cancelled === 1)
    expect((await ask(url)).status).toBe(200)
  })

  test('that drips its body gets 408, however steadily', async () => {
    const { port } = await start({ patience: { headersMs: 300, bodyMs: 300 } })
    const { socket, closed } = talk(port)
    socket.write(bytes('', 5_000))
    const drip = setInterval(() => socket.write(' '), 20)
    const heard = await closed
    clearInterval(drip)
    expect(statuses(heard)).toEqual(['408'])
    socket.destroy()
  })

  test('that stays silent after an answer is closed', async () => {
    const { port } = await start({ patience: { keepAliveMs: 100 } })
    const { socket, closed } = talk(port)
    socket.write(bytes())
    expect(statuses(await closed)).toEqual(['200'])
    socket.destroy()
  })

  test('that does not read its stream is given up, and the model with it', async () => {
    let told = 0
    let aborted = false
    const piece = 'x'.repeat(65_536)
    const flood: TaskHandler = (_task, on, signal) =>
      new Promise((resolve) => {
        const pour = () => {
          if (signal.aborted) {
            aborted = true
            return resolve(ok({ ...doneWith('cut'), finish: 'aborted' }))
          }
          told += piece.length
          on.token(piece)
          setImmediate(pour)
        }
        pour()
      })
    const { port, axon } = await start({ handler: flood })
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => undefined)
    socket.pause()
    socket.write(bytes(JSON.stringify({ messages: [{ role: 'user', content: 'Hi' }], stream: true })))
    await until(() => aborted && axon.metrics().refused.cancelled === 1)
    expect(told).toBeGreaterThan(1_000_000)
    socket.destroy()
  })
})

describe('many small headers', () => {
  test('end where their size does, or their number', async () => {
    const { port } = await start()
    const head = (count: number, name: string) => Array.from({ length: count }, (_, i) => `${name}${i}: x\r\n`).join('')
    const big = talk(port)
    big.socket.write(`POST ${CHAT_PATH} HTTP/1.1\r\n${head(2_000, 'h')}\r\n`)
    expect(statuses(await big.closed)).toEqual(['431'])
    const late = talk(port)
    late.socket.end(
      `POST ${CHAT_PATH} HTTP/1.1\r\nhost: x\r\n${head(100, 'h')}${bytes().split('\r\n').slice(2).join('\r\n')}`,
    )
    expect(statuses(await late.closed)).toEqual(['431'])
  })
})

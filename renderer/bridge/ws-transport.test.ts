import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { type WebSocket as ServerSocket, WebSocketServer } from 'ws'
import { DoorClosed } from './transport.ts'
import { WsTransport } from './ws-transport.ts'

interface Frame {
  readonly id: number
  readonly kind: string
  readonly name?: string
  readonly input?: unknown
}
const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

/** A real server on loopback that records frames and answers as it is told. */
async function serve(onFrame: (frame: Frame, socket: ServerSocket) => void, port = 0) {
  const protocols: string[] = []
  const server = new WebSocketServer({
    host: '127.0.0.1',
    port,
    handleProtocols: (offered) => {
      protocols.push([...offered].join(','))
      return 'taoforge'
    },
  })
  await new Promise((resolve) => server.once('listening', resolve))
  server.on('connection', (socket) => {
    socket.on('message', (data) => onFrame(JSON.parse(String(data)) as Frame, socket))
  })
  const stop = () => {
    for (const client of server.clients) client.terminate()
    server.close()
  }
  closers.push(stop)
  return { port: (server.address() as AddressInfo).port, protocols, stop, server }
}
function connect(port: number): WsTransport {
  const transport = new WsTransport({ url: `ws://127.0.0.1:${port}/ws`, token: 'secret' })
  closers.push(() => transport.close())
  return transport
}
const until = (condition: () => boolean) => expect.poll(condition, { timeout: 10_000, interval: 20 }).toBe(true)

describe('WsTransport', () => {
  it('sends its token as sub-protocol and pairs answers with questions', async () => {
    const waiting: (() => void)[] = []
    const host = await serve((frame, socket) => {
      const reply = { ok: true, value: frame.name }
      waiting.push(() => socket.send(JSON.stringify({ id: frame.id, kind: 'reply', reply })))
      if (waiting.length === 2) for (const answer of waiting.reverse()) answer()
    })
    const transport = connect(host.port)
    const both = await Promise.all([transport.call('a', { n: 1 }), transport.call('b', {})])
    expect(both).toEqual([
      { ok: true, value: 'a' },
      { ok: true, value: 'b' },
    ])
    expect(host.protocols).toEqual(['taoforge,secret'])
  })

  it('ends a subscription with a cancel of its own number', async () => {
    const frames: Frame[] = []
    const host = await serve((frame, socket) => {
      frames.push(frame)
      if (frame.kind !== 'subscribe') return
      socket.send(JSON.stringify({ id: frame.id, kind: 'reply', reply: { ok: true, value: null } }))
      socket.send(JSON.stringify({ id: frame.id, kind: 'event', value: 1 }))
    })
    const values: unknown[] = []
    const transport = connect(host.port)
    const stop = transport.subscribe('s', {}, { onReply: () => {}, onEvent: (value) => values.push(value) })
    await until(() => values.length === 1)
    stop()
    await until(() => frames.length === 2)
    expect(frames[1]).toEqual({ id: frames[0]?.id, kind: 'cancel' })
  })

  it('fails what was asked when the connection ends, and asks nothing again', async () => {
    const frames: Frame[] = []
    const host = await serve((frame, socket) => {
      frames.push(frame)
      if (frame.kind === 'call') socket.terminate()
    })
    const transport = connect(host.port)
    await expect(transport.call('transaction.send', {})).rejects.toBeInstanceOf(DoorClosed)
    expect(transport.door.now()).toBe('lost')
    await until(() => transport.door.now() === 'open')
    expect(frames.filter((frame) => frame.kind === 'call')).toHaveLength(1)
  })

  it('takes its subscriptions up again after the host came back', async () => {
    const frames: Frame[] = []
    const onFrame = (frame: Frame, socket: ServerSocket) => {
      frames.push(frame)
      socket.send(JSON.stringify({ id: frame.id, kind: 'event', value: frames.length }))
    }
    const host = await serve(onFrame)
    const values: unknown[] = []
    const transport = connect(host.port)
    const stop = transport.subscribe('s', {}, { onReply: () => {}, onEvent: (value) => values.push(value) })
    await until(() => values.length === 1)
    host.stop()
    await until(() => transport.door.now() === 'lost')
    await serve(onFrame, host.port)
    await until(() => values.length === 2)
    expect(frames[1]?.id).not.toBe(frames[0]?.id)
    stop()
    await until(() => frames.at(-1)?.kind === 'cancel')
    expect(frames.at(-1)?.id).toBe(frames[1]?.id)
  })

  it('says refused when the door never opens, as with a wrong token', async () => {
    const host = await serve(() => {})
    host.stop()
    const transport = connect(host.port)
    await until(() => transport.door.now() === 'refused')
    await expect(transport.call('a', {})).rejects.toBeInstanceOf(DoorClosed)
  })

  it('says refused at once without a token', async () => {
    const transport = new WsTransport({ url: 'ws://127.0.0.1:9/ws', token: '' })
    expect(transport.door.now()).toBe('refused')
    await expect(transport.call('a', {})).rejects.toBeInstanceOf(DoorClosed)
    transport.subscribe('s', {}, { onReply: () => {}, onEvent: () => {} })()
  })

  it('drops frames that it did not ask for', async () => {
    const host = await serve((frame, socket) => {
      for (const noise of ['no json', '{}', '{"id":99,"kind":"reply","reply":1}', '{"id":"1","kind":"reply"}'])
        socket.send(noise)
      socket.send(JSON.stringify({ id: frame.id, kind: 'reply', reply: 'mine' }))
    })
    expect(await connect(host.port).call('a', {})).toBe('mine')
  })
})

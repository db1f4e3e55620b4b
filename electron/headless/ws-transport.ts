import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { z } from 'zod'
import type { Router } from '../host/router.ts'

/** Wire protocol of the browser's and the terminal's door; the same three words both ways. */
const frame = z.discriminatedUnion('kind', [
  z.object({ id: z.number().int(), kind: z.literal('call'), name: z.string(), input: z.unknown() }),
  z.object({ id: z.number().int(), kind: z.literal('subscribe'), name: z.string(), input: z.unknown() }),
  z.object({ id: z.number().int(), kind: z.literal('cancel') }),
])

export const SUB_PROTOCOL = 'taoforge'
/** Requests are small: the largest is a plan. */
const FRAME_BYTES = 256 * 1024
/** Of one socket at the same time. */
const OPEN_ASKS = 200
/** A browser that stops reading must not fill our memory. */
const UNSENT_BYTES = 16 * 1024 * 1024

const same = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export interface WsDoor {
  readonly router: Router
  readonly server: Server
  /** Whether `Host` and `Origin` are ours; see {@link ownAddress}. */
  readonly isOurs: (request: IncomingMessage) => boolean
  readonly token: string
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

/**
 * Loopback only. `Origin` and `Host` keep other sites and rebound names out, the token other programs of this machine.
 * The token travels as second sub-protocol, because a browser cannot set headers here.
 */
export function serveOverWebSocket({ router, server, isOurs, token }: WsDoor): () => void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: FRAME_BYTES, handleProtocols: () => SUB_PROTOCOL })
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    const [name, offered = ''] = String(request.headers['sec-websocket-protocol'] ?? '').split(/,\s*/)
    if (request.url !== '/ws' || !isOurs(request)) return refuse(socket, '403 Forbidden')
    if (name !== SUB_PROTOCOL || !same(offered, token)) return refuse(socket, '401 Unauthorized')
    sockets.handleUpgrade(request, socket, head, (client) => serveSocket(client, router))
  })
  return () => {
    for (const client of sockets.clients) client.terminate()
    sockets.close()
  }
}

function serveSocket(socket: WebSocket, router: Router): void {
  const asks = new Map<number, AbortController>()
  const send = (message: unknown) => {
    if (socket.readyState !== socket.OPEN) return
    if (socket.bufferedAmount > UNSENT_BYTES) return socket.terminate()
    socket.send(JSON.stringify(message))
  }
  socket.on('close', () => {
    for (const ask of asks.values()) ask.abort()
  })
  socket.on('error', () => socket.terminate())
  socket.on('message', (data) => {
    const parsed = frame.safeParse(readJson(String(data)))
    if (!parsed.success) return socket.close(1003, 'not a frame')
    const ask = parsed.data
    if (ask.kind === 'cancel') {
      asks.get(ask.id)?.abort()
      asks.delete(ask.id)
      return
    }
    if (asks.has(ask.id) || asks.size >= OPEN_ASKS) return socket.close(1008, 'too many or repeated asks')
    const gone = new AbortController()
    asks.set(ask.id, gone)
    const { id, name, input: raw } = ask
    if (ask.kind === 'subscribe') {
      // The reply goes first, so that a client never sees a value of something it does not know yet.
      const early: unknown[] = []
      let replied = false
      const emit = (value: unknown) => (replied ? send({ id, kind: 'event', value }) : void early.push(value))
      send({ id, kind: 'reply', reply: router.subscribe({ name, raw, reach: 'anywhere' }, emit, gone.signal) })
      replied = true
      for (const value of early) send({ id, kind: 'event', value })
      return
    }
    void router.call(name, raw, 'anywhere', gone.signal).then((reply) => {
      asks.delete(id)
      send({ id, kind: 'reply', reply })
    })
  })
}

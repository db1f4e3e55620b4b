import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import type { PracticeNode } from '../node/practice-node.ts'
import { Dispatcher } from './dispatch.ts'
import type { Methods } from './method.ts'
import { Session } from './session.ts'

export interface RpcServer {
  /** `ws://127.0.0.1:<port>` */
  readonly url: string
  close(): Promise<void>
}

export interface RpcServerOptions {
  readonly node: PracticeNode
  readonly methods: Methods
  /** 0 = any free port. */
  readonly port: number
  readonly onFault?: (error: unknown) => void
}

/** A batch of full storage keys fits; nothing a wallet sends is larger. */
const MAX_MESSAGE_BYTES = 5 * 1_048_576
const MAX_CONNECTIONS = 100

/**
 * Pages of other sites must not reach the chain through the user's browser; no Origin means a program.
 * Substrate's own default (`--rpc-cors`) is the same: this computer and polkadot.js apps.
 */
export function originAllowed(origin: string | undefined): boolean {
  if (origin === undefined || origin === 'https://polkadot.js.org') return true
  return /^(https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?|app:\/\/[a-z.-]+)$/.test(origin)
}

function serve(socket: WebSocket, dispatcher: Dispatcher, onFault: (error: unknown) => void): void {
  const session = new Session({
    send: (text) => socket.send(text, () => undefined),
    get bufferedAmount() {
      return socket.bufferedAmount
    },
    terminate: () => socket.terminate(),
  })
  socket.on('message', (data, isBinary) => {
    if (isBinary) return socket.close(1003, 'text only')
    dispatcher.answer(data.toString(), session).then((answer) => {
      if (answer !== undefined) session.send(answer)
      session.flush()
    }, onFault)
  })
  socket.on('error', () => socket.terminate())
  socket.on('close', () => session.close())
}

/** Opens the chain's only door: JSON-RPC over WebSocket, on loopback. Rejects with the listen error (EADDRINUSE). */
export function startRpcServer(options: RpcServerOptions): Promise<RpcServer> {
  const onFault = options.onFault ?? (() => undefined)
  const dispatcher = new Dispatcher(options.node, options.methods, onFault)
  const http = createServer((_request, response) => {
    response.writeHead(426, { 'content-type': 'text/plain', connection: 'close' })
    response.end('This is a WebSocket endpoint.\n')
  })
  const sockets = new WebSocketServer({
    server: http,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
    verifyClient: ({ origin }: { origin: string | undefined; req: IncomingMessage }) =>
      originAllowed(origin) && sockets.clients.size < MAX_CONNECTIONS,
  })
  sockets.on('connection', (socket) => serve(socket, dispatcher, onFault))
  // The same error reaches the HTTP server's own listener below.
  sockets.on('error', () => undefined)
  return new Promise((resolve, reject) => {
    http.once('error', reject)
    http.listen(options.port, '127.0.0.1', () => {
      const { port } = http.address() as AddressInfo
      const close = (): Promise<void> =>
        new Promise((done) => {
          for (const socket of sockets.clients) socket.terminate()
          sockets.close()
          http.close(() => done())
        })
      resolve({ url: `ws://127.0.0.1:${port}`, close })
    })
  })
}

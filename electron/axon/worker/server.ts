import { createServer, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { AppError } from '../../../shared/errors.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { AxonConfig } from '../axon.port.ts'
import type { Patience } from '../messages.ts'
import { Connections, MAX_CONNECTIONS } from './connections.ts'
import { Exchange } from './exchange.ts'
import { type Handling, handleRequest } from './handle-request.ts'
import { Pipelined } from './pipelined.ts'
import { failed, REFUSALS } from './refusal.ts'
import type { Telemetry } from './telemetry.ts'

/** btauth/1 needs some 600 bytes; proxies add theirs. */
const MAX_HEADER_BYTES = 8_192
/** Then the connection is closed and opened again, so that nothing gathers on it. */
const MAX_REQUESTS_PER_SOCKET = 10_000
/** Silence after which the system asks whether the other end is still there: it may have lost its power, ms. */
const SILENT_MS = 15_000

/** What Node's parser refused: not HTTP, too large a head, or too slow. */
function answerBroken(cause: Error & { code?: string }, socket: Socket): void {
  if (!socket.writable || socket.destroyed) return void socket.destroy()
  const [status, code] =
    cause.code === 'HPE_HEADER_OVERFLOW'
      ? ['431 Request Header Fields Too Large', 'HeadersTooLarge']
      : cause.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? ['408 Request Timeout', 'RequestTimeout']
        : ['400 Bad Request', 'BadRequest']
  const body = JSON.stringify({ error: { code, message: 'the request could not be read' } })
  const head = `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${body.length}`
  socket.end(`${head}\r\n\r\n${body}`)
  socket.destroySoon()
}

/** An HTTP server whose every wait and every size has an end. */
export function axonServer(handling: Handling, telemetry: Telemetry, patience: Patience): Server {
  const pipelined = new Pipelined()
  const connections = new Connections()
  const server = createServer(
    {
      keepAlive: true,
      keepAliveInitialDelay: SILENT_MS,
      headersTimeout: patience.headersMs,
      requestTimeout: patience.headersMs + patience.bodyMs,
      connectionsCheckingInterval: 500,
      keepAliveTimeout: patience.keepAliveMs,
      maxHeaderSize: MAX_HEADER_BYTES,
      // Never lenient: a body whose length can be read in two ways is refused.
      insecureHTTPParser: false,
    },
    (request, response) => {
      const exchange = new Exchange(request, response, { protocol: handling.protocol, telemetry, connections })
      if (!pipelined.enter(request.socket, response)) return exchange.refuse(REFUSALS.crowded)
      handleRequest(handling, exchange).catch((cause: unknown) => {
        process.stderr.write(`request failed: ${cause instanceof Error ? cause.stack : String(cause)}\n`)
        exchange.refuse(failed('internal'))
      })
    },
  )
  // Beyond those that we keep there is room for the one that we judge by.
  server.maxConnections = 2 * MAX_CONNECTIONS
  server.maxHeadersCount = 64
  server.maxRequestsPerSocket = MAX_REQUESTS_PER_SOCKET
  // No progress on a connection: a reader that does not read.
  server.timeout = handling.limits.deadlineMs + patience.keepAliveMs
  // Where an answer is under way there is no place for another.
  server.on('clientError', (cause, socket: Socket) =>
    pipelined.isBusy(socket) ? socket.destroy() : answerBroken(cause, socket),
  )
  server.on('connection', (socket: Socket) => connections.enter(socket))
  // Who says that he sends no more may still wait for his answer. The types of Node do not know it.
  Object.assign(server, { httpAllowHalfOpen: true })
  server.on('connection', (socket: Socket) => pipelined.watch(socket))
  return server
}

/** @errors `mining/port-taken`, `mining/bad-address` */
export function listen(server: Server, { host, port }: AxonConfig): Promise<Result<number, AppError>> {
  return new Promise((resolve) => {
    const refuse = (cause: NodeJS.ErrnoException) => {
      if (cause.code === 'EADDRINUSE') return resolve(err({ code: 'mining/port-taken', port }))
      const reason = cause.code === 'EACCES' ? 'not-permitted' : 'not-of-this-computer'
      resolve(err({ code: 'mining/bad-address', address: `${host}:${port}`, reason }))
    }
    server.once('error', refuse)
    server.listen({ host, port, exclusive: true }, () => {
      server.off('error', refuse)
      resolve(ok((server.address() as AddressInfo).port))
    })
  })
}

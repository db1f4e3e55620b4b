import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { EXPOSITION_TYPE } from '../../shared/metrics/exposition.ts'
import { err, ok } from '../../shared/result.ts'
import type { MetricsDoorPort } from './metrics-door.port.ts'

const NAMES = ['127.0.0.1', 'localhost', '[::1]']
/** A scraper asks with a few hundred bytes, and one at a time. */
const LIMITS = { maxHeaderSize: 8_192, headersTimeout: 5_000, requestTimeout: 5_000, keepAliveTimeout: 30_000 }
const MOST_CONNECTIONS = 16

const HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
}

/**
 * Whoever asks must name this machine: a page of the internet whose name was made to point here names its own. Pages name
 * themselves in `Origin`, too, and a scraper is none.
 */
function isOurs({ headers }: IncomingMessage): boolean {
  const name = headers.host?.replace(/:\d{1,5}$/, '')
  return name !== undefined && NAMES.includes(name) && headers.origin === undefined
}

function answer(request: IncomingMessage, response: ServerResponse, text: () => string): void {
  const refuse = (status: number, why: string) =>
    void response
      .writeHead(status, { ...HEADERS, 'content-type': 'text/plain; charset=utf-8', connection: 'close' })
      .end(`${why}\n`)
  request.resume()
  if (!isOurs(request)) return refuse(403, 'Only programs of this computer are answered, by its own name.')
  if (request.url?.split('?')[0] !== '/metrics') return refuse(404, 'There is /metrics and nothing else.')
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, 'Only GET is answered.')
  const body = text()
  response.writeHead(200, { ...HEADERS, 'content-type': EXPOSITION_TYPE, 'content-length': Buffer.byteLength(body) })
  response.end(request.method === 'HEAD' ? undefined : body)
}

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })

/** One door at a time. Needs no token: it says nothing that other programs of this user could not read anyway. */
export function metricsDoor(): MetricsDoorPort {
  let open: Server | undefined
  const close = async () => {
    const server = open
    open = undefined
    if (server) await closed(server)
  }
  return {
    async open(port, text) {
      await close()
      const server = createServer(LIMITS, (request, response) => answer(request, response, text))
      server.maxConnections = MOST_CONNECTIONS
      const listening = await new Promise<boolean>((resolve) => {
        server.once('error', () => resolve(false))
        server.listen({ host: '127.0.0.1', port }, () => resolve(true))
      })
      if (!listening) return err({ code: 'mining/port-taken', port })
      open = server
      return ok({ port: (server.address() as AddressInfo).port })
    },
    close,
  }
}

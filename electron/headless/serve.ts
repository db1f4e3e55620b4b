import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import type { Host } from '../host/create-host.ts'
import { ownAddress } from './own-address.ts'
import { staticServer } from './static-server.ts'
import { serveOverWebSocket } from './ws-transport.ts'

export interface Served {
  readonly url: string
  readonly port: number
  readonly token: string
  close(): Promise<void>
}

/**
 * Serves the pages and the contract on loopback.
 * @param port 0 = any free one. @throws the error of `listen` (EADDRINUSE and the like)
 */
export async function serveHost(host: Host, pages: string, port: number): Promise<Served> {
  const token = randomBytes(32).toString('base64url')
  const server = staticServer(pages, host.downloads)
  host.downloads.serve()
  const closeSockets = serveOverWebSocket({ router: host.router, server, isOurs: ownAddress, token })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: '127.0.0.1', port }, resolve)
  })
  const bound = (server.address() as AddressInfo).port
  return {
    port: bound,
    token,
    // In the fragment: a browser never sends it to anybody, and it is in no log.
    url: `http://127.0.0.1:${bound}/#token=${token}`,
    async close() {
      closeSockets()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

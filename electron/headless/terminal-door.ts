import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Router } from '../host/router.ts'
import { removeHostFile, writeHostFile } from './host-file.ts'
import { ownAddress } from './own-address.ts'
import { serveOverWebSocket } from './ws-transport.ts'

/**
 * The door of a host that has a window of its own: for `taoforge` in a terminal of the same user, who finds port and
 * token in the data folder's host.json. It serves no pages, and no browser gets in: whatever names an `Origin` is refused.
 * @returns a function that closes it
 */
export async function openTerminalDoor(router: Router, dataFolder: string): Promise<() => Promise<void>> {
  const token = randomBytes(32).toString('base64url')
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000 }, (request, response) => {
    const alive = request.url === '/healthz' && ownAddress(request)
    response.writeHead(alive ? 200 : 404, { 'content-type': 'text/plain; charset=utf-8' }).end(alive ? 'ok\n' : '')
  })
  const isOurs: typeof ownAddress = (request) => request.headers.origin === undefined && ownAddress(request)
  const closeSockets = serveOverWebSocket({ router, server, isOurs, token })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: '127.0.0.1', port: 0 }, resolve)
  })
  writeHostFile(dataFolder, { pid: process.pid, port: (server.address() as AddressInfo).port, token })
  return async () => {
    removeHostFile(dataFolder)
    closeSockets()
    server.closeAllConnections()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }
}

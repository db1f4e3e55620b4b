import type { IncomingMessage } from 'node:http'

const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]']

/**
 * True when a request names us as this machine: `Host` defeats DNS rebinding, `Origin` other web sites.
 * A request without `Origin` (a terminal, a health check) is let through here; the token decides then.
 * The port in `Host` is not compared: a tunnel to a rented machine has a port of its own.
 */
export function ownAddress(request: IncomingMessage): boolean {
  const host = request.headers.host
  if (host === undefined) return false
  const name = host.replace(/:\d{1,5}$/, '')
  if (!LOOPBACK_NAMES.includes(name)) return false
  const { origin } = request.headers
  return origin === undefined || origin === `http://${host}`
}

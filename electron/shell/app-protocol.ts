import { readFile, realpath } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import type { CustomScheme, Protocol } from 'electron'
import { APP_SCHEME, isOurUrl, SECURITY_HEADERS } from './security-headers.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
}

/** Must be registered before the app is ready. No `bypassCSP`, no `corsEnabled`, no service workers. */
export const appSchemes: CustomScheme[] = [
  { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
]

const plain = (status: number, text: string): Response =>
  new Response(`${text}\n`, { status, headers: { ...SECURITY_HEADERS, 'content-type': TYPES['.txt'] ?? '' } })

/** The path below `root` that a URL names, or `undefined`: no traversal, no hidden file, no drive letter. */
function pathBelow(root: string, url: string): string | undefined {
  let path: string
  try {
    path = decodeURIComponent(new URL(url).pathname)
  } catch {
    return undefined
  }
  const parts = path.split('/').filter((part) => part !== '')
  if (parts.some((part) => part.startsWith('.') || /[\\:\0]/.test(part))) return undefined
  return join(root, ...(parts.length === 0 ? ['index.html'] : parts))
}

/** Answers `app://taoforge/…` from the built pages, always with the strict headers. */
export function appFiles(root: string): (request: Pick<Request, 'url' | 'method'>) => Promise<Response> {
  return async ({ url, method }) => {
    if (!isOurUrl(url)) return plain(403, 'This address is not ours.')
    if (method !== 'GET' && method !== 'HEAD') return plain(405, 'GET only.')
    const path = pathBelow(root, url)
    if (!path) return plain(404, 'Not here.')
    try {
      // A link that leads out of the folder is not followed.
      const [real, realRoot] = await Promise.all([realpath(path), realpath(root)])
      if (!real.startsWith(realRoot + sep)) return plain(404, 'Not here.')
      const content = await readFile(real)
      const headers = { ...SECURITY_HEADERS, 'content-type': TYPES[extname(real)] ?? 'application/octet-stream' }
      return new Response(method === 'HEAD' ? null : new Uint8Array(content), { status: 200, headers })
    } catch {
      return plain(404, 'Not here.')
    }
  }
}

export function serveAppFiles(protocol: Pick<Protocol, 'handle'>, root: string): void {
  protocol.handle(APP_SCHEME, appFiles(root))
}

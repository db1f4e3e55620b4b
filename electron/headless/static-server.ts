import { createReadStream, statSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { extname, join, normalize, sep } from 'node:path'
import { type DownloadSource, isDownload, serveDownload } from './download-door.ts'
import { ownAddress } from './own-address.ts'

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

/** Nothing from anywhere but here; no inline script or style; never inside a frame. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(self), microphone=(), geolocation=(), usb=(), clipboard-read=()',
  'cache-control': 'no-store',
}

/** The file that a URL path names inside `root`, or `undefined`: no traversal, no hidden files, no folders. */
export function fileFor(root: string, urlPath: string): string | undefined {
  let decoded: string
  try {
    decoded = decodeURIComponent(urlPath.split('?')[0] ?? '/')
  } catch {
    return undefined
  }
  if (decoded.includes('\0') || decoded.includes('\\')) return undefined
  const path = normalize(join(root, decoded === '/' ? 'index.html' : decoded))
  if (!path.startsWith(root + sep) || path.slice(root.length).includes(`${sep}.`)) return undefined
  return statSync(path, { throwIfNoEntry: false })?.isFile() ? path : undefined
}

interface Served {
  readonly root: string
  readonly downloads: DownloadSource | undefined
}

function answer({ root, downloads }: Served, request: IncomingMessage, response: ServerResponse): void {
  const end = (status: number, text: string) =>
    void response.writeHead(status, { ...SECURITY_HEADERS, 'content-type': 'text/plain; charset=utf-8' }).end(text)
  if (!ownAddress(request)) return end(403, 'This address is not ours.\n')
  if (request.method !== 'GET' && request.method !== 'HEAD') return end(405, 'GET only.\n')
  if (request.url === '/healthz') return end(200, 'ok\n')
  if (downloads && request.method === 'GET' && isDownload(request.url))
    return void serveDownload(downloads, { url: request.url ?? '', headers: SECURITY_HEADERS }, response)
  const file = fileFor(root, request.url ?? '/')
  if (!file) return end(404, 'Not here.\n')
  response.writeHead(200, { ...SECURITY_HEADERS, 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' })
  if (request.method === 'HEAD') return void response.end()
  createReadStream(file)
    .on('error', () => response.destroy())
    .pipe(response)
}

/** Serves the built renderer, the same files as in the desktop window, and what the window offers as a download. */
export const staticServer = (root: string, downloads?: DownloadSource): Server =>
  createServer({ requestTimeout: 10_000, headersTimeout: 5_000, maxHeaderSize: 16 * 1024 }, (request, response) =>
    answer({ root, downloads }, request, response),
  )

import type { ServerResponse } from 'node:http'

/** What a browser may fetch as a file; see `Downloads`. */
export interface DownloadSource {
  take(
    ticket: string,
  ): { readonly name: string; write(put: (text: string) => Promise<void>): Promise<void> } | undefined
}

const PREFIX = '/download/'
/** Sent at once; small enough to be no matter, large enough to be few packets. */
const CHUNK_CHARS = 64 * 1024

export const isDownload = (url: string | undefined): boolean => url?.startsWith(PREFIX) === true

/** No quote, no path, nothing that a header or a file system reads otherwise. */
const safeName = (name: string): string => name.replaceAll(/[^\w.-]/g, '_')

/** When more may be written, or nobody reads any more. */
const drained = (response: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      response.off('drain', done)
      response.off('close', done)
      resolve()
    }
    response.on('drain', done)
    response.on('close', done)
  })

interface Answered {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

/**
 * Streams one download, as fast as the browser takes it. One that fails on its way is cut off, so that the browser says so
 * instead of keeping half a file under a good name.
 */
export async function serveDownload(
  source: DownloadSource,
  { url, headers }: Answered,
  response: ServerResponse,
): Promise<void> {
  const download = source.take(url.slice(PREFIX.length))
  if (!download) {
    response.writeHead(404, { ...headers, 'content-type': 'text/plain; charset=utf-8' })
    return void response.end('This download was fetched already, or is too old. Ask for it again in the window.\n')
  }
  let waiting = ''
  const flush = async () => {
    const chunk = waiting
    waiting = ''
    if (response.destroyed) throw new Error('the browser went away')
    if (!response.headersSent)
      response.writeHead(200, {
        ...headers,
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="${safeName(download.name)}"`,
      })
    if (!response.write(chunk)) await drained(response)
  }
  try {
    await download.write(async (text) => {
      waiting += text
      if (waiting.length >= CHUNK_CHARS) await flush()
    })
    await flush()
    response.end()
  } catch {
    if (response.headersSent) response.destroy()
    else response.writeHead(500, { ...headers, 'content-type': 'text/plain; charset=utf-8' }).end('It failed.\n')
  }
}

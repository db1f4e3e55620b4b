import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Asked {
  readonly url: string
  readonly range: string | undefined
  readonly ifRange: string | undefined
  readonly headers: IncomingMessage['headers']
}
type Behave = (request: IncomingMessage, response: ServerResponse, nth: number) => void

/** A server of one file, which does what a test says. */
export class RangeServer {
  readonly asked: Asked[] = []
  bytes: Buffer
  etag: string | undefined = '"one"'
  /** Whether it answers 206. */
  ranges = true
  /** Bytes of a body after which the connection is cut; the answer counts from 0. */
  cut: (nth: number) => number | undefined = () => undefined
  /** Instead of the file. */
  behave: Behave | undefined
  /** Bytes of bodies written, also those of answers that were cut. */
  sentBytes = 0
  /** Answers on their way now, and the most at once. */
  open = 0
  mostOpen = 0
  /** Ms between pieces of 16 KiB. */
  slowMs = 0
  readonly #server = createServer((request, response) => {
    const { range, 'if-range': ifRange } = request.headers
    const nth = this.asked.length
    this.asked.push({ url: request.url ?? '', range, ifRange: ifRange as string | undefined, headers: request.headers })
    this.open += 1
    this.mostOpen = Math.max(this.mostOpen, this.open)
    response.on('close', () => {
      this.open -= 1
    })
    if (this.behave) this.behave(request, response, nth)
    else this.serve(request, response, nth)
  })

  constructor(bytes: Buffer) {
    this.bytes = bytes
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  /** What it does when nothing else was said. */
  serve({ headers }: IncomingMessage, response: ServerResponse, nth: number): void {
    const { bytes } = this
    const tag = this.etag === undefined ? {} : { etag: this.etag }
    const found = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '')
    const sameFile = headers['if-range'] === undefined || headers['if-range'] === this.etag
    const partial = found !== null && this.ranges && sameFile
    const from = partial ? Number(found[1]) : 0
    const to = partial && found[2] ? Math.min(Number(found[2]) + 1, bytes.length) : bytes.length
    if (partial) {
      const range = `bytes ${from}-${to - 1}/${bytes.length}`
      response.writeHead(206, { 'content-range': range, 'content-length': to - from, ...tag })
    } else response.writeHead(200, { 'content-length': bytes.length, ...tag })
    const body = bytes.subarray(from, to)
    const cutAt = this.cut(nth)
    void this.#send(response, cutAt === undefined ? body : body.subarray(0, cutAt), cutAt === undefined)
  }

  async #send(response: ServerResponse, body: Buffer, whole: boolean): Promise<void> {
    const step = this.slowMs > 0 ? 16_384 : body.length
    for (let at = 0; at < body.length && !response.destroyed; at += step) {
      const chunk = body.subarray(at, at + step)
      this.sentBytes += chunk.length
      await new Promise((resolve) => response.write(chunk, resolve))
      if (this.slowMs > 0) await new Promise((resolve) => setTimeout(resolve, this.slowMs))
    }
    if (whole) response.end()
    // What was written reaches the client before the end of the connection does.
    else setTimeout(() => response.destroy(), 20)
  }
}

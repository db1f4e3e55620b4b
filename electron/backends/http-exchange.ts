import { type ClientRequest, Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { TLSSocket } from 'node:tls'

/** A server of the same house answers at once; one across the world within a second or two. */
const CONNECT_MS = 5_000
/** A server that says nothing for so long has forgotten us, or hangs. Queues are shorter: no caller waits so long. */
const SILENCE_MS = 60_000
/** What a server may still have to say once all was understood, ms. Then the line is closed instead of used again. */
const DRAIN_MS = 500
const MOST_HEADER_BYTES = 16_384

/** Where to ask, and with what key. */
export interface Server {
  readonly name: string
  readonly base: string
  readonly model: string
  readonly key?: string | undefined
}

export interface Ask {
  readonly method: 'GET' | 'POST'
  /** Behind the base; a whole address is asked as it is. */
  readonly path: string
  readonly body?: string
  readonly accept: string
}

/** One line to the server for each request that is under way; those that are free are used again. */
export class Lines {
  readonly #http = new HttpAgent({ keepAlive: true, timeout: SILENCE_MS })
  readonly #https = new HttpsAgent({ keepAlive: true, timeout: SILENCE_MS })
  readonly silenceMs: number

  constructor(silenceMs = SILENCE_MS) {
    this.silenceMs = silenceMs
  }

  /** @returns the head of the answer, its body still to be read. Rejects with what the system says. Follows nobody elsewhere. */
  async begin(server: Server, ask: Ask, signal: AbortSignal): Promise<IncomingMessage> {
    try {
      return await this.#once(server, ask, signal, true)
    } catch (cause) {
      // A line that was free may have been closed by the other side in the same moment: nothing was read of this request.
      if (!(cause instanceof StaleLine) || signal.aborted) throw cause
      return this.#once(server, ask, signal, false)
    }
  }

  #once(server: Server, ask: Ask, signal: AbortSignal, mayReuse: boolean): Promise<IncomingMessage> {
    const url = new URL(ask.path.startsWith('/') ? server.base + ask.path : ask.path)
    const isPlain = url.protocol === 'http:'
    const bytes = ask.body === undefined ? undefined : Buffer.from(ask.body)
    return new Promise((resolve, reject) => {
      const outgoing = (isPlain ? httpRequest : httpsRequest)(url, {
        method: ask.method,
        headers: headersOf(server, ask, bytes),
        agent: mayReuse ? (isPlain ? this.#http : this.#https) : false,
        signal,
        timeout: this.silenceMs,
        maxHeaderSize: MOST_HEADER_BYTES,
      })
      let reply: IncomingMessage | undefined
      outgoing.once('response', (begun) => {
        reply = begun
        resolve(begun)
      })
      outgoing.once('timeout', () => fail(new Error('it says nothing')))
      outgoing.once('upgrade', (_reply, socket) => {
        socket.destroy()
        reject(new Error('it does not speak this interface'))
      })
      // An answer without a length ends with its line, however that ends: only here is it known that it broke.
      outgoing.on('error', (cause) => {
        reply?.destroy(cause)
        reject(outgoing.reusedSocket && isReset(cause) ? new StaleLine() : cause)
      })
      const fail = (cause: Error) => {
        reply?.destroy(cause)
        outgoing.destroy(cause)
      }
      boundConnecting(outgoing)
      outgoing.end(bytes)
    })
  }

  /** Ends all, those under way too. */
  close(): void {
    this.#http.destroy()
    this.#https.destroy()
  }
}

class StaleLine extends Error {}
const isReset = (cause: unknown): boolean => {
  const { code } = cause as NodeJS.ErrnoException
  return code === 'ECONNRESET' || code === 'EPIPE'
}

function headersOf({ key }: Server, { accept, body }: Ask, bytes: Buffer | undefined): Record<string, string | number> {
  return {
    accept,
    // Nothing that unpacks to more than it weighs.
    'accept-encoding': 'identity',
    'user-agent': 'taoforge',
    ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': bytes?.length ?? 0 }),
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
  }
}

function boundConnecting(outgoing: ClientRequest): void {
  outgoing.once('socket', (socket) => {
    if (!socket.connecting) return
    const timer = setTimeout(() => outgoing.destroy(new Error('nobody answered')), CONNECT_MS)
    const done = () => clearTimeout(timer)
    socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', done)
    socket.once('close', done)
  })
}

export class AnswerTooLarge extends Error {
  constructor(mostBytes: number) {
    super(`an answer of more than ${mostBytes} bytes`)
  }
}

/** Pieces of a body up to its size. Whoever leaves early calls `letGo`. @throws AnswerTooLarge, and what the system says */
export async function* piecesOf(reply: IncomingMessage, mostBytes: number): AsyncGenerator<Buffer> {
  let size = 0
  for await (const piece of reply.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += piece.length
    if (size > mostBytes) {
      reply.destroy()
      throw new AnswerTooLarge(mostBytes)
    }
    yield piece
  }
}

/** All was understood: the line is kept if the server ends its answer by itself, and closed if it does not. */
export function letGo(reply: IncomingMessage): void {
  if (reply.complete || reply.destroyed) return
  const timer = setTimeout(() => reply.destroy(), DRAIN_MS)
  reply.once('close', () => clearTimeout(timer))
  reply.once('error', () => undefined)
  reply.resume()
}

/** @throws AnswerTooLarge, a decoding error, and what the system says */
export async function wholeText(reply: IncomingMessage, mostBytes: number): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of piecesOf(reply, mostBytes)) pieces.push(piece)
  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(pieces))
}

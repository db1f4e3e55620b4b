import type { IncomingMessage, ServerResponse } from 'node:http'
import type { RequestReason } from '../../../shared/mining/request-reason.ts'
import type { Ss58 } from '../../../shared/units/amounts.ts'
import type { WorkDone } from '../../mining/work.port.ts'
import type { RequestRecord } from '../axon.port.ts'
import { senderOf } from './buckets.ts'
import type { Connections } from './connections.ts'
import { Ending } from './ending.ts'
import type { Protocol, RequestHead } from './protocols/protocol.ts'
import { REFUSALS, type Refusal } from './refusal.ts'
import type { Telemetry } from './telemetry.ts'

/** Unread body that is skipped so that the connection can be used again; more than that closes it. */
const SKIP_BYTES = 65_536
/** How long a sender that is still sending may take to notice that it was refused, ms. */
const LINGER_MS = 1_000
/** Status written to our records when the caller left first; never sent. @source nginx */
const CLIENT_CLOSED = 499

/** What every exchange of a server has. */
export interface Speaking {
  readonly protocol: Protocol
  readonly telemetry: Telemetry
  readonly connections: Connections
}

const headOf = ({ headers, method = '', url = '', socket }: IncomingMessage): RequestHead => ({
  sender: senderOf(socket.remoteAddress),
  method,
  target: url,
  arrivedMs: Date.now(),
  header: (name) => {
    const value = headers[name]
    return typeof value === 'string' ? value : undefined
  },
})

/** One request and its answer: sends exactly one, records exactly one. */
export class Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly head: RequestHead
  readonly #protocol: Protocol
  readonly #telemetry: Telemetry
  readonly #connections: Connections
  /** Over when the caller hangs up before its answer is complete. */
  readonly left = new Ending()
  #caller: Ss58 | undefined
  #recorded = false

  constructor(request: IncomingMessage, response: ServerResponse, { protocol, telemetry, connections }: Speaking) {
    this.request = request
    this.response = response
    this.head = headOf(request)
    this.#protocol = protocol
    this.#telemetry = telemetry
    this.#connections = connections
    response.on('close', () => {
      if (!response.writableFinished) this.left.end()
    })
    // A broken connection is told by 'close'; without a listener it would end the process.
    response.on('error', () => undefined)
  }

  get arrivedMs(): number {
    return this.head.arrivedMs
  }

  /** Only with a verified signature. */
  provenBy(caller: Ss58): void {
    this.#caller = caller
    this.#connections.proven(this.request.socket)
  }

  refuse(refusal: Refusal): void {
    const reply = this.#protocol.refuse(refusal, this.head)
    this.record(reply.status, refusal.reason)
    if (this.response.headersSent) return void this.response.destroy()
    const { body } = reply
    const headers = { ...reply.headers, 'content-length': Buffer.byteLength(body) }
    // What drips goes on dripping: its connection is not used again, however short the rest.
    if (refusal !== REFUSALS.slowBody && this.#bodyIsShort()) {
      this.response.writeHead(reply.status, headers).end(body)
      return
    }
    // The whole answer is out, but the connection stays open until the sender has seen it: closing at once would reset it.
    this.response.writeHead(reply.status, { ...headers, connection: 'close' }).write(body)
    const finish = () => {
      clearTimeout(timer)
      this.response.end()
    }
    const timer = setTimeout(finish, LINGER_MS)
    this.request.resume()
    this.request.once('end', finish)
    this.request.once('close', finish)
  }

  /** The caller left, or its connection broke. */
  cancelled(): void {
    this.record(CLIENT_CLOSED, 'cancelled')
    this.response.destroy()
  }

  /** @param waitedMs time in the queue, before the model was asked */
  answered(done: WorkDone, waitedMs: number): void {
    this.record(200, 'answered', {
      ...('promptTokens' in done && done.promptTokens !== undefined ? { promptTokens: done.promptTokens } : {}),
      ...('text' in done
        ? { completionTokens: done.completionTokens, firstTokenMs: Math.round(waitedMs + done.firstTokenMs) }
        : {}),
    })
  }

  record(status: number, reason: RequestReason, facts: Partial<RequestRecord> = {}): void {
    if (this.#recorded) return
    this.#recorded = true
    this.#telemetry.record({
      atMs: this.arrivedMs,
      ...(this.#caller === undefined ? {} : { caller: this.#caller }),
      status,
      reason,
      ...facts,
      totalMs: Date.now() - this.arrivedMs,
    })
  }

  /** Node skips the rest of a short body by itself after the answer. */
  #bodyIsShort(): boolean {
    if (this.request.complete || this.request.method === 'GET') return true
    return Number(this.request.headers['content-length'] ?? Number.POSITIVE_INFINITY) <= SKIP_BYTES
  }
}

import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** Requests of one connection that may be under way. Clients of these protocols send the next after the answer. */
const MAX_PIPELINED = 8
/** Between two looks whether a caller that said it sends no more is still there, ms. */
const PROBE_MS = 250

/** The requests under way on each connection: answers go out in order, and until then they all take memory. */
export class Pipelined {
  /** First come first. */
  readonly #open = new WeakMap<Socket, ServerResponse[]>()

  /** @returns false where there are too many */
  enter(socket: Socket, response: ServerResponse): boolean {
    const open = this.#open.get(socket) ?? []
    if (open.push(response) === 1) this.#open.set(socket, open)
    response.on('close', () => open.splice(open.indexOf(response), 1))
    return open.length <= MAX_PIPELINED
  }

  isBusy(socket: Socket): boolean {
    return (this.#open.get(socket) ?? []).length > 0
  }

  /**
   * A caller that closed its half of a connection looks like one that hung up, until something is written: who hung up answers
   * with a reset, which the second writing hears of. So while its answer is made it is told so, as RFC 9110, 15.2 lets us.
   * In the middle of a stream nothing can be said, and nobody closes half of anything: that is hanging up.
   */
  watch(socket: Socket): void {
    socket.once('end', () => {
      const [response] = this.#open.get(socket) ?? []
      if (response?.headersSent && !response.writableEnded) return void socket.destroy()
      const probe = setInterval(() => this.#probe(socket), PROBE_MS)
      socket.once('close', () => clearInterval(probe))
    })
  }

  #probe(socket: Socket): void {
    const [response] = this.#open.get(socket) ?? []
    // Streams write by themselves, and HTTP/1.0 has nothing to say before an answer.
    if (response && !response.headersSent && response.req.httpVersion === '1.1') response.writeProcessing()
  }
}

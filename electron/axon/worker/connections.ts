import type { Socket } from 'node:net'
import { senderOf } from './buckets.ts'

/** Connections at once. Validators of a subnet are at most 64 and keep one or two each. */
export const MAX_CONNECTIONS = 512
/** Of one address: one stranger must not take every place. */
const MAX_PER_ADDRESS = 64

/**
 * Who is connected. Some addresses together could take every place with connections that say nothing, and take them again when those are
 * closed; so where all are taken, the one makes room that has been there longest without a proven request.
 */
export class Connections {
  readonly #ofSender = new Map<string, number>()
  /** Oldest first. */
  readonly #unproven = new Set<Socket>()
  #all = 0

  enter(socket: Socket): void {
    const sender = senderOf(socket.remoteAddress)
    const count = (this.#ofSender.get(sender) ?? 0) + 1
    this.#ofSender.set(sender, count)
    this.#unproven.add(socket)
    this.#all += 1
    socket.once('close', () => {
      const left = (this.#ofSender.get(sender) ?? 1) - 1
      if (left === 0) this.#ofSender.delete(sender)
      else this.#ofSender.set(sender, left)
      this.#unproven.delete(socket)
      this.#all -= 1
    })
    if (count > MAX_PER_ADDRESS) return void socket.destroy()
    if (this.#all <= MAX_CONNECTIONS) return
    const [oldest = socket] = this.#unproven
    // Its end is told later; whoever comes until then takes another one's place.
    this.#unproven.delete(oldest)
    oldest.destroy()
  }

  /** A request on it was proven: it belongs to somebody whom the chain knows. */
  proven(socket: Socket): void {
    this.#unproven.delete(socket)
  }
}

import { createSocket, type RemoteInfo } from 'node:dgram'

export interface UdpQuestion<T> {
  readonly family: 4 | 6
  readonly to: { readonly address: string; readonly port: number }
  readonly bytes: readonly Uint8Array[]
  /** Waits between sendings, ms: the packet may be lost. The last one ends the question. */
  readonly waitsMs: readonly number[]
  /** @returns nothing for what is no answer; it is waited on */
  read(message: Uint8Array, from: RemoteInfo): T | undefined
}

/** Asks by UDP until an answer comes, patience ends or the signal aborts. The socket is closed in every case. */
export function askUdp<T>(question: UdpQuestion<T>, signal: AbortSignal): Promise<T | undefined> {
  const { family, to, bytes, waitsMs, read } = question
  return new Promise((resolve) => {
    const socket = createSocket(family === 4 ? 'udp4' : 'udp6')
    let timer: NodeJS.Timeout | undefined
    let ended = false
    const end = (answer: T | undefined) => {
      if (ended) return
      ended = true
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
      socket.close()
      resolve(answer)
    }
    const stop = () => end(undefined)
    const send = (turn: number) => {
      const wait = waitsMs[turn]
      if (ended || wait === undefined) return end(undefined)
      // A network that cannot be reached is said here; the next sending may find it.
      for (const part of bytes) socket.send(part, to.port, to.address, () => undefined)
      timer = setTimeout(() => send(turn + 1), wait)
    }
    socket.on('message', (message, from) => {
      const answer = read(message, from)
      if (answer !== undefined) end(answer)
    })
    socket.on('error', stop)
    if (signal.aborted) return end(undefined)
    signal.addEventListener('abort', stop, { once: true })
    send(0)
  })
}

import { createDoor } from './door-state.ts'
import { DoorClosed, type SubscriptionEars, type Transport } from './transport.ts'

interface Waiting {
  readonly resolve: (reply: unknown) => void
  readonly reject: (cause: Error) => void
}
interface Listening extends SubscriptionEars {
  readonly name: string
  readonly raw: unknown
}

const FIRST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 5_000
/** A door that never opened after this many tries has most likely another token. */
const TRIES_BEFORE_REFUSED = 4

/** Reads one frame of the host. Anything else than our own shape is dropped: it cannot belong to a question of ours. */
function readFrame(data: unknown): { id: number; kind: 'reply' | 'event'; body: unknown } | undefined {
  if (typeof data !== 'string') return undefined
  try {
    const frame = JSON.parse(data) as { id?: unknown; kind?: unknown; reply?: unknown; value?: unknown }
    if (typeof frame.id !== 'number') return undefined
    if (frame.kind === 'reply') return { id: frame.id, kind: 'reply', body: frame.reply }
    if (frame.kind === 'event') return { id: frame.id, kind: 'event', body: frame.value }
    return undefined
  } catch {
    return undefined
  }
}

export interface WsOptions {
  readonly url: string
  readonly token: string
  /** For tests: where sockets come from. Default: the browser. */
  readonly open?: (url: string, protocols: string[]) => WebSocket
}

/** The door of a browser tab. Reconnects; subscriptions are taken up again, calls are not: a command is sent once. */
export class WsTransport implements Transport {
  readonly door = createDoor('opening')
  readonly #options: WsOptions
  #socket: WebSocket | undefined
  #nextId = 1
  #pauseMs = FIRST_PAUSE_MS
  #failedTries = 0
  #everOpen = false
  #closed = false
  readonly #waiting = new Map<number, Waiting>()
  readonly #listening = new Map<number, Listening>()
  #outbox: string[] = []

  constructor(options: WsOptions) {
    this.#options = options
    // No token: the page was not opened by the address of the host, and no door can open.
    if (options.token === '') this.door.set('refused')
    else this.#connect()
  }

  call(name: string, raw: unknown): Promise<unknown> {
    if (this.door.now() === 'lost' || this.door.now() === 'refused')
      return Promise.reject(new DoorClosed('the host cannot be reached'))
    const id = this.#nextId++
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#send({ id, kind: 'call', name, input: raw })
    })
  }

  subscribe(name: string, raw: unknown, heard: SubscriptionEars): () => void {
    let id = this.#nextId++
    const entry: Listening = { name, raw, ...heard }
    this.#listening.set(id, entry)
    if (this.door.now() === 'open') this.#send({ id, kind: 'subscribe', name, input: raw })
    return () => {
      // After a reconnect the subscription carries another number.
      for (const [key, value] of this.#listening) if (value === entry) id = key
      if (this.#listening.delete(id) && this.door.now() === 'open') this.#send({ id, kind: 'cancel' })
    }
  }

  close(): void {
    this.#closed = true
    this.#socket?.close()
  }

  #send(frame: object): void {
    const text = JSON.stringify(frame)
    if (this.#socket?.readyState === 1) this.#socket.send(text)
    else this.#outbox.push(text)
  }

  #connect(): void {
    const open = this.#options.open ?? ((url, protocols) => new WebSocket(url, protocols))
    const socket = open(this.#options.url, ['taoforge', this.#options.token])
    this.#socket = socket
    socket.addEventListener('open', () => this.#onOpen(socket))
    socket.addEventListener('message', (event) => this.#onMessage(event.data))
    socket.addEventListener('close', () => this.#onClose(socket))
  }

  #onOpen(socket: WebSocket): void {
    this.#everOpen = true
    this.#failedTries = 0
    this.#pauseMs = FIRST_PAUSE_MS
    const entries = [...this.#listening.values()]
    this.#listening.clear()
    for (const entry of entries) {
      const id = this.#nextId++
      this.#listening.set(id, entry)
      socket.send(JSON.stringify({ id, kind: 'subscribe', name: entry.name, input: entry.raw }))
    }
    for (const text of this.#outbox) socket.send(text)
    this.#outbox = []
    this.door.set('open')
  }

  #onMessage(data: unknown): void {
    const frame = readFrame(data)
    if (!frame) return
    const listening = this.#listening.get(frame.id)
    if (listening) {
      if (frame.kind === 'reply') listening.onReply(frame.body)
      else listening.onEvent(frame.body)
      return
    }
    const waiting = this.#waiting.get(frame.id)
    if (!waiting || frame.kind !== 'reply') return
    this.#waiting.delete(frame.id)
    waiting.resolve(frame.body)
  }

  #onClose(socket: WebSocket): void {
    if (socket !== this.#socket) return
    this.#failedTries += 1
    const lost = [...this.#waiting.values()]
    this.#waiting.clear()
    this.#outbox = []
    this.door.set(!this.#everOpen && this.#failedTries >= TRIES_BEFORE_REFUSED ? 'refused' : 'lost')
    for (const waiting of lost) waiting.reject(new DoorClosed('the host closed the connection'))
    if (this.#closed) return
    setTimeout(() => !this.#closed && this.#connect(), this.#pauseMs)
    this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS)
  }
}

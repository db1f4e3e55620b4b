import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { WebSocket, WebSocketServer } from 'ws'

interface Frame {
  readonly id?: number
  readonly method?: string
  readonly params?: readonly unknown[]
  result?: unknown
}
/** Changes an answer on its way back; `undefined` swallows it. */
export type Meddle = (request: Frame, answer: Frame) => Frame | string | undefined

const listOf = (frame: Frame | readonly Frame[]): readonly Frame[] => (Array.isArray(frame) ? frame : [frame as Frame])

/** A WebSocket between client and node that can lie, swallow answers and cut the line. */
export class MeddlingProxy {
  readonly ws: string
  /** Methods asked, in order: each is one request. */
  readonly methods: string[] = []
  /** Text frames that the client sent: each is one round trip, however many requests it carries. */
  frames = 0
  /** Runtime functions called by `state_call`. */
  readonly calls: string[] = []
  /** Text that passed, both ways. */
  bytes = 0
  meddle: Meddle = (_request, answer) => answer
  readonly #server: WebSocketServer
  readonly #clients = new Set<WebSocket>()

  private constructor(server: WebSocketServer, target: string) {
    this.#server = server
    this.ws = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`
    server.on('connection', (client) => this.#join(client, new WebSocket(target)))
  }

  static async before(target: string): Promise<MeddlingProxy> {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
    await once(server, 'listening')
    return new MeddlingProxy(server, target)
  }

  /** Sends a frame that nobody asked for. */
  shout(text: string): void {
    for (const client of this.#clients) client.send(text)
  }

  cut(): void {
    for (const client of this.#clients) client.terminate()
  }

  async stop(): Promise<void> {
    this.cut()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #join(client: WebSocket, node: WebSocket): void {
    this.#clients.add(client)
    const asked = new Map<number, Frame>()
    const waiting: string[] = []
    node.on('open', () => {
      for (const text of waiting.splice(0)) node.send(text)
    })
    client.on('message', (data) => {
      const text = String(data)
      this.bytes += text.length
      this.frames += 1
      for (const frame of listOf(JSON.parse(text))) {
        this.methods.push(String(frame.method))
        if (frame.method === 'state_call') this.calls.push(String(frame.params?.[0]))
        if (frame.id !== undefined) asked.set(frame.id, frame)
      }
      if (node.readyState === WebSocket.OPEN) node.send(text)
      else waiting.push(text)
    })
    node.on('message', (data) => {
      const text = String(data)
      this.bytes += text.length
      const parsed: Frame | readonly Frame[] = JSON.parse(text)
      const out = listOf(parsed).flatMap((answer) => {
        const request = answer.id === undefined ? undefined : asked.get(answer.id)
        const changed = request ? this.meddle(request, answer) : answer
        return changed === undefined ? [] : [typeof changed === 'string' ? changed : JSON.stringify(changed)]
      })
      if (out.length === 0 || client.readyState !== WebSocket.OPEN) return
      client.send(Array.isArray(parsed) ? `[${out.join(',')}]` : (out[0] ?? ''))
    })
    client.on('close', () => {
      this.#clients.delete(client)
      node.terminate()
    })
    node.on('close', () => client.terminate())
    node.on('error', () => client.terminate())
    client.on('error', () => node.terminate())
  }
}

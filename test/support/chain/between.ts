import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { WebSocket, WebSocketServer } from 'ws'

/** One client, and the socket to the node that was opened for it. */
export interface Pair {
  /** To the node; kept back until that socket is open. */
  toNode(text: string): void
  toClient(text: string): void
}
/** What is done with the frames of one client. */
export interface Passing {
  fromClient(text: string): void
  fromNode(text: string): void
}

/** A server of WebSockets that stands between clients and a node, each client with a socket of its own behind it. */
export class Between {
  readonly ws: string
  readonly #server: WebSocketServer
  readonly #clients = new Set<WebSocket>()

  private constructor(server: WebSocketServer, target: string, passing: (pair: Pair) => Passing) {
    this.#server = server
    this.ws = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`
    server.on('connection', (client) => this.#join({ client, node: new WebSocket(target) }, passing))
  }

  static async before(target: string, passing: (pair: Pair) => Passing): Promise<Between> {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
    await once(server, 'listening')
    return new Between(server, target, passing)
  }

  get connections(): number {
    return this.#clients.size
  }

  /** To every client, without the node. */
  say(text: string): void {
    for (const client of this.#clients) client.send(text)
  }
  cut(): void {
    for (const client of this.#clients) client.terminate()
  }
  async stop(): Promise<void> {
    this.cut()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #join({ client, node }: Sockets, passing: (pair: Pair) => Passing): void {
    this.#clients.add(client)
    const waiting: string[] = []
    const { fromClient, fromNode } = passing({
      toNode: (text) => {
        if (node.readyState === WebSocket.OPEN) node.send(text)
        else waiting.push(text)
      },
      toClient: (text) => {
        if (client.readyState === WebSocket.OPEN) client.send(text)
      },
    })
    node.on('open', () => {
      for (const text of waiting.splice(0)) node.send(text)
    })
    client.on('message', (data) => fromClient(String(data)))
    node.on('message', (data) => fromNode(String(data)))
    client.on('close', () => {
      this.#clients.delete(client)
      node.terminate()
    })
    node.on('close', () => client.terminate())
    node.on('error', () => client.terminate())
    client.on('error', () => node.terminate())
  }
}

interface Sockets {
  readonly client: WebSocket
  readonly node: WebSocket
}

/** A frame of JSON-RPC holds one call, or many. */
export const listOf = <T>(frame: T | readonly T[]): readonly T[] => (Array.isArray(frame) ? frame : [frame as T])

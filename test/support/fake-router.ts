import { createSocket, type Socket } from 'node:dgram'
import { createServer, type Server } from 'node:http'

export interface FakeRouterOptions {
  /** The address inside that it is asked at. */
  readonly inside: string
  /** What it says its address outside is. */
  readonly outside: string
  /** RFC 6886 on port 5351. */
  readonly natPmp?: { readonly refuses?: number; readonly outer?: (port: number) => number; readonly deaf?: number }
  /** A device description and its control address; with `search` it also answers SSDP on the group's port. */
  readonly upnp?: {
    readonly version: 1 | 2
    readonly refuses?: number
    readonly lastingOnly?: boolean
    readonly search?: boolean
  }
  readonly onOpen?: (inner: number, outer: number, client: string) => void
  readonly onClose?: (outer: number) => void
}

export interface FakeRouter {
  /** Where it describes itself. */
  readonly description: string
  /** Ports that it keeps open, by outer port: inner port and lease in seconds. */
  readonly ports: ReadonlyMap<number, { readonly inner: number; readonly client: string; readonly seconds: number }>
  /** Actions that it was asked for, in order. */
  readonly asked: readonly string[]
  close(): Promise<void>
}

const u32 = (address: string) => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)

/** A home router that answers as the standards say, on real sockets. What it does with an open port is the caller's. */
export async function fakeRouter(options: FakeRouterOptions): Promise<FakeRouter> {
  const ports = new Map<number, { inner: number; client: string; seconds: number }>()
  const asked: string[] = []
  const open = (outer: number, one: { inner: number; client: string; seconds: number }) => {
    ports.set(outer, one)
    options.onOpen?.(one.inner, outer, one.client)
  }
  const shut = (outer: number) => {
    if (ports.delete(outer)) options.onClose?.(outer)
  }
  const sockets: Socket[] = []
  if (options.natPmp) sockets.push(await natPmpSocket(options, { asked, ports, open, shut }))
  const web = options.upnp ? await deviceServer(options, { asked, ports, open, shut }) : undefined
  const address = web?.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const description = `http://${options.inside}:${port}/rootDesc.xml`
  if (options.upnp?.search) sockets.push(await searchSocket(options.upnp.version, description))
  return {
    description,
    ports,
    asked,
    close: async () => {
      for (const socket of sockets) await new Promise<void>((done) => socket.close(() => done()))
      web?.closeAllConnections()
      await new Promise<void>((done) => (web ? web.close(() => done()) : done()))
    },
  }
}

interface State {
  readonly asked: string[]
  readonly ports: ReadonlyMap<number, { readonly inner: number; readonly client: string }>
  open(outer: number, one: { inner: number; client: string; seconds: number }): void
  shut(outer: number): void
}

/** @source RFC 6886, 3.2 to 3.4 */
async function natPmpSocket({ inside, outside, natPmp = {} }: FakeRouterOptions, state: State): Promise<Socket> {
  const socket = createSocket('udp4')
  let deaf = natPmp.deaf ?? 0
  socket.on('message', (message, from) => {
    if (deaf-- > 0) return
    const op = message[1] ?? 0
    state.asked.push(`nat-pmp ${op}`)
    const answer = Buffer.alloc(op === 0 ? 12 : 16)
    answer.writeUInt8(op + 128, 1)
    if (natPmp.refuses !== undefined && op !== 0) answer.writeUInt16BE(natPmp.refuses, 2)
    else if (op === 0) answer.writeUInt32BE(u32(outside), 8)
    else {
      const [inner, seconds] = [message.readUInt16BE(4), message.readUInt32BE(8)]
      const outer = natPmp.outer?.(inner) ?? inner
      if (seconds > 0) state.open(outer, { inner, client: from.address, seconds })
      else
        for (const [at, one] of [...state.ports]) if (one.inner === inner && one.client === from.address) state.shut(at)
      answer.writeUInt16BE(inner, 8)
      answer.writeUInt16BE(seconds > 0 ? outer : 0, 10)
      answer.writeUInt32BE(seconds, 12)
    }
    socket.send(answer, from.port, from.address)
  })
  await new Promise<void>((done) => socket.bind(5351, inside, done))
  return socket
}

const element = (xml: string, name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? ''

/** @source UPnP WANIPConnection, version 1 and 2: protocol and port have to name an opening for it to be removed */
async function deviceServer(options: FakeRouterOptions, state: State): Promise<Server> {
  const { inside, outside, upnp = { version: 1 } } = options
  const service = `urn:schemas-upnp-org:service:WANIPConnection:${upnp.version}`
  const answerTo = (action: string, body: string): { status: number; xml: string } => {
    const fault = (code: number) => ({ status: 500, xml: `<s:Fault><errorCode>${code}</errorCode></s:Fault>` })
    if (action === 'GetExternalIPAddress')
      return { status: 200, xml: `<NewExternalIPAddress>${outside}</NewExternalIPAddress>` }
    const outer = Number(element(body, 'NewExternalPort'))
    if (element(body, 'NewProtocol') !== 'TCP') return fault(402)
    if (action === 'AddPortMapping') {
      const seconds = Number(element(body, 'NewLeaseDuration'))
      if (upnp.refuses !== undefined) return fault(upnp.refuses)
      if (upnp.lastingOnly && seconds > 0) return fault(725)
      state.open(outer, {
        inner: Number(element(body, 'NewInternalPort')),
        client: element(body, 'NewInternalClient'),
        seconds,
      })
      return { status: 200, xml: '' }
    }
    if (!state.ports.has(outer)) return fault(714)
    state.shut(outer)
    return { status: 200, xml: '' }
  }
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const action = /#(\w+)"/.exec(String(request.headers['soapaction'] ?? ''))?.[1]
    response.setHeader('content-type', 'text/xml; charset="utf-8"')
    if (action === undefined) {
      response.end(
        `<root xmlns="urn:schemas-upnp-org:device-1-0"><device><serviceList><service><serviceType>${service}</serviceType>` +
          '<controlURL>/ctl/IPConn</controlURL></service></serviceList></device></root>',
      )
      return
    }
    state.asked.push(action)
    const { status, xml } = answerTo(action, Buffer.concat(parts).toString())
    response.statusCode = status
    response.end(`<s:Envelope><s:Body><u:${action}Response>${xml}</u:${action}Response></s:Body></s:Envelope>`)
  })
  await new Promise<void>((done) => server.listen(0, inside, done))
  return server
}

async function searchSocket(version: 1 | 2, description: string): Promise<Socket> {
  const type = `urn:schemas-upnp-org:device:InternetGatewayDevice:${version}`
  const socket = createSocket({ type: 'udp4', reuseAddr: true })
  socket.on('message', (message, from) => {
    if (!message.toString().includes(`ST: ${type}`)) return
    socket.send(
      `HTTP/1.1 200 OK\r\nCACHE-CONTROL: max-age=120\r\nST: ${type}\r\nUSN: uuid:1::${type}\r\nLOCATION: ${description}\r\n\r\n`,
      from.port,
      from.address,
    )
  })
  await new Promise<void>((done) => socket.bind(1900, () => done()))
  socket.addMembership('239.255.255.250', new URL(description).hostname)
  return socket
}

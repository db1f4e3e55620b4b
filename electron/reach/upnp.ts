import { createSocket } from 'node:dgram'
import type { MapRefusal } from '../../shared/reach/judge-reach.ts'
import { askUdp } from './ask-udp.ts'
import { LEASE_SECONDS } from './nat-pmp.ts'
import type { FoundRouter, Opened } from './reach.port.ts'
import {
  descriptionAddress,
  elementText,
  type PortService,
  portService,
  ROUTER_TYPES,
  SSDP_GROUP,
  searchText,
  soapQuestion,
  soapRefusal,
} from './upnp-text.ts'

/** Descriptions of routers have some 10 kB. */
const MOST_BYTES = 128 * 1024
const PAGE_MS = 3_000

/** A page of the router: bounded in time and size, and nobody sends us elsewhere. */
async function page(address: string, signal: AbortSignal, init: RequestInit = {}): Promise<Page | undefined> {
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(PAGE_MS)])
    const response = await fetch(address, { ...init, redirect: 'error', credentials: 'omit', signal: limit })
    const parts: Uint8Array[] = []
    let bytes = 0
    for await (const part of response.body ?? []) {
      bytes += part.length
      if (bytes > MOST_BYTES) return undefined
      parts.push(part)
    }
    return { ok: response.ok, text: Buffer.concat(parts).toString('utf8') }
  } catch {
    return undefined
  }
}
interface Page {
  readonly ok: boolean
  readonly text: string
}

/** @source UPnP WANIPConnection:2, 2.5; the same numbers in version 1 */
const REFUSALS: Readonly<Record<number, MapRefusal>> = {
  401: 'not-understood',
  402: 'not-understood',
  501: 'no-connection',
  606: 'not-allowed',
  718: 'taken',
  728: 'no-room',
}
const LASTING_ONLY = 725

/** The own address that this computer talks to the router with. */
function addressTowards(gateway: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4')
    const end = (address: string | undefined) => {
      socket.close()
      resolve(address)
    }
    socket.once('error', () => end(undefined))
    // Connecting a UDP socket sends nothing: it chooses the way.
    socket.connect(9, gateway, () => end(socket.address().address))
  })
}

const act = ({ service, control }: PortService, signal: AbortSignal) => ({
  async run(action: string, args: Readonly<Record<string, string | number>>): Promise<Page | undefined> {
    const question = soapQuestion(service, action, args)
    return page(control, signal, {
      method: 'POST',
      headers: { 'content-type': 'text/xml; charset="utf-8"', soapaction: question.action },
      body: question.body,
    })
  },
})

interface Opening {
  readonly port: number
  readonly client: string
  readonly seconds: number
}
async function addPort(found: PortService, { port, client, seconds }: Opening, signal: AbortSignal): Promise<Opened> {
  const answer = await act(found, signal).run('AddPortMapping', {
    NewRemoteHost: '',
    NewExternalPort: port,
    NewProtocol: 'TCP',
    NewInternalPort: port,
    NewInternalClient: client,
    NewEnabled: 1,
    NewPortMappingDescription: 'Taoforge miner',
    NewLeaseDuration: seconds,
  })
  if (!answer) return { ok: false, why: 'no-answer' }
  if (answer.ok) return { ok: true, outer: port, seconds }
  const refusal = soapRefusal(answer.text)
  if (refusal === LASTING_ONLY && seconds > 0) return addPort(found, { port, client, seconds: 0 }, signal)
  return { ok: false, why: REFUSALS[refusal ?? 0] ?? 'not-understood' }
}

/** A router that describes itself at this address. @source UPnP InternetGatewayDevice 1 and 2 */
export async function upnpRouter(description: string, signal: AbortSignal): Promise<FoundRouter | undefined> {
  const told = await page(description, signal)
  const found = told?.ok ? portService(told.text, description) : undefined
  if (!found) return undefined
  const gateway = new URL(description).hostname
  const outside = await act(found, signal).run('GetExternalIPAddress', {})
  const address = outside?.ok ? elementText(outside.text, 'NewExternalIPAddress') : undefined
  return {
    speaks: 'upnp',
    gateway,
    // Routers without a line say an empty text, or 0.0.0.0.
    ...(address && address !== '0.0.0.0' ? { outside: address } : {}),
    async open(port, during) {
      const client = await addressTowards(gateway)
      if (client === undefined) return { ok: false, why: 'no-connection' }
      return addPort(found, { port, client, seconds: LEASE_SECONDS }, during)
    },
    async close(port, during) {
      const answer = await act(found, during).run('DeletePortMapping', {
        NewRemoteHost: '',
        NewExternalPort: port,
        NewProtocol: 'TCP',
      })
      return answer?.ok === true
    },
  }
}

/**
 * Searches the home network for the router at this address. Nothing is listened on but the socket that asks, and it is closed
 * with the first answer.
 */
export async function findUpnpRouter(gateway: string, signal: AbortSignal): Promise<FoundRouter | undefined> {
  const description = await askUdp<string>(
    {
      family: 4,
      to: SSDP_GROUP,
      bytes: ROUTER_TYPES.map((type) => new TextEncoder().encode(searchText(type))),
      waitsMs: [1000, 1500],
      read: (message, from) =>
        from.address === gateway
          ? descriptionAddress(new TextDecoder().decode(message.subarray(0, 2048)), gateway)
          : undefined,
    },
    signal,
  )
  return description === undefined ? undefined : upnpRouter(description, signal)
}

import type { MapRefusal } from '../../shared/reach/judge-reach.ts'
import {
  addressQuestion,
  mapQuestion,
  NAT_PMP_PORT,
  type NatPmpAnswer,
  type NatPmpRefusal,
  natPmpAnswer,
} from '../../shared/reach/nat-pmp-message.ts'
import { askUdp } from './ask-udp.ts'
import type { FoundRouter } from './reach.port.ts'

/** @source RFC 6886, 3.1: 250 ms, then twice as long each time. Routers that speak it answer the first. */
const WAITS_MS = [250, 500, 1000]
/** Asked for, seconds; what the router gives counts. Renewed at half of it, so a crash leaves the port open for an hour at most. */
export const LEASE_SECONDS = 3600

const REFUSAL: Readonly<Record<NatPmpRefusal, MapRefusal>> = {
  version: 'not-understood',
  'not-allowed': 'not-allowed',
  'no-connection': 'no-connection',
  'no-room': 'no-room',
  unsupported: 'not-understood',
  unknown: 'not-understood',
}

/** Asks a router by NAT-PMP. Answers of other senders are none. */
const ask = (gateway: string, bytes: Uint8Array, signal: AbortSignal) =>
  askUdp<NatPmpAnswer>(
    {
      family: 4,
      to: { address: gateway, port: NAT_PMP_PORT },
      bytes: [bytes],
      waitsMs: WAITS_MS,
      read: (message, from) =>
        from.address === gateway && from.port === NAT_PMP_PORT ? natPmpAnswer(message) : undefined,
    },
    signal,
  )

/** The router at this address, if it speaks NAT-PMP. @source RFC 6886 */
export async function natPmpRouter(gateway: string, signal: AbortSignal): Promise<FoundRouter | undefined> {
  const hello = await ask(gateway, addressQuestion(), signal)
  if (!hello || hello.kind === 'mapped') return undefined
  // A refusal of the version or of the question is said by routers that speak something else on this port.
  if (hello.kind === 'refused' && (hello.why === 'version' || hello.why === 'unsupported')) return undefined
  return {
    speaks: 'nat-pmp',
    gateway,
    ...(hello.kind === 'address' ? { outside: hello.address } : {}),
    async open(port, during) {
      const asked = mapQuestion({ inside: port, outside: port, seconds: LEASE_SECONDS })
      const answer = await ask(gateway, asked, during)
      if (answer?.kind === 'refused') return { ok: false, why: REFUSAL[answer.why] }
      if (answer?.kind !== 'mapped' || answer.inside !== port) return { ok: false, why: 'no-answer' }
      return { ok: true, outer: answer.outside, seconds: answer.seconds }
    },
    async close(port, during) {
      const answer = await ask(gateway, mapQuestion({ inside: port, outside: 0, seconds: 0 }), during)
      return answer?.kind === 'mapped'
    },
  }
}

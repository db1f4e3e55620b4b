import { formatIp } from '../mining/ip-address.ts'

/** Where routers listen. @source RFC 6886, 3.1 */
export const NAT_PMP_PORT = 5351
const EXTERNAL_ADDRESS = 0
const MAP_TCP = 2
const ANSWER = 128

/** Why a router refuses. @source RFC 6886, 3.5 */
export type NatPmpRefusal = 'version' | 'not-allowed' | 'no-connection' | 'no-room' | 'unsupported' | 'unknown'
const REFUSALS: readonly NatPmpRefusal[] = ['version', 'not-allowed', 'no-connection', 'no-room', 'unsupported']

export type NatPmpAnswer =
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'mapped'; readonly inside: number; readonly outside: number; readonly seconds: number }
  | { readonly kind: 'refused'; readonly to: 'address' | 'map'; readonly why: NatPmpRefusal }

/** Which address does the internet see? @source RFC 6886, 3.2 */
export const addressQuestion = (): Uint8Array => Uint8Array.of(0, EXTERNAL_ADDRESS)

/**
 * Opens a TCP port of the router for this computer, or closes it.
 * @param request `seconds` 0 closes the port; then the outer port has to be 0
 * @source RFC 6886, 3.3 and 3.4
 */
export function mapQuestion(request: {
  readonly inside: number
  readonly outside: number
  readonly seconds: number
}): Uint8Array {
  const bytes = new Uint8Array(12)
  const view = new DataView(bytes.buffer)
  view.setUint8(1, MAP_TCP)
  view.setUint16(4, request.inside)
  view.setUint16(6, request.seconds === 0 ? 0 : request.outside)
  view.setUint32(8, request.seconds)
  return bytes
}

/** @returns nothing for a message that is no whole answer to one of our two questions */
export function natPmpAnswer(message: Uint8Array): NatPmpAnswer | undefined {
  if (message.length < 8 || message.length > 1100 || message[0] !== 0) return undefined
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength)
  const kind = (message[1] ?? 0) - ANSWER
  if (kind !== EXTERNAL_ADDRESS && kind !== MAP_TCP) return undefined
  const to = kind === EXTERNAL_ADDRESS ? 'address' : 'map'
  const result = view.getUint16(2)
  if (result !== 0) return { kind: 'refused', to, why: REFUSALS[result - 1] ?? 'unknown' }
  if (to === 'address') {
    if (message.length !== 12) return undefined
    return { kind: 'address', address: formatIp({ version: 4, value: BigInt(view.getUint32(8)) }) }
  }
  if (message.length !== 16) return undefined
  return { kind: 'mapped', inside: view.getUint16(8), outside: view.getUint16(10), seconds: view.getUint32(12) }
}

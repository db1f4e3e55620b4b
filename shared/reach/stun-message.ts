import { formatIp, type IpAddress } from '../mining/ip-address.ts'

/** Marks a message as STUN, and hides addresses from routers that rewrite them. @source RFC 8489, 5 */
const MAGIC = 0x2112a442
const HEADER_BYTES = 20
const BINDING_REQUEST = 0x0001
const BINDING_SUCCESS = 0x0101
const MAPPED_ADDRESS = 0x0001
const XOR_MAPPED_ADDRESS = 0x0020
/** Largest answer that is read. Real ones have some 100 bytes. */
const MOST_BYTES = 1280

export const TRANSACTION_BYTES = 12

/**
 * The question "from which address do you see me?": a header and nothing else.
 * @param transaction 12 random bytes; the answer must repeat them
 * @source RFC 8489, 5 and 6.1
 */
export function stunQuestion(transaction: Uint8Array): Uint8Array {
  if (transaction.length !== TRANSACTION_BYTES) throw new RangeError('a STUN transaction has 12 bytes')
  const bytes = new Uint8Array(HEADER_BYTES)
  const view = new DataView(bytes.buffer)
  view.setUint16(0, BINDING_REQUEST)
  view.setUint32(4, MAGIC)
  bytes.set(transaction, 8)
  return bytes
}

const uintOf = (bytes: Uint8Array): bigint => bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n)

/** @source RFC 8489, 14.1 and 14.2: family, port, address; IPv6 is hidden by the magic number and the transaction */
function addressIn(value: Uint8Array, mask: Uint8Array): SeenAddress | undefined {
  const version = value[1] === 1 ? 4 : value[1] === 2 ? 6 : undefined
  if (version === undefined || value.length !== (version === 4 ? 8 : 20)) return undefined
  const plain = value.slice(2).map((byte, i) => byte ^ (i < 2 ? (mask[i] ?? 0) : (mask[i - 2] ?? 0)))
  const ip: IpAddress = { version, value: uintOf(plain.slice(2)) }
  return { family: version, address: formatIp(ip), port: Number(uintOf(plain.slice(0, 2))) }
}

export interface SeenAddress {
  readonly family: 4 | 6
  readonly address: string
  readonly port: number
}

/**
 * The address that a server saw, of an answer to exactly this question. Anything else is no answer: another transaction, a
 * refusal, a message that ends too early.
 *
 * @source RFC 8489, 6.3.3; servers from before 2008 send MAPPED-ADDRESS only, which is read where the other is missing
 */
export function seenAddress(message: Uint8Array, transaction: Uint8Array): SeenAddress | undefined {
  if (message.length < HEADER_BYTES || message.length > MOST_BYTES) return undefined
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength)
  const ours = transaction.every((byte, i) => message[8 + i] === byte)
  if (view.getUint16(0) !== BINDING_SUCCESS || view.getUint32(4) !== MAGIC || !ours) return undefined
  if (HEADER_BYTES + view.getUint16(2) !== message.length) return undefined
  let old: SeenAddress | undefined
  for (let at = HEADER_BYTES; at + 4 <= message.length; ) {
    const length = view.getUint16(at + 2)
    if (at + 4 + length > message.length) return undefined
    const value = message.subarray(at + 4, at + 4 + length)
    const kind = view.getUint16(at)
    if (kind === XOR_MAPPED_ADDRESS) return addressIn(value, message.subarray(4, HEADER_BYTES))
    if (kind === MAPPED_ADDRESS) old ??= addressIn(value, new Uint8Array(16))
    at += 4 + length + ((4 - (length % 4)) % 4)
  }
  return old
}

/** `name:port` or `[address]:port`, as a person writes a server. @returns nothing where it is neither */
export function stunServer(text: string): { readonly host: string; readonly port: number } | undefined {
  const match = /^(?:\[([0-9a-fA-F:.]{2,45})\]|([A-Za-z0-9.-]{1,253})):(\d{1,5})$/.exec(text.trim())
  const host = match?.[1] ?? match?.[2]
  const port = Number(match?.[3])
  return host === undefined || port < 1 || port > 65_535 ? undefined : { host, port }
}

/** Asked where nobody chose others. Each sees the address of this computer, and nothing else of it. */
export const USUAL_STUN_SERVERS = [
  'stun.cloudflare.com:3478',
  'stun.l.google.com:19302',
  'stun.nextcloud.com:443',
] as const

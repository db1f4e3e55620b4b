import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Socket } from 'node:net'
import { formatIp, parseIp } from '../../shared/mining/ip-address.ts'
import { PROBE_KEY_BYTES, SEEN_BYTES } from '../../shared/reach/probe-frames.ts'

export const proofOf = (key: Uint8Array, sentence: Uint8Array): Uint8Array =>
  new Uint8Array(createHmac('sha256', key).update(sentence).digest())

export const isProof = (key: Uint8Array, sentence: Uint8Array, proof: Uint8Array): boolean =>
  proof.length === 32 && timingSafeEqual(proofOf(key, sentence), proof)

/** The key of an invitation. @returns nothing where the text is none */
export function probeKey(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(Buffer.from(text, 'base64url'))
  return bytes.length === PROBE_KEY_BYTES ? bytes : undefined
}

/** An address as sockets name it; an IPv4 caller of a socket for both families comes as `::ffff:1.2.3.4`. */
export function plainAddress(text: string | undefined): string | undefined {
  const ip = parseIp((text ?? '').replace(/%.*$/, ''))
  if (!ip) return undefined
  const mapped = ip.version === 6 && ip.value >> 32n === 0xffffn
  return formatIp(mapped ? { version: 4, value: ip.value & 0xffff_ffffn } : ip)
}

/** Family and 16 bytes of an address, as a result carries it. */
export function seenBytes(address: string): Uint8Array {
  const ip = parseIp(address)
  const bytes = new Uint8Array(SEEN_BYTES)
  if (!ip) return bytes
  bytes[0] = ip.version
  for (let i = 0, rest = ip.value; i < 16; i++, rest >>= 8n) bytes[SEEN_BYTES - 1 - i] = Number(rest & 0xffn)
  return bytes
}

export function seenText(bytes: Uint8Array): string | undefined {
  const version = bytes[0] === 4 ? 4 : bytes[0] === 6 ? 6 : undefined
  const value = bytes.slice(1).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
  return version === undefined || (version === 4 && value >> 32n !== 0n) ? undefined : formatIp({ version, value })
}

/**
 * Waits for exactly this many bytes.
 * @returns nothing where the line ends, says more, breaks, or takes longer
 */
export function readFrame(socket: Socket, length: number, withinMs: number): Promise<Uint8Array | undefined> {
  return new Promise((resolve) => {
    const parts: Uint8Array[] = []
    let bytes = 0
    const end = (frame: Uint8Array | undefined) => {
      clearTimeout(timer)
      socket.off('data', take).off('close', stop).off('error', stop).off('end', stop).pause()
      resolve(frame)
    }
    const stop = () => end(undefined)
    const take = (part: Uint8Array) => {
      bytes += part.length
      parts.push(part)
      if (bytes >= length) end(bytes === length ? new Uint8Array(Buffer.concat(parts)) : undefined)
    }
    const timer = setTimeout(stop, withinMs)
    if (socket.destroyed) return end(undefined)
    socket.on('data', take).on('close', stop).on('error', stop).on('end', stop).resume()
  })
}

import { err, ok, type Result } from '../result.ts'
import { isSs58Shape, type Ss58 } from '../units/amounts.ts'

/** What can be wrong with a btauth/1 request, in the protocol's words. All are HTTP 401. */
export type BtAuthError = 'MalformedAuth' | 'WrongReceiver' | 'StaleRequest' | 'ReplayedRequest' | 'BadSignature'

/** Schemes that have 64-byte signatures; the protocol's hashed and ML-DSA accounts are not enabled on any chain. */
export type BtAuthScheme = 'sr25519' | 'ed25519'

/** The authentication headers of one request, shape checked, nothing verified. */
export interface BtAuthHeaders {
  readonly sender: Ss58
  /** As sent; the server compares it with its own hotkey. */
  readonly receiver: string
  /** Nanoseconds since 1970. Unique per sender. */
  readonly nonceNs: bigint
  /** As the sender claims. Never used to choose how to verify. */
  readonly scheme: BtAuthScheme
  /** 64 bytes. */
  readonly signature: Uint8Array
}

/** Oldest nonce that is taken, ms. @source signed-requests guide of SDK 11 */
export const MAX_AGE_MS = 10_000
/** How far the sender's clock may be ahead of ours, ms. @source signed-requests guide of SDK 11 */
export const MAX_AHEAD_MS = 2_000

export interface BtAuthText {
  readonly scheme: BtAuthScheme
  readonly method: string
  /** Exactly as sent: path and `?query`, percent-encoding untouched. */
  readonly target: string
  /** SHA-256 of the raw body, 64 lower-case hex digits. */
  readonly bodySha256: string
  readonly nonceNs: bigint
  readonly sender: string
  /** Absent is written as `-`; servers refuse that by default. */
  readonly receiver?: string
}

/**
 * The text that a btauth/1 signature covers: eight lines, no newline at the end; signed as UTF-8 without a wrapper.
 * @source signed-requests guide of SDK 11; its golden vector is in the test beside this file.
 */
export const btAuthText = (t: BtAuthText): string =>
  [
    'btauth/1',
    t.scheme,
    t.method.toUpperCase(),
    t.target,
    t.bodySha256,
    t.nonceNs.toString(),
    t.sender,
    t.receiver ?? '-',
  ].join('\n')

/** The headers that carry a signature, for a client. */
export const btAuthHeaders = (t: BtAuthText, signature: string): Readonly<Record<string, string>> => ({
  'X-Bittensor-Version': '1',
  'X-Bittensor-Hotkey': t.sender,
  ...(t.receiver === undefined ? {} : { 'X-Bittensor-Receiver': t.receiver }),
  'X-Bittensor-Nonce': t.nonceNs.toString(),
  ...(t.scheme === 'sr25519' ? {} : { 'X-Bittensor-Crypto': t.scheme }),
  'X-Bittensor-Signature': signature,
})

const NONCE = /^[1-9]\d{0,19}$/
// The protocol says `0x` and lower case; the official server takes hex without prefix and in upper case too.
const SIGNATURE = /^(?:0x)?([0-9a-f]{128})$/i

function bytesOf(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length / 2)
  // Of letters of either case, the low four bits and nine more; of digits, the low four bits. Every request comes by here.
  const digit = (i: number): number => {
    const code = hex.charCodeAt(i)
    return (code & 0x0f) + (code >> 6) * 9
  }
  for (let i = 0; i < bytes.length; i++) bytes[i] = (digit(2 * i) << 4) | digit(2 * i + 1)
  return bytes
}

/**
 * Reads the authentication headers; a header that came twice is malformed (its values arrive joined by a comma).
 * @param header value of a header by its lower-case name
 * @errors `WrongReceiver` without a receiver, as the official server has it; `MalformedAuth` for any other wrong shape.
 */
export function parseBtAuth(
  header: (name: string) => string | undefined,
): Result<BtAuthHeaders, 'MalformedAuth' | 'WrongReceiver'> {
  const sender = header('x-bittensor-hotkey')
  const receiver = header('x-bittensor-receiver')
  const nonce = header('x-bittensor-nonce')
  const scheme = header('x-bittensor-crypto') ?? 'sr25519'
  const hex = SIGNATURE.exec(header('x-bittensor-signature') ?? '')?.[1]
  if (header('x-bittensor-version') !== '1' || !isSs58Shape(sender)) return err('MalformedAuth')
  if (nonce === undefined || !NONCE.test(nonce)) return err('MalformedAuth')
  if (hex === undefined) return err('MalformedAuth')
  if (scheme !== 'sr25519' && scheme !== 'ed25519') return err('MalformedAuth')
  if (receiver === undefined) return err('WrongReceiver')
  return ok({ sender, receiver, nonceNs: BigInt(nonce), scheme, signature: bytesOf(hex) })
}

/** No header of ours at all: the sender does not know that requests are signed. */
export const isUnsigned = (header: (name: string) => string | undefined): boolean =>
  header('x-bittensor-signature') === undefined && header('x-bittensor-hotkey') === undefined

/**
 * Whether a nonce is inside the window.
 * @param floorMs  nonces at or before it are refused: an earlier process may have taken them. Ms since 1970.
 */
export function isFresh(nonceNs: bigint, nowMs: number, floorMs: number): boolean {
  const at = nonceNs / 1_000_000n
  const oldest = Math.max(nowMs - MAX_AGE_MS, floorMs + 1)
  return at >= BigInt(Math.ceil(oldest)) && at <= BigInt(Math.floor(nowMs + MAX_AHEAD_MS))
}

/**
 * Where the floor of a new server lies after an earlier one that took requests until `endedMs`: a nonce may be ahead of the
 * clock by the allowed skew, so everything up to that much later may have been used already.
 */
export const floorAfter = (endedMs: number): number => endedMs + MAX_AHEAD_MS

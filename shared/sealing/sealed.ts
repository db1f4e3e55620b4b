import { bytesOf, hexOf } from '../airgap/hex.ts'
import { type Bytes, type Context, newKeyPair, openBytes, sealBytes } from './hpke.ts'

/** Something secret on its way through processes that shall not read it. All hex, so that JSON carries it. */
export interface Sealed {
  /** The one-time public key of who may open it. */
  readonly to: string
  /** The sender's public key, made for this one message. */
  readonly enc: string
  readonly box: string
}

/** A secret as it comes in: typed into a program that does not seal, or sealed to the process that reads it. */
export type SecretText = string | Sealed

/** A field of a request, or the answer to it: what is sealed for one place opens in no other. */
type Place =
  | { readonly channel: string; readonly field: string }
  | { readonly channel: string; readonly field?: undefined }

const contextOf = ({ channel, field }: Place): Context =>
  field === undefined
    ? { info: 'taoforge 1 answer', aad: channel }
    : { info: 'taoforge 1 request', aad: `${channel}\n${field}` }

const fromHex = (text: string): Bytes => Uint8Array.from(bytesOf(text) ?? [])

/** @throws where WebCrypto has no X25519, or `to` is no public key. */
export async function sealFor(to: string, place: Place, message: Bytes): Promise<Sealed> {
  const { enc, box } = await sealBytes(fromHex(to), message, contextOf(place))
  return { to, enc: hexOf(enc), box: hexOf(box) }
}

/** A key for one exchange: whoever made it drops it after use, and with it every way to open what was sealed to it. */
export interface OneTimeKey {
  /** Public: others seal to it. */
  readonly to: string
  /** @throws when it was sealed to another key, for another place, or was changed. */
  open(sealed: Sealed, place: Place): Promise<Bytes>
}

/** @throws where WebCrypto has no X25519. */
export async function newOneTimeKey(): Promise<OneTimeKey> {
  const pair = await newKeyPair()
  return {
    to: hexOf(pair.publicKey),
    open: ({ enc, box }, place) => openBytes(pair, { enc: fromHex(enc), box: fromHex(box) }, contextOf(place)),
  }
}

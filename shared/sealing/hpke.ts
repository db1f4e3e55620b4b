// HPKE, base mode, one message for each key: RFC 9180 with X25519, HKDF-SHA256 and AES-128-GCM, by WebCrypto alone, so
// that the same lines run in a page, in Node and in Electron.

export type Bytes = Uint8Array<ArrayBuffer>
/** Each world has its own name for it. */
type PrivateKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>

interface KeyPair {
  /** 32 bytes. */
  readonly publicKey: Bytes
  /** Cannot be exported: neither can the page or the process that has it say what it is. */
  readonly privateKey: PrivateKey
}

/** What the two sides must agree on besides the key; a message opens only under the same. */
export interface Context {
  /** What it is about; goes into the derived key. */
  readonly info: string
  /** Where exactly it belongs; is authenticated with the message. */
  readonly aad: string
}

interface SealedBytes {
  /** The sender's public key, made for this message: 32 bytes. */
  readonly enc: Bytes
  /** 16 bytes longer than the message. */
  readonly box: Bytes
}

const X25519 = { name: 'X25519' }
const utf8 = (text: string): Bytes => new TextEncoder().encode(text)
const NOTHING = new Uint8Array(0)
const VERSION = utf8('HPKE-v1')
/** `DHKEM(X25519, HKDF-SHA256)`. @source RFC 9180, 7.1 */
const KEM_SUITE = joined(utf8('KEM'), Uint8Array.of(0x00, 0x20))
/** That with `HKDF-SHA256` and `AES-128-GCM`. @source RFC 9180, 7.2 and 7.3 */
const SUITE = joined(utf8('HPKE'), Uint8Array.of(0x00, 0x20, 0x00, 0x01, 0x00, 0x01))
const MODE_BASE = Uint8Array.of(0x00)
const SECRET_LENGTH = 32
const KEY_LENGTH = 16
const NONCE_LENGTH = 12

function joined(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

async function hmac(key: Bytes, message: Bytes): Promise<Bytes> {
  // An empty key and one of zeros are the same to HMAC, and WebCrypto takes no empty one.
  const raw = key.length === 0 ? new Uint8Array(SECRET_LENGTH) : key
  const imported = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, message))
}

/** The RFC's labelled HKDF, in one of its two suites. */
const hkdf = (suite: Bytes) => ({
  extract: (label: string, ikm: Bytes, salt = NOTHING): Promise<Bytes> =>
    hmac(salt, joined(VERSION, suite, utf8(label), ikm)),
  /** One block of HKDF-Expand: nothing longer than a hash is ever derived. */
  async expand(label: string, prk: Bytes, { info, length }: { info: Bytes; length: number }): Promise<Bytes> {
    const labeled = joined(Uint8Array.of(0x00, length), VERSION, suite, utf8(label), info)
    return (await hmac(prk, joined(labeled, Uint8Array.of(0x01)))).slice(0, length)
  },
})
const kem = hkdf(KEM_SUITE)
const schedule = hkdf(SUITE)

interface Agreed {
  readonly dh: Bytes
  readonly enc: Bytes
  readonly to: Bytes
}

/** The cipher of one message. @source RFC 9180, 4.1 `ExtractAndExpand` and 5.1 `KeySchedule` */
async function cipher({ dh, enc, to }: Agreed, { info, aad }: Context) {
  const prk = await kem.extract('eae_prk', dh)
  const shared = await kem.expand('shared_secret', prk, { info: joined(enc, to), length: SECRET_LENGTH })
  const pskIdHash = await schedule.extract('psk_id_hash', NOTHING)
  const infoHash = await schedule.extract('info_hash', utf8(info))
  const about = joined(MODE_BASE, pskIdHash, infoHash)
  const secret = await schedule.extract('secret', NOTHING, shared)
  const key = await schedule.expand('key', secret, { info: about, length: KEY_LENGTH })
  const iv = await schedule.expand('base_nonce', secret, { info: about, length: NONCE_LENGTH })
  const aes = await crypto.subtle.importKey('raw', key, { name: 'AES-GCM' }, false, ['encrypt', 'decrypt'])
  for (const used of [dh, prk, shared, secret, key]) used.fill(0)
  return { aes, gcm: { name: 'AES-GCM', iv, additionalData: utf8(aad) } }
}

async function agreed(privateKey: PrivateKey, publicKey: Bytes): Promise<Bytes> {
  const theirs = await crypto.subtle.importKey('raw', publicKey, X25519, true, [])
  // Throws for a point of low order, as the RFC asks.
  return new Uint8Array(await crypto.subtle.deriveBits({ name: 'X25519', public: theirs }, privateKey, 256))
}

/** @throws where the page or the program has no X25519. */
export async function newKeyPair(): Promise<KeyPair> {
  const made = await crypto.subtle.generateKey(X25519, false, ['deriveBits'])
  if (!('privateKey' in made)) throw new Error('X25519 has pairs')
  return {
    privateKey: made.privateKey,
    publicKey: new Uint8Array(await crypto.subtle.exportKey('raw', made.publicKey)),
  }
}

/** @throws where there is no X25519, or `to` is no public key. */
export async function sealBytes(to: Bytes, message: Bytes, context: Context): Promise<SealedBytes> {
  const { privateKey, publicKey: enc } = await newKeyPair()
  const { aes, gcm } = await cipher({ dh: await agreed(privateKey, to), enc, to }, context)
  return { enc, box: new Uint8Array(await crypto.subtle.encrypt(gcm, aes, message)) }
}

/** @throws when anything differs: key, context, or a single bit. */
export async function openBytes(mine: KeyPair, { enc, box }: SealedBytes, context: Context): Promise<Bytes> {
  const { aes, gcm } = await cipher({ dh: await agreed(mine.privateKey, enc), enc, to: mine.publicKey }, context)
  return new Uint8Array(await crypto.subtle.decrypt(gcm, aes, box))
}

import { ed25519 } from '@noble/curves/ed25519.js'
import { sr25519Sign, sr25519Verify } from '@polkadot/util-crypto/sr25519'
import type { AppError } from '../../../../shared/errors.ts'
import { err, ok, type Result } from '../../../../shared/result.ts'
import {
  isWrapped,
  type MessageForm,
  type SignedMessage,
  type VerifiedMessage,
  wrapped,
} from '../../../../shared/signing/message.ts'
import { addressOf, type Keypair, publicKeyOf } from '../keypair.ts'
import { readWhole } from './check-payload.ts'
import type { SigningRuntime } from './signing-runtime.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
/** What nobody writes in a message: control characters other than tab and line ends. */
const UNPRINTABLE = /[^\P{Cc}\t\n\r]/u
const LONE_SURROGATE = /\p{Cs}/u
/** Longer payloads are signed by their 32-byte hash, so 32 bytes may be the hash of anything. */
const HASH_BYTES = 32

/**
 * What is signed for a text, or why nothing is. With the mark it can never be a transaction: `<` and `B` would be call 66 of pallet 60.
 * Without it the text must be plainly a text.
 * @errors signer/not-a-message
 */
export function messageBytes(
  text: string,
  form: MessageForm,
  runtimes: readonly SigningRuntime[],
): Result<{ readonly signedText: string; readonly wrappedHere: boolean }, AppError> {
  if (form === 'bytes') return ok({ signedText: wrapped(text), wrappedHere: !isWrapped(text) })
  if (isWrapped(text)) return ok({ signedText: text, wrappedHere: false })
  const refuse = (reason: 'transaction' | 'hash' | 'binary' | 'hex') =>
    err({ code: 'signer/not-a-message', reason } as const)
  const bytes = utf8(text)
  if (runtimes.some((runtime) => readWhole(runtime, bytes).ok)) return refuse('transaction')
  if (UNPRINTABLE.test(text) || LONE_SURROGATE.test(text) || bytes.length === 0) return refuse('binary')
  if (text.startsWith('0x')) return refuse('hex')
  if (bytes.length === HASH_BYTES) return refuse('hash')
  return ok({ signedText: text, wrappedHere: false })
}

export function signedMessage(pair: Keypair, signedText: string, wrappedHere: boolean): SignedMessage {
  const message = utf8(signedText)
  // Never hashed, however long: that is for transactions.
  const bytes = pair.cryptoType === 'ed25519' ? ed25519.sign(message, pair.secretKey) : sr25519Sign(message, pair)
  const signature = `0x${Buffer.from(bytes).toString('hex')}`
  return { address: addressOf(pair.publicKey), signature, scheme: pair.cryptoType, signedText, wrappedHere }
}

/**
 * Checks a signature of an address over a text: as it stands, with the mark, and as the bytes that hex spells (Python's
 * tools read a text that begins with 0x that way).
 * @param signature `0x` and 128 hex digits, or 130 with the scheme in front
 * @errors chain/bad-address
 */
export function verifiedMessage(address: string, text: string, signature: string): Result<VerifiedMessage, AppError> {
  const key = publicKeyOf(address)
  if (!key) return err({ code: 'chain/bad-address', address })
  const given = /^(?:0x)?([0-9a-f]{2})?([0-9a-f]{128})$/i.exec(signature.trim())
  if (!given?.[2]) return ok({ valid: false })
  const bytes = new Uint8Array(Buffer.from(given[2], 'hex'))
  const schemes = SCHEMES.filter(({ prefix }) => given[1] === undefined || given[1] === prefix)
  for (const { as, message } of readings(text))
    for (const { scheme, verify } of schemes) if (verify(message, bytes, key)) return ok({ valid: true, scheme, as })
  return ok({ valid: false })
}

const readings = (text: string): readonly { as: 'plain' | 'wrapped' | 'hex'; message: Uint8Array }[] => {
  const hex = /^0x((?:[0-9a-f]{2})+)$/i.exec(text)?.[1]
  return [
    { as: 'plain', message: utf8(text) },
    ...(isWrapped(text) ? [] : [{ as: 'wrapped', message: utf8(wrapped(text)) } as const]),
    ...(hex ? [{ as: 'hex', message: new Uint8Array(Buffer.from(hex, 'hex')) } as const] : []),
  ]
}

type Verify = (message: Uint8Array, signature: Uint8Array, key: Uint8Array) => boolean
const quietly =
  (verify: Verify): Verify =>
  (message, signature, key) => {
    try {
      return verify(message, signature, key)
    } catch {
      // Malformed points throw; they are as wrong as any other signature.
      return false
    }
  }
const SCHEMES = [
  { scheme: 'sr25519', prefix: '01', verify: quietly(sr25519Verify) },
  // Strict: one signature, one meaning.
  { scheme: 'ed25519', prefix: '00', verify: quietly((m, s, k) => ed25519.verify(s, m, k, { zip215: false })) },
] as const

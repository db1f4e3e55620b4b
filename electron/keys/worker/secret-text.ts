import type { AppError } from '../../../shared/errors.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Ss58 } from '../../../shared/units/amounts.ts'
import type { CryptoType } from '../keys.port.ts'
import { derivedPair, type Junction, parsePath } from './derivation-path.ts'
import { type KeySource, wipeSource } from './key-source.ts'
import { addressOf, pairFromSeed, publicKeyOf } from './keypair.ts'
import { entropyOf, seedOf, wordsOf } from './mnemonic.ts'
import { type RawForm, readingsOf } from './raw-secret.ts'

/** `development`: a path without words, from words that everybody knows. Anybody can spend from it. */
export type SecretForm = 'words' | 'development' | RawForm

/** What a secret text could be; nothing secret in it. */
export interface SecretCandidate {
  readonly form: SecretForm
  readonly cryptoType: CryptoType
  readonly address: Ss58
}

export interface SecretWanted {
  /** Unknown: sr25519, unless the address tells. */
  readonly cryptoType?: CryptoType
  readonly address?: string
}

interface Reading {
  readonly form: SecretForm
  readonly source: KeySource
}

/** @source sp-core `crypto.rs`: `DEV_PHRASE`. */
const DEVELOPMENT_WORDS = 'bottom drive obey lake curtain smoke basket hold race lonely fit walk'
const LONGEST_TEXT = 8192
const CRYPTO_TYPES: readonly CryptoType[] = ['sr25519', 'ed25519']
const INVISIBLE = /\p{Cf}/gu

const unsupported = (what: string) => err({ code: 'keys/unsupported', what } as const)

interface SecretParts {
  readonly secret: string
  readonly path: readonly Junction[]
  readonly password: string
}

/** `words//hard/soft///password`, each part but the first optional. */
function partsOf(text: string): Result<SecretParts, AppError> {
  const cut = text.indexOf('/')
  if (cut < 0) return ok({ secret: text, path: [], password: '' })
  const rest = text.slice(cut)
  const end = rest.indexOf('///')
  const path = parsePath((end < 0 ? rest : rest.slice(0, end)).trim())
  if (!path.ok) return path
  // Words are pasted with the end of their line, which belongs to no password.
  const password = end < 0 ? '' : rest.slice(end + 3).replace(/[\r\n]+$/, '')
  return ok({ secret: text.slice(0, cut), path: path.value, password: password.normalize('NFC') })
}

/** The digits of hex of any length; `undefined` when it is something else. Words such as `add dad` hold no digit. */
function hexDigitsOf(secret: string): string | undefined {
  const text = secret.replace(INVISIBLE, '').replace(/[\s"'“”„]/g, '')
  const digits = text.replace(/^0x/i, '')
  return /^[0-9a-f]+$/i.test(digits) && (digits.length < text.length || /\d/.test(digits)) ? digits : undefined
}

function readingsOfHex(bytes: Uint8Array, path: readonly Junction[]): Result<readonly Reading[], AppError> {
  const readings: Reading[] = []
  for (const { form, pair } of readingsOf(bytes)) {
    const derived = derivedPair(pair, path)
    // A soft step is no reading of an ed25519 seed, but may be one of the sr25519 seed.
    if (!derived.ok) continue
    const seed = form === 'seed' && path.length === 0 ? { seed: Uint8Array.from(bytes) } : {}
    readings.push({ form, source: { pair: derived.value, ...seed } })
  }
  return readings.length > 0
    ? ok(readings)
    : unsupported(`${bytes.length * 2} hex digits that are no key: a seed has 64 of them, a private key 128`)
}

function readingsOfWords({ secret, path, password }: SecretParts): Result<readonly Reading[], AppError> {
  const isDevelopment = secret.trim() === '' && path.length > 0
  const entropy = entropyOf(isDevelopment ? DEVELOPMENT_WORDS : secret)
  if (!entropy.ok) return entropy
  const seed = seedOf(entropy.value, password)
  const words = wordsOf(entropy.value)
  entropy.value.fill(0)
  const readings: Reading[] = []
  for (const cryptoType of CRYPTO_TYPES) {
    const pair = derivedPair(pairFromSeed(seed, cryptoType), path)
    if (!pair.ok) continue
    // Words without their path or password are another account: they must not be kept as the words of this one.
    const known = path.length > 0 ? {} : { seed: Uint8Array.from(seed), ...(password === '' ? { words } : {}) }
    readings.push({ form: isDevelopment ? 'development' : 'words', source: { pair: pair.value, ...known } })
  }
  seed.fill(0)
  return ok(readings)
}

function readSecretText(text: Uint8Array): Result<readonly Reading[], AppError> {
  if (text.length > LONGEST_TEXT) return unsupported('a secret of this length')
  const parts = partsOf(new TextDecoder().decode(text))
  if (!parts.ok) return parts
  const digits = hexDigitsOf(parts.value.secret)
  if (digits === undefined) return readingsOfWords(parts.value)
  // The last digit of an odd number is half a byte: one was lost, or one is too many.
  if (digits.length % 2 === 1)
    return unsupported(`${digits.length} hex digits: a seed has 64 of them, a private key 128`)
  if (parts.value.password !== '') return unsupported('a password after a hex key')
  const bytes = new Uint8Array(Buffer.from(digits, 'hex'))
  const readings = readingsOfHex(bytes, parts.value.path)
  bytes.fill(0)
  return readings
}

const factsOf = ({ form, source }: Reading): SecretCandidate => ({
  form,
  cryptoType: source.pair.cryptoType,
  address: addressOf(source.pair.publicKey),
})

/**
 * What a pasted secret can be, the likeliest first: words, a hex seed or a hex private key, with a derivation path.
 * @errors keys/bad-mnemonic, keys/unsupported
 */
export function inspectSecretText(text: Uint8Array): Result<readonly SecretCandidate[], AppError> {
  const readings = readSecretText(text)
  if (!readings.ok) return readings
  const facts = readings.value.map(factsOf)
  for (const { source } of readings.value) wipeSource(source)
  return ok(facts)
}

/**
 * Takes the secret out of a pasted text. Where 64 bytes fit two accounts, `wanted.address` has to say which one.
 * @returns the caller wipes it.
 * @errors keys/bad-mnemonic; keys/unsupported: no secret, not of this address, or of several.
 */
export function openSecretText(text: Uint8Array, wanted: SecretWanted): Result<KeySource, AppError> {
  const readings = readSecretText(text)
  if (!readings.ok) return readings
  const fitting = readings.value.filter((reading) => isWanted(reading, wanted))
  const chosen = fitting.length === 1 ? fitting[0] : undefined
  for (const reading of readings.value) if (reading !== chosen) wipeSource(reading.source)
  if (chosen) return ok(chosen.source)
  if (fitting.length === 0) return unsupported('a secret of another account than the stated address')
  const addresses = fitting.map((reading) => factsOf(reading).address).join(' or ')
  return unsupported(`a private key that can be ${addresses}; say which address it has`)
}

function isWanted({ form, source }: Reading, { cryptoType, address }: SecretWanted): boolean {
  const { pair } = source
  if (cryptoType !== undefined && pair.cryptoType !== cryptoType) return false
  const key = address === undefined ? undefined : publicKeyOf(address)
  if (address !== undefined) return key !== undefined && Buffer.compare(key, pair.publicKey) === 0
  // Nobody said which scheme: all wallets of this chain take sr25519, unless the key itself is an ed25519 one.
  return cryptoType !== undefined || form === 'ed25519-key' || pair.cryptoType === 'sr25519'
}

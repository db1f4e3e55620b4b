import { z } from 'zod'
import type { AppError } from '../../../shared/errors.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { isSs58Shape, type Ss58 } from '../../../shared/units/amounts.ts'
import type { CryptoType } from '../keys.port.ts'
import { type KeySource, wipeSource } from './key-source.ts'
import { addressOf, type Keypair, keyfileSecretOf, pairFromSeed, publicKeyOf } from './keypair.ts'
import { entropyOf, seedOf, wordsOf } from './mnemonic.ts'
import { readingsOf } from './raw-secret.ts'

/** Kinds that are known by name; any other text of a file is not repeated in an error, as it may be a secret. */
const OTHER_ACCOUNT_TYPES: ReadonlySet<string> = new Set(['hashed'])

/** Fields of a btwallet key file; all but one may be absent. @source btwallet `src/keyfile.rs`. */
const fields = z.object({
  accountId: z.string().nullish(),
  publicKey: z.string().nullish(),
  privateKey: z.string().nullish(),
  secretPhrase: z.string().nullish(),
  secretSeed: z.string().nullish(),
  ss58Address: z.string().nullish(),
  /** A spelling that old writers left behind. */
  ' ss58Address': z.string().nullish(),
  /** 1 sr25519, 0 ed25519; absent in files before 4.1, which are sr25519. Some writers quote it. */
  cryptoType: z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]).nullish(),
  accountType: z.string().nullish(),
})
type Fields = z.infer<typeof fields>

const hex = (bytes: Uint8Array): string => `0x${Buffer.from(bytes).toString('hex')}`
const broken = (file: string, reason: string) => err({ code: 'keys/keyfile-broken', file, reason } as const)

function bytesOf(text: string): Uint8Array | undefined {
  const digits = text.startsWith('0x') ? text.slice(2) : text
  return /^([0-9a-fA-F]{2})+$/.test(digits) ? new Uint8Array(Buffer.from(digits, 'hex')) : undefined
}

/** The file's text as fields. Old files may hold a bare hex seed or bare words instead of JSON. */
function fieldsOf(plain: Uint8Array): Fields | undefined {
  const text = new TextDecoder().decode(plain).trim()
  if (/^(0x)?([0-9a-fA-F]{64}|[0-9a-fA-F]{128})$/.test(text))
    return text.replace('0x', '').length === 64 ? { secretSeed: text } : { privateKey: text }
  if (/^[a-z]+( [a-z]+){11,23}$/.test(text)) return { secretPhrase: text }
  try {
    const parsed = fields.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}

const statedAddress = (content: Fields): string | undefined =>
  content.ss58Address ?? content[' ss58Address'] ?? undefined

/** A source and, if it was not the first choice, that only a stated address may pick it. */
interface Choice {
  readonly source: KeySource
  readonly needsAddress: boolean
}

const SCHEMES: readonly (readonly CryptoType[])[] = [
  ['ed25519', 'sr25519'],
  ['sr25519', 'ed25519'],
]

/** Both schemes, the stated one first; absent means sr25519. */
const schemesOf = (content: Fields): readonly CryptoType[] => SCHEMES[content.cryptoType ?? 1] ?? []

const sourcesOfSeed = (seed: Uint8Array, content: Fields, words?: readonly string[]): readonly KeySource[] =>
  schemesOf(content).map((cryptoType) => ({
    pair: pairFromSeed(seed, cryptoType),
    seed: Uint8Array.from(seed),
    ...(words ? { words } : {}),
  }))

function sourcesOfPhrase(phrase: string, content: Fields): readonly KeySource[] {
  const entropy = entropyOf(phrase)
  if (!entropy.ok) return []
  const seed = seedOf(entropy.value)
  const sources = sourcesOfSeed(seed, content, wordsOf(entropy.value))
  entropy.value.fill(0)
  seed.fill(0)
  return sources
}

function sourcesOfSeedField(text: string, content: Fields): readonly KeySource[] {
  const seed = bytesOf(text)
  const sources = seed?.length === 32 ? sourcesOfSeed(seed, content) : []
  seed?.fill(0)
  return sources
}

/** 64 bytes are the stored form; an address can prove that they are one of the forms of polkadot.js instead. */
function choicesOfPrivateKey(text: string, content: Fields): readonly Choice[] {
  const secret = bytesOf(text)
  if (!secret) return []
  const choices =
    secret.length === 32
      ? sourcesOfSeed(secret, content).map((source) => ({ source, needsAddress: false }))
      : readingsOf(secret).map(({ form, pair }) => ({ source: { pair }, needsAddress: form !== 'private-key' }))
  secret.fill(0)
  return choices
}

/**
 * What the file can be, in the order of the official reader: phrase, then seed, then private key. Where the phrase is in
 * no list that we know, the rest counts only if the address proves it.
 */
function choicesOf(content: Fields): readonly Choice[] {
  const trusted = (needsAddress: boolean) => (source: KeySource) => ({ source, needsAddress })
  const { secretPhrase, secretSeed, privateKey } = content
  const phrase = secretPhrase ? sourcesOfPhrase(secretPhrase, content) : []
  if (phrase.length > 0) return phrase.map(trusted(false))
  const unreadable = Boolean(secretPhrase)
  const seed = secretSeed ? sourcesOfSeedField(secretSeed, content) : []
  if (seed.length > 0) return seed.map(trusted(unreadable))
  const key = privateKey ? choicesOfPrivateKey(privateKey, content) : []
  return key.map((choice) => ({ ...choice, needsAddress: choice.needsAddress || unreadable || Boolean(secretSeed) }))
}

function refusal(content: Fields): AppError | undefined {
  const { accountType, cryptoType } = content
  if (accountType && accountType !== 'standard') {
    const name = OTHER_ACCOUNT_TYPES.has(accountType) ? accountType : 'of an unknown name'
    return { code: 'keys/unsupported', what: `account type ${name}` }
  }
  if (cryptoType === undefined || cryptoType === null || cryptoType === 0 || cryptoType === 1) return undefined
  return { code: 'keys/unsupported', what: `crypto type ${cryptoType}` }
}

/**
 * Reads the secret of a decrypted (or plain) key file: phrase before seed before private key. The derived address has
 * to be the stated one, under either signature scheme; a file that contradicts itself is refused.
 * @returns the caller wipes it.
 * @errors keys/keyfile-broken; keys/unsupported (post-quantum accounts, unknown schemes)
 * @source bittensor-core keyfiles: load precedence and cross-check.
 */
export function readKeySource(plain: Uint8Array, file: string): Result<KeySource, AppError> {
  const content = fieldsOf(plain)
  if (!content) return broken(file, 'not a key file')
  const refused = refusal(content)
  if (refused) return err(refused)
  const choices = choicesOf(content)
  const stated = statedAddress(content)
  const match = choices.find(({ source, needsAddress }) =>
    stated === undefined ? !needsAddress : addressOf(source.pair.publicKey) === stated,
  )
  for (const choice of choices) if (choice !== match) wipeSource(choice.source)
  if (match) return ok(match.source)
  return broken(file, choices.length === 0 ? 'no usable secret' : 'secret and address do not belong together')
}

/** The pair of {@link readKeySource} alone. */
export function readKeyJson(plain: Uint8Array, file: string): Result<Keypair, AppError> {
  const source = readKeySource(plain, file)
  if (!source.ok) return source
  source.value.seed?.fill(0)
  return ok(source.value.pair)
}

export interface PublicPart {
  readonly address: Ss58
  readonly cryptoType: CryptoType
}

/** Reads `coldkeypub.txt` and its like. `undefined` when broken, or when address and key contradict each other. */
export function readPublicJson(text: Uint8Array): PublicPart | undefined {
  const content = fieldsOf(text)
  if (!content) return undefined
  const key = bytesOf(content.publicKey ?? content.accountId ?? '')
  const address = statedAddress(content) ?? (key?.length === 32 ? addressOf(key) : undefined)
  if (!isSs58Shape(address) || !publicKeyOf(address)) return undefined
  if (key && (key.length !== 32 || addressOf(key) !== address)) return undefined
  return { address, cryptoType: content.cryptoType === 0 ? 'ed25519' : 'sr25519' }
}

/** @returns the bytes of a private key file, as btwallet 4.1 writes it. The caller wipes them. */
export function writeKeyJson(source: KeySource): Uint8Array {
  const secret = keyfileSecretOf(source.pair)
  const content = {
    ...publicFields(source.pair),
    privateKey: hex(secret),
    ...(source.words ? { secretPhrase: source.words.join(' ') } : {}),
    ...(source.seed ? { secretSeed: hex(source.seed) } : {}),
  }
  secret.fill(0)
  return new TextEncoder().encode(JSON.stringify(content))
}

export const writePublicJson = (pair: Keypair): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(publicFields(pair)))

const publicFields = (pair: Keypair) => ({
  accountId: hex(pair.publicKey),
  publicKey: hex(pair.publicKey),
  ss58Address: addressOf(pair.publicKey),
  cryptoType: pair.cryptoType === 'ed25519' ? 0 : 1,
})

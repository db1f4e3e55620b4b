import { z } from 'zod'
import type { AppError } from '../../../shared/errors.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { isSs58Shape, type Ss58 } from '../../../shared/units/amounts.ts'
import type { CryptoType } from '../keys.port.ts'
import type { KeySource } from './key-source.ts'
import {
  addressOf,
  type Keypair,
  keyfileSecretOf,
  pairFromKeyfileSecret,
  pairFromSeed,
  publicKeyOf,
} from './keypair.ts'
import { entropyOf, seedOf } from './mnemonic.ts'

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

function pairsOf(content: Fields): readonly Keypair[] {
  const order: readonly CryptoType[] = content.cryptoType === 0 ? ['ed25519', 'sr25519'] : ['sr25519', 'ed25519']
  const seed = seedFieldOf(content)
  if (seed) {
    const pairs = order.map((cryptoType) => pairFromSeed(seed, cryptoType))
    seed.fill(0)
    return pairs
  }
  const secret = content.privateKey ? bytesOf(content.privateKey) : undefined
  const pair = secret && pairFromKeyfileSecret(secret)
  secret?.fill(0)
  return pair ? [pair] : []
}

function seedFieldOf(content: Fields): Uint8Array | undefined {
  if (content.secretPhrase) {
    const entropy = entropyOf(content.secretPhrase)
    if (!entropy.ok) return undefined
    const seed = seedOf(entropy.value)
    entropy.value.fill(0)
    return seed
  }
  const seed = content.secretSeed ? bytesOf(content.secretSeed) : undefined
  return seed?.length === 32 ? seed : undefined
}

/**
 * Reads the secret of a decrypted (or plain) key file: phrase before seed before private key. The derived address has
 * to be the stated one, under either signature scheme; a file that contradicts itself is refused.
 * @errors keys/keyfile-broken, keys/unsupported (post-quantum accounts)
 * @source bittensor-core keyfiles: load precedence and cross-check.
 */
export function readKeyJson(plain: Uint8Array, file: string): Result<Keypair, AppError> {
  const content = fieldsOf(plain)
  if (!content) return broken(file, 'not a key file')
  if (content.accountType && content.accountType !== 'standard')
    return err({ code: 'keys/unsupported', what: `account type ${content.accountType}` })
  const pairs = pairsOf(content)
  const stated = statedAddress(content)
  const first = pairs[0]
  if (!first) return broken(file, 'no usable secret')
  const match = stated === undefined ? first : pairs.find((pair) => addressOf(pair.publicKey) === stated)
  for (const pair of pairs) if (pair !== match) pair.secretKey.fill(0)
  return match ? ok(match) : broken(file, 'secret and address do not belong together')
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
  if (key && addressOf(key) !== address) return undefined
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

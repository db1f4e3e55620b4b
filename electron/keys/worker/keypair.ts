import { ed25519, ristretto255 } from '@noble/curves/ed25519.js'
import { blake2b } from '@noble/hashes/blake2.js'
import { decodeAddress, encodeAddress } from '@polkadot/util-crypto/address'
import { sr25519PairFromSeed, sr25519Sign } from '@polkadot/util-crypto/sr25519'
import { isSs58Shape, type Ss58, ss58 } from '../../../shared/units/amounts.ts'
import type { CryptoType } from '../keys.port.ts'

/** All Bittensor addresses use the generic Substrate prefix. @source subtensor `runtime/src/lib.rs`: `SS58Prefix = 42`. */
const SS58_PREFIX = 42
/** Longer payloads are signed by their hash. @source polkadot-sdk `SignedPayload::using_encoded`. */
const LONGEST_RAW_PAYLOAD = 256
/** Order of the group, 2^252 + …; every scalar is below this. @source RFC 8032. */
const GROUP_ORDER = (1n << 252n) + 27742317777372353535851937790883648493n

export interface Keypair {
  readonly cryptoType: CryptoType
  readonly publicKey: Uint8Array
  /** sr25519: 64 bytes, scalar × 8 and nonce. ed25519: the 32-byte seed. Wiped by {@link wipePair}. */
  readonly secretKey: Uint8Array
}

export const addressOf = (publicKey: Uint8Array): Ss58 => ss58(encodeAddress(publicKey, SS58_PREFIX))

/**
 * The shape is asked first: the decoder takes hex for a key, which may be somebody's seed, and seconds for a long text.
 * @returns the 32 public bytes, or `undefined` when checksum, prefix or length is wrong
 */
export function publicKeyOf(address: string): Uint8Array | undefined {
  if (!isSs58Shape(address)) return undefined
  try {
    const key = decodeAddress(address, false, SS58_PREFIX)
    return key.length === 32 ? key : undefined
  } catch {
    return undefined
  }
}

export function pairFromSeed(seed: Uint8Array, cryptoType: CryptoType): Keypair {
  if (cryptoType === 'ed25519')
    return { cryptoType, publicKey: ed25519.getPublicKey(seed), secretKey: Uint8Array.from(seed) }
  const { publicKey, secretKey } = sr25519PairFromSeed(seed)
  return { cryptoType, publicKey, secretKey }
}

const scalarOf = (secret: Uint8Array): bigint =>
  BigInt(`0x${Buffer.from(secret.subarray(0, 32)).reverse().toString('hex')}`)

/**
 * @param secret what a keyfile stores: 64 canonical bytes for sr25519, the 32-byte seed for ed25519.
 * @returns `undefined` for another length, and for a scalar that is zero or not below the order of the group.
 */
export function pairFromKeyfileSecret(secret: Uint8Array): Keypair | undefined {
  if (secret.length === 32) return pairFromSeed(secret, 'ed25519')
  if (secret.length !== 64) return undefined
  const scalar = scalarOf(secret)
  if (scalar === 0n || scalar >= GROUP_ORDER) return undefined
  const publicKey = ristretto255.Point.BASE.multiply(scalar).toBytes()
  return { cryptoType: 'sr25519', publicKey, secretKey: expandedOf(secret) }
}

/** @param secret 64 bytes as polkadot.js keeps them: scalar × 8, nonce. */
export function pairFromExpandedSecret(secret: Uint8Array): Keypair | undefined {
  if (secret.length !== 64 || ((secret[0] ?? 0) & 7) !== 0) return undefined
  const canonical = canonicalOf(secret)
  const pair = pairFromKeyfileSecret(canonical)
  canonical.fill(0)
  return pair
}

/** @param secret 64 bytes, seed and public key, as polkadot.js and NaCl keep ed25519 keys; both have to belong together. */
export function pairFromEdwardsKey(secret: Uint8Array): Keypair | undefined {
  if (secret.length !== 64) return undefined
  const pair = pairFromSeed(secret.subarray(0, 32), 'ed25519')
  if (Buffer.compare(pair.publicKey, secret.subarray(32)) === 0) return pair
  wipePair(pair)
  return undefined
}

/** The secret in the form that a keyfile stores. The caller wipes it. */
export function keyfileSecretOf(pair: Keypair): Uint8Array {
  return pair.cryptoType === 'ed25519' ? Uint8Array.from(pair.secretKey) : canonicalOf(pair.secretKey)
}

/**
 * Keyfiles store the scalar itself ("canonical"); the signing library wants it times eight ("expanded").
 * Never overflows: a canonical scalar is below 2^253.
 * @source schnorrkel `SecretKey::to_bytes` and `to_ed25519_bytes`.
 */
export function expandedOf(canonical: Uint8Array): Uint8Array {
  const expanded = Uint8Array.from(canonical)
  for (let i = 31; i >= 0; i -= 1)
    expanded[i] = (((canonical[i] ?? 0) << 3) | (i === 0 ? 0 : (canonical[i - 1] ?? 0) >> 5)) & 0xff
  return expanded
}

/** The way back. Throws when the scalar is no multiple of eight: then it is no expanded secret. */
export function canonicalOf(expanded: Uint8Array): Uint8Array {
  if (((expanded[0] ?? 0) & 7) !== 0) throw new RangeError('not an expanded secret')
  const canonical = Uint8Array.from(expanded)
  for (let i = 0; i < 32; i += 1)
    canonical[i] = ((expanded[i] ?? 0) >> 3) | (i === 31 ? 0 : ((expanded[i + 1] ?? 0) << 5) & 0xff)
  return canonical
}

/** @returns 65 bytes: 0x00 ed25519 or 0x01 sr25519, then the signature. @source sp-runtime `MultiSignature`. */
export function signPayload(pair: Keypair, payload: Uint8Array): Uint8Array {
  const message = payload.length > LONGEST_RAW_PAYLOAD ? blake2b(payload, { dkLen: 32 }) : payload
  const signature = new Uint8Array(65)
  signature[0] = pair.cryptoType === 'ed25519' ? 0 : 1
  signature.set(pair.cryptoType === 'ed25519' ? ed25519.sign(message, pair.secretKey) : sr25519Sign(message, pair), 1)
  return signature
}

export const wipePair = (pair: Keypair): void => void pair.secretKey.fill(0)

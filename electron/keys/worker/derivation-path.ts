import { blake2b } from '@noble/hashes/blake2.js'
import { sr25519DeriveHard, sr25519DeriveSoft } from '@polkadot/util-crypto/sr25519'
import type { AppError } from '../../../shared/errors.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { type Keypair, pairFromSeed, wipePair } from './keypair.ts'

/** One step of a path as `//stash/0`. */
export interface Junction {
  readonly hard: boolean
  /** 32 bytes. */
  readonly chainCode: Uint8Array
}

const LONGEST_PATH = 1024
const MOST_JUNCTIONS = 32
const CHAIN_CODE_LENGTH = 32
const LARGEST_NUMBER = (1n << 64n) - 1n
/** `compact(11)` and the text. @source sp-core `ed25519.rs`: `derive_hard_junction`. */
const EDWARDS_TAG = new TextEncoder().encode('\u002cEd25519HDKD')

const unsupported = (what: string) => err({ code: 'keys/unsupported', what } as const)

/** SCALE text: length in its short or its two-byte form, then UTF-8. */
function scaleText(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text)
  const length = bytes.length < 64 ? [bytes.length << 2] : [((bytes.length << 2) | 1) & 0xff, bytes.length >> 6]
  return new Uint8Array([...length, ...bytes])
}

function chainCodeOf(name: string): Uint8Array | undefined {
  const code = new Uint8Array(CHAIN_CODE_LENGTH)
  if (/^\d+$/.test(name)) {
    const value = BigInt(name)
    if (value > LARGEST_NUMBER) return undefined
    new DataView(code.buffer).setBigUint64(0, value, true)
    return code
  }
  // Rust reads `+5` as a number and `0x10` as text; polkadot.js the other way round.
  if (/^\+\d+$|^0x[0-9a-f]*$/i.test(name)) return undefined
  const bytes = scaleText(name)
  code.set(bytes.length > CHAIN_CODE_LENGTH ? blake2b(bytes, { dkLen: CHAIN_CODE_LENGTH }) : bytes)
  return code
}

/**
 * Reads a path of hard (`//`) and soft (`/`) steps.
 * @errors keys/unsupported: no path, or a step that the Rust and the polkadot.js wallets read differently.
 * @source sp-core `crypto.rs`: `DeriveJunction::from`.
 */
export function parsePath(path: string): Result<readonly Junction[], AppError> {
  if (path.length > LONGEST_PATH || !/^(\/\/?[^/]+)*$/.test(path)) return unsupported('this derivation path')
  const junctions: Junction[] = []
  for (const [, second, name = ''] of path.matchAll(/\/(\/?)([^/]+)/g)) {
    const chainCode = chainCodeOf(name)
    if (!chainCode) return unsupported('a derivation step that wallets read differently')
    junctions.push({ hard: second === '/', chainCode })
  }
  return junctions.length > MOST_JUNCTIONS ? unsupported('a derivation path of so many steps') : ok(junctions)
}

const edwardsStep = (pair: Keypair, chainCode: Uint8Array): Keypair => {
  const whole = new Uint8Array([...EDWARDS_TAG, ...pair.secretKey, ...chainCode])
  const seed = blake2b(whole, { dkLen: 32 })
  whole.fill(0)
  const next = pairFromSeed(seed, 'ed25519')
  seed.fill(0)
  return next
}

function stepped(pair: Keypair, { hard, chainCode }: Junction): Keypair | undefined {
  if (pair.cryptoType === 'ed25519') return hard ? edwardsStep(pair, chainCode) : undefined
  const { publicKey, secretKey } = (hard ? sr25519DeriveHard : sr25519DeriveSoft)(pair, chainCode)
  return { cryptoType: 'sr25519', publicKey, secretKey }
}

/**
 * Follows a path from a pair, which is wiped.
 * @errors keys/unsupported: ed25519 knows hard steps only.
 */
export function derivedPair(root: Keypair, path: readonly Junction[]): Result<Keypair, AppError> {
  let pair = root
  for (const junction of path) {
    const next = stepped(pair, junction)
    wipePair(pair)
    if (!next) return unsupported('a soft derivation step with ed25519')
    pair = next
  }
  return ok(pair)
}

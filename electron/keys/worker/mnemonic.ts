import { pbkdf2Sync, randomBytes } from 'node:crypto'
import { sha256 } from '@noble/hashes/sha2.js'
import englishWords from '@polkadot/util-crypto/mnemonic/wordlists/en'
import type { AppError } from '../../../shared/errors.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { pastedWords } from '../../../shared/wallet/pasted-words.ts'

const places: ReadonlyMap<string, number> = new Map(englishWords.map((word, place) => [word, place]))
const BITS_PER_WORD = 11
/** 12, 15, 18, 21 and 24 words; each third word brings one more bit of checksum. */
const WORD_COUNTS: ReadonlySet<number> = new Set([12, 15, 18, 21, 24])

/** The 2048 English words, in their order: for suggestions while typing, which then need no word to leave the window. */
export const wordList = (): readonly string[] => englishWords

/** First byte of the hash of the entropy: at most 8 bits of it are used. */
const checksumOf = (entropy: Uint8Array): number => sha256(entropy)[0] ?? 0

/** 16 random bytes for twelve words, 32 for 24: three words hold four bytes. @source BIP-39. */
export const newEntropy = (count: 12 | 24 = 12): Uint8Array => new Uint8Array(randomBytes((count * 4) / 3))

/** @param entropy 16, 20, 24, 28 or 32 bytes. @source BIP-39. */
export function wordsOf(entropy: Uint8Array): readonly string[] {
  const bits = new Uint8Array(entropy.length + 1)
  bits.set(entropy)
  bits[entropy.length] = checksumOf(entropy)
  const count = (entropy.length * 3) / 4
  const words = Array.from({ length: count }, (_, word) => englishWords[placeAt(bits, word)] ?? '')
  bits.fill(0)
  return words
}

function placeAt(bits: Uint8Array, word: number): number {
  let place = 0
  for (let bit = word * BITS_PER_WORD; bit < (word + 1) * BITS_PER_WORD; bit += 1)
    place = (place << 1) | (((bits[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1)
  return place
}

/**
 * Reads BIP-39 English words as they were pasted.
 * @returns the entropy, 16 to 32 bytes; the caller wipes it.
 * @errors keys/bad-mnemonic. Its `word` names the place (`#3`), never what was typed: an error must carry no part of a
 *         secret.
 */
export function entropyOf(text: string): Result<Uint8Array, AppError> {
  return entropyOfWords(pastedWords(text))
}

/** As {@link entropyOf}, for words that were cleaned before. */
export function entropyOfWords(words: readonly string[]): Result<Uint8Array, AppError> {
  if (!WORD_COUNTS.has(words.length)) return err({ code: 'keys/bad-mnemonic', reason: 'word-count' })
  const bits = new Uint8Array(Math.ceil((words.length * BITS_PER_WORD) / 8))
  for (const [index, word] of words.entries()) {
    const place = places.get(word)
    if (place === undefined) {
      bits.fill(0)
      return err({ code: 'keys/bad-mnemonic', reason: 'unknown-word', word: `#${index + 1}` })
    }
    writePlace(bits, index, place)
  }
  const entropyLength = (words.length * 4) / 3
  const checksumBits = words.length / 3
  const entropy = bits.slice(0, entropyLength)
  const expected = checksumOf(entropy) >> (8 - checksumBits)
  const actual = (bits[entropyLength] ?? 0) >> (8 - checksumBits)
  bits.fill(0)
  if (expected !== actual) {
    entropy.fill(0)
    return err({ code: 'keys/bad-mnemonic', reason: 'checksum' })
  }
  return ok(entropy)
}

function writePlace(bits: Uint8Array, word: number, place: number): void {
  for (let i = 0; i < BITS_PER_WORD; i += 1) {
    const bit = word * BITS_PER_WORD + i
    if ((place >> (BITS_PER_WORD - 1 - i)) & 1) bits[bit >> 3] = (bits[bit >> 3] ?? 0) | (1 << (7 - (bit & 7)))
  }
}

/**
 * The seed of a wallet, derived as Substrate does: from the entropy, not from the sentence as BIP-39 says.
 * @param password added by a few wallets as `words///password`; any password gives a seed, so a wrong one is not noticed.
 * @returns 32 bytes; the caller wipes them.
 * @source substrate-bip39 `mini_secret_from_entropy`: PBKDF2-HMAC-SHA512, salt `mnemonic`, 2048 rounds, first half.
 */
export function seedOf(entropy: Uint8Array, password = ''): Uint8Array {
  const long = pbkdf2Sync(entropy, `mnemonic${password}`, 2048, 64, 'sha512')
  const seed = new Uint8Array(long.subarray(0, 32))
  long.fill(0)
  return seed
}

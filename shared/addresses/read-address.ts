import { err, ok, type Result } from '../result.ts'
import { isSs58Shape, type Ss58 } from '../units/amounts.ts'
import { ss58Parts } from './base58.ts'

/** What is wrong with a text that should be an address. Each has its own words, because each has its own remedy. */
export type AddressProblem =
  | 'empty'
  /** Twelve or more words: somebody is about to give their secret away. */
  | 'words'
  /** 32 bytes in hex: the public key, or worse, a seed. Neither can be told from the other. */
  | 'hex-key'
  /** 20 bytes in hex: an account of Ethereum's kind. */
  | 'ethereum'
  /** Zero-width, direction-changing or other invisible characters. */
  | 'invisible'
  /** A character that no address has: 0, O, I, l or a sign. */
  | 'characters'
  | 'too-short'
  | 'too-long'
  /** Written for another chain; the same key has another text there. */
  | 'other-chain'
  /** Its own check digits do not fit: one character at least is wrong. */
  | 'checksum'

export interface NotAnAddress {
  readonly problem: AddressProblem
  /** Of the chain that it is written for. */
  readonly prefix?: number | undefined
}

const LETTERS = 48
const PREFIX = 42
const INVISIBLE = /[\p{Cf}\p{Cc}\p{Co}\p{Cn}]/u
const BREAKS = /[ \t\r\n\u00a0]+/u

/**
 * Reads what was typed or pasted as an address. Groups may stand apart; nothing else is forgiven.
 * The checksum needs a hash function, so the chain adapter has the last word: `checksum` is its answer.
 * @errors one {@link AddressProblem}, the one that helps most
 */
export function readAddress(text: string): Result<Ss58, NotAnAddress> {
  const problem = (name: AddressProblem) => err({ problem: name })
  const words = text.split(BREAKS).filter((word) => word !== '')
  if (words.length === 0) return problem('empty')
  if (words.length >= 12 && words.every((word) => /^[\p{L}]{3,8}$/u.test(word) && !/\d/.test(word))) {
    // Twelve groups of an address hold digits and large letters somewhere; twelve words of a seed hold neither.
    if (words.every((word) => word === word.toLowerCase())) return problem('words')
  }
  const bare = words.join('')
  if (INVISIBLE.test(bare)) return problem('invisible')
  if (/^(0x)?[0-9a-f]{64}$/i.test(bare)) return problem('hex-key')
  if (/^0x[0-9a-f]{40}$/i.test(bare)) return problem('ethereum')
  if (/[^1-9A-HJ-NP-Za-km-z]/u.test(bare)) return problem('characters')
  const parts = ss58Parts(bare)
  if (parts && parts.accountBytes === 32 && parts.prefix !== PREFIX)
    return err({ problem: 'other-chain', prefix: parts.prefix })
  if (bare.length < LETTERS) return problem('too-short')
  if (bare.length > LETTERS) return problem('too-long')
  // The right length, but not 35 bytes that begin with 42: a wrong letter near its start.
  return isSs58Shape(bare) && parts?.prefix === PREFIX && parts.accountBytes === 32 ? ok(bare) : problem('checksum')
}

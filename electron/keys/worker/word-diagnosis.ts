import type { Ss58 } from '../../../shared/units/amounts.ts'
import { pastedWords } from '../../../shared/wallet/pasted-words.ts'
import type { UnknownWord, WordRepair, WordsDiagnosis } from '../wallet-operations.port.ts'
import { addressOf, pairFromSeed, wipePair } from './keypair.ts'
import { entropyOfWords, seedOf, wordList } from './mnemonic.ts'

/** More would not help a person who compares with paper. */
const MOST_CANDIDATES = 6
/** Slips of hand or eye that are still taken for a word of the list. */
const MOST_STEPS = 2
const LONGEST_WORD = 12
/** In the English list the first four letters tell a word from all others. */
const TELLING_LETTERS = 4

/** Letters to insert, drop, change or exchange with the next one; above `limit` it stops counting. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let before: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1]
      let steps = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        steps = Math.min(steps, (before[j - 2] ?? 0) + 1)
      row.push(steps)
    }
    // Each later row builds on this one, so it cannot come back below the limit.
    if (Math.min(...row) > limit && Math.min(...above) > limit) return limit + 1
    before = above
    above = row
  }
  return above[b.length] ?? limit + 1
}

/** Words of the list that could have been meant, nearest first. */
export function nearWords(typed: string, most = MOST_CANDIDATES): readonly string[] {
  if (typed.length > LONGEST_WORD) return []
  const start = typed.slice(0, TELLING_LETTERS)
  return wordList()
    .map((word) => ({ word, steps: word.startsWith(start) ? 1 : distance(typed, word, MOST_STEPS) }))
    .filter(({ word, steps }) => steps <= MOST_STEPS && word !== typed)
    .sort((a, b) => a.steps - b.steps)
    .slice(0, most)
    .map(({ word }) => word)
}

const withWord = (words: readonly string[], index: number, word: string): readonly string[] =>
  words.map((old, at) => (at === index ? word : old))

function swapped(words: readonly string[], index: number): readonly string[] {
  const [left = '', right = ''] = words.slice(index, index + 2)
  return [...words.slice(0, index), right, left, ...words.slice(index + 2)]
}

/** Whether words have a right checksum and, where an address is known, are the words of that address. */
function fits(words: readonly string[], address: Ss58 | undefined): boolean {
  const entropy = entropyOfWords(words)
  if (!entropy.ok) return false
  if (address === undefined) return true
  const seed = seedOf(entropy.value)
  entropy.value.fill(0)
  const found = (['sr25519', 'ed25519'] as const).some((cryptoType) => {
    const pair = pairFromSeed(seed, cryptoType)
    wipePair(pair)
    return addressOf(pair.publicKey) === address
  })
  seed.fill(0)
  return found
}

function unknownWords(words: readonly string[], address: Ss58 | undefined): readonly UnknownWord[] {
  const list = new Set(wordList())
  const places = words.flatMap((word, index) => (list.has(word) ? [] : [index]))
  return places.map((index) => {
    const near = nearWords(words[index] ?? '', places.length === 1 ? 4 * MOST_CANDIDATES : MOST_CANDIDATES)
    const right = places.length === 1 ? near.filter((word) => fits(withWord(words, index, word), address)) : []
    const order = [...right, ...near.filter((word) => !right.includes(word))]
    return { place: index + 1, candidates: order.slice(0, MOST_CANDIDATES) }
  })
}

/** One wrong letter, or two neighbours exchanged; with an address the search is wider, as chance hits drop out. */
function repairsOf(words: readonly string[], address: Ss58 | undefined): readonly WordRepair[] {
  const found: WordRepair[] = []
  for (const index of words.slice(1).keys())
    if (words[index] !== words[index + 1] && fits(swapped(words, index), address))
      found.push({ kind: 'swap', place: index + 1 })
  const reach = address === undefined ? 1 : 2
  for (const [index, typed] of words.entries())
    for (const word of wordList())
      if (word !== typed && distance(typed, word, reach) <= reach && fits(withWord(words, index, word), address))
        found.push({ kind: 'word', place: index + 1, word })
  return found
}

/**
 * Says what is wrong with words, down to the place, and what they may have been.
 * @param address of the wallet, where the user knows it: chance hits are then left out.
 */
export function diagnoseWords(text: string, address?: Ss58): WordsDiagnosis {
  const words = pastedWords(text)
  const entropy = entropyOfWords(words)
  const told = { count: words.length, unknown: [], repairs: [] }
  if (entropy.ok) {
    entropy.value.fill(0)
    if (fits(words, address)) return { ...told, problem: 'none' }
    return { ...told, problem: 'other-address', repairs: repairsOf(words, address) }
  }
  if (entropy.error.code !== 'keys/bad-mnemonic') return { ...told, problem: 'word-count' }
  const problem = entropy.error.reason
  if (problem === 'unknown-word') return { ...told, problem, unknown: unknownWords(words, address) }
  return problem === 'checksum' ? { ...told, problem, repairs: repairsOf(words, address) } : { ...told, problem }
}

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { entropyOf, newEntropy, wordList, wordsOf } from './mnemonic.ts'
import { diagnoseWords, nearWords } from './word-diagnosis.ts'

const WORDS = 'old leopard transfer rib spatial phone calm indicate online fire caution review'
const ADDRESS = '5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX' as const
const address = ADDRESS as Parameters<typeof diagnoseWords>[1]

describe('diagnoseWords', () => {
  test('finds nothing wrong with words that are right', () => {
    expect(diagnoseWords(WORDS)).toEqual({ count: 12, problem: 'none', unknown: [], repairs: [] })
  })

  test('counts', () => {
    expect(diagnoseWords('old leopard')).toMatchObject({ count: 2, problem: 'word-count' })
    expect(diagnoseWords('')).toMatchObject({ count: 0, problem: 'word-count' })
  })

  test.each([
    ['a letter too many', 'phonee', 'phone'],
    ['letters exchanged', 'pohne', 'phone'],
    ['a letter missing', 'phne', 'phone'],
    ['another ending', 'phoning', 'phone'],
  ])('offers the word for %s', (_what, typed, meant) => {
    const { problem, unknown } = diagnoseWords(WORDS.replace('phone', typed))
    expect(problem).toBe('unknown-word')
    expect(unknown).toMatchObject([{ place: 6 }])
    expect(unknown[0]?.candidates).toContain(meant)
  })

  test('puts the candidate first that makes the checksum right', () => {
    // `spatia` is nearer to nothing else; `rob` could be `rib` or `robot`, and only one fits.
    expect(diagnoseWords(WORDS.replace('rib', 'rb'), address).unknown[0]?.candidates[0]).toBe('rib')
  })

  test('names every unknown word', () => {
    const typed = WORDS.replace('leopard', 'lepard').replace('fire', 'fyre')
    expect(diagnoseWords(typed).unknown.map(({ place }) => place)).toEqual([2, 10])
  })

  test('finds two exchanged neighbours', () => {
    const typed = WORDS.replace('rib spatial', 'spatial rib')
    expect(diagnoseWords(typed).repairs).toContainEqual({ kind: 'swap', place: 4 })
    expect(diagnoseWords(typed, address).repairs).toEqual([{ kind: 'swap', place: 4 }])
  })

  test('finds the one word that was another word of the list', () => {
    const typed = WORDS.replace('fire', 'file')
    expect(diagnoseWords(typed).repairs).toContainEqual({ kind: 'word', place: 10, word: 'fire' })
    expect(diagnoseWords(typed, address).repairs).toEqual([{ kind: 'word', place: 10, word: 'fire' }])
  })

  test('is not content with a checksum that fits by chance, where the address is known', () => {
    const typed = WORDS.replace('fire', 'wire')
    expect(diagnoseWords(typed).problem).toBe('none')
    expect(diagnoseWords(typed, address)).toMatchObject({
      problem: 'other-address',
      repairs: [{ kind: 'word', place: 10, word: 'fire' }],
    })
  })

  test('every repair that it names makes the words valid', () => {
    fc.assert(
      fc.property(fc.nat(10), fc.boolean(), (at, long) => {
        const words = [...wordsOf(long ? new Uint8Array([...newEntropy(), ...newEntropy()]) : newEntropy())]
        ;[words[at], words[at + 1]] = [words[at + 1]!, words[at]!]
        const { problem, repairs } = diagnoseWords(words.join(' '))
        if (problem === 'none') return
        expect(repairs).toContainEqual({ kind: 'swap', place: at + 1 })
        for (const repair of repairs) {
          const fixed = [...words]
          if (repair.kind === 'word') fixed[repair.place - 1] = repair.word
          else [fixed[repair.place - 1], fixed[repair.place]] = [fixed[repair.place]!, fixed[repair.place - 1]!]
          expect(entropyOf(fixed.join(' ')).ok).toBe(true)
        }
      }),
      { numRuns: 20 },
    )
  })

  test('takes anything without throwing', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => void diagnoseWords(text)))
    expect(diagnoseWords('a '.repeat(10_000)).problem).toBe('word-count')
  })
})

test('near words are words of the list, and never the word itself', () => {
  expect(nearWords('abandn')[0]).toBe('abandon')
  expect(nearWords('zzzzzz')).toEqual([])
  for (const word of wordList().slice(0, 50)) expect(nearWords(word)).not.toContain(word)
})

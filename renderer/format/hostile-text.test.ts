import { describe, expect, it } from 'vitest'
import { cleanName, cleanSymbol, cleanText, isDrawn, mixesAlphabets, nameFlags } from './hostile-text.ts'

const named = (netuid: number, name: string, symbol = 'α') => ({ netuid, name, symbol })

describe('text of strangers', () => {
  it('loses what turns a line around or hides', () => {
    expect(cleanName('\u202Eevil\u2066 name\u200B\u200D\u0000\u00AD')).toBe('evil name')
    expect(cleanName('a\n\tb\u2028c')).toBe('abc')
    expect(cleanName('   ')).toBe('')
    expect(cleanName('\u3164')).toBe('')
  })
  it('keeps at most two marks on a letter', () => {
    const piled = `Z${'\u0301\u0302\u0303\u0304\u0305\u0306'}`
    expect([...cleanName(piled).normalize('NFD')].length).toBeLessThanOrEqual(4)
  })
  it('is never longer than a line can need', () => {
    expect([...cleanName('x'.repeat(5_000))].length).toBe(60)
  })
  it('as a sentence keeps its words apart, and is cut where it says so', () => {
    expect(cleanText('one\ntwo\t\u202Ethree\u200B ')).toBe('one two three')
    expect(cleanText('x'.repeat(5_000))).toBe(`${'x'.repeat(400)} …`)
    expect(cleanText('')).toBe('')
  })
  it('takes one cluster as symbol', () => {
    expect(cleanSymbol('τau')).toBe('τ')
    expect(cleanSymbol('\u202E')).toBe('')
    expect(cleanSymbol('👩‍👩‍👧')).not.toBe('')
  })
  it('knows which symbols the bundled fonts draw', () => {
    for (const symbol of ['α', 'T', 'ש', 'ش']) expect(isDrawn(symbol)).toBe(true)
    for (const symbol of ['', '中', 'अ', 'ᚠ']) expect(isDrawn(symbol)).toBe(false)
  })
  it('sees two alphabets in one name', () => {
    expect(mixesAlphabets('Tаrgon')).toBe(true)
    expect(mixesAlphabets('Targon 4')).toBe(false)
  })
})

describe('nameFlags', () => {
  it('blames the later of two equal names, whatever their order', () => {
    const flags = nameFlags([named(113, 'apex', 'β'), named(1, 'Apex', 'α')])
    expect(flags.get(113)).toEqual(['same-name'])
    expect(flags.has(1)).toBe(false)
  })
  it('sees a name made equal by invisible characters', () => {
    expect(nameFlags([named(1, 'Apex', 'a'), named(2, 'Ap\u200Bex', 'b')]).get(2)).toEqual(['same-name'])
  })
  it('warns of the symbol of TAO, but not on root', () => {
    const flags = nameFlags([named(0, 'Root', 'Τ'), named(19, 'Nineteen', 'τ')])
    expect(flags.has(0)).toBe(false)
    expect(flags.get(19)).toEqual(['symbol-like-tao'])
  })
})

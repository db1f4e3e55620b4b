/**
 * Names, symbols and identities come from strangers, some of them attackers. What is left after this can neither turn
 * the line around, nor climb over the lines above it, nor hide.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029\u115f\u1160\u3164\uffa0]/gu
const MARK_PILE = /(\p{M}{2})\p{M}+/gu
/** Longer than any width shows; keeps one absurd name from costing layout time. */
const LONGEST_NAME = 60

export function cleanName(text: string): string {
  const clean = text.normalize('NFC').replace(INVISIBLE, '').replace(MARK_PILE, '$1').replace(/\s+/gu, ' ').trim()
  return [...clean].slice(0, LONGEST_NAME).join('')
}

/** Longer than anybody reads of a stranger. */
const LONGEST_TEXT = 400
/** As {@link cleanName}, for a sentence or an address. */
export function cleanText(text: string): string {
  const clean = text.replace(/\s+/gu, ' ').normalize('NFC').replace(INVISIBLE, '').replace(MARK_PILE, '$1').trim()
  const letters = [...clean]
  return letters.length > LONGEST_TEXT ? `${letters.slice(0, LONGEST_TEXT).join('')} …` : clean
}

const clusters = new Intl.Segmenter('en', { granularity: 'grapheme' })
/** One visible cluster, or nothing. */
export function cleanSymbol(text: string): string {
  const first = clusters.segment(cleanName(text))[Symbol.iterator]().next()
  return first.done ? '' : first.value.segment
}

/** Scripts that the bundled fonts draw. Others are shown as a dashed box rather than as whatever the system finds. */
const DRAWN = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Common}\p{M}]+$/u
export const isDrawn = (symbol: string): boolean => symbol !== '' && DRAWN.test(symbol)

const SCRIPTS = ['Latin', 'Greek', 'Cyrillic', 'Hebrew', 'Arabic', 'Han', 'Cherokee', 'Armenian', 'Georgian'] as const
const scriptTests = SCRIPTS.map((script) => new RegExp(`\\p{Script=${script}}`, 'u'))
/** Letters of two alphabets in one name: `Tаrgon` with a Cyrillic а. */
export const mixesAlphabets = (name: string): boolean => scriptTests.filter((test) => test.test(name)).length > 1

const TAO_LIKE = new Set(['τ', 'Τ', 'T', 'TAO', 'ｔ'])
export const looksLikeTao = (symbol: string): boolean => TAO_LIKE.has(symbol.trim())

export type NameFlag = 'same-name' | 'same-symbol' | 'mixed-alphabets' | 'symbol-like-tao'
export interface Named {
  readonly netuid: number
  readonly name: string
  readonly symbol: string
}

const keyOf = (text: string): string => cleanName(text).toLocaleLowerCase('en')

/** What to warn of beside a subnet's name. The older netuid of two equal ones is not blamed. */
export function nameFlags(all: readonly Named[]): ReadonlyMap<number, readonly NameFlag[]> {
  const firstName = new Map<string, number>()
  const firstSymbol = new Map<string, number>()
  const flags = new Map<number, NameFlag[]>()
  for (const subnet of [...all].sort((a, b) => a.netuid - b.netuid)) {
    const found: NameFlag[] = []
    const name = keyOf(subnet.name)
    const symbol = cleanSymbol(subnet.symbol)
    if (name && firstName.has(name)) found.push('same-name')
    else if (name) firstName.set(name, subnet.netuid)
    if (symbol && firstSymbol.has(symbol)) found.push('same-symbol')
    else if (symbol) firstSymbol.set(symbol, subnet.netuid)
    if (mixesAlphabets(cleanName(subnet.name))) found.push('mixed-alphabets')
    if (subnet.netuid !== 0 && looksLikeTao(symbol)) found.push('symbol-like-tao')
    if (found.length > 0) flags.set(subnet.netuid, found)
  }
  return flags
}

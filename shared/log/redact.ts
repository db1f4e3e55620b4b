import type { LogFact } from './log-line.ts'

/** Longest text of one fact, characters: enough for an error and its stack, too little for a document. */
const MOST_CHARS = 1_000
const HIDDEN = '[left out]'

/** Names of facts whose value is never written, whatever it is. */
const SECRET_NAME =
  /pass(word|phrase)?|secret|seed|mnemonic|words|private|cookie|authori[sz]ation|bearer|api.?key|access.?key|token$|token(?!s)|credential|content|body|prompt|message(s)?$/i

const NAMED =
  '(?:pass(?:word|phrase)?|pwd|secret|seed|mnemonic|api[-_ ]?key|access[-_ ]?key|[a-z_-]*token|authorization|cookie|content|prompt)'

/** In order: what is named goes first, with its value; what is known by its shape alone comes after. */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  // V8 quotes the text that it could not parse: that is the content of a file or of a request.
  [/"[\s\S]*"(?:\.\.\.)? is not valid JSON/g, `${HIDDEN} is not valid JSON`],
  [/-----BEGIN [A-Z ]+-----[\s\S]*?(?:-----END [A-Z ]+-----|$)/g, HIDDEN],
  [/\b(bearer|basic)\s+[\w.~+/=-]+/gi, `$1 ${HIDDEN}`],
  // With quotes, up to the closing one; without, up to a space or the next field.
  [new RegExp(String.raw`(\b${NAMED}\\?["']?\s*[:=]\s*)\\?"(?:[^"\\]|\\.)*\\?"`, 'gi'), `$1"${HIDDEN}"`],
  [new RegExp(String.raw`(\b${NAMED}["']?\s*[:=]\s*)'[^']*'`, 'gi'), `$1'${HIDDEN}'`],
  [new RegExp(String.raw`(\b${NAMED}["']?\s*[:=]\s*)(?!["']?\[left)[^\s,;&"']+`, 'gi'), `$1${HIDDEN}`],
  [/:\/\/[^\s/@]+@/g, `://${HIDDEN}@`],
  // Keys of well-known services.
  [/\b(?:sk|pk|rk)[-_][\w-]{12,}|\b(?:hf|ghp|gho|ghs|glpat|xox[abprs]|AKIA|AIza)[-_]?[\w-]{12,}/g, HIDDEN],
  [/\b[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}\b/g, HIDDEN],
  // A seed and a hash look the same: 16 bytes and more in hex are left out, whichever it is.
  [/(?:0x)?[0-9a-f]{32,}/gi, '[hex]'],
]

/** Words of errors that are in no list of words for wallets: they end what could be a phrase. */
const PLAIN_WORDS = new Set(
  'the and not for are was has had but its may our you all any who why how did does been with from this than then them they were when what which while could would because cannot into such only more most reading failed'.split(
    ' ',
  ),
)
/** So many words of a wallet's phrase in a row are no sentence. */
const PHRASE_WORDS = 6
const WORD = '[a-z]{3,8}'
const MAYBE_PHRASE = new RegExp(
  String.raw`(?<![A-Za-z])${WORD}(?:[\s,"'\\n]{1,4}${WORD}(?![A-Za-z])){${PHRASE_WORDS - 1},}`,
  'g',
)

/** Takes runs of words that may be a wallet's out of a run of plain small words. */
function withoutPhrase(run: string): string {
  const parts = run.split(/([^a-z]+)/)
  const words = parts.filter((_, at) => at % 2 === 0)
  let start = 0
  const hide = new Set<number>()
  words.forEach((word, at) => {
    if (PLAIN_WORDS.has(word)) start = at + 1
    else if (at - start + 1 >= PHRASE_WORDS) for (let one = start; one <= at; one += 1) hide.add(one)
  })
  return words.map((word, at) => (hide.has(at) ? '[word]' : word) + (parts[at * 2 + 1] ?? '')).join('')
}

const isAddress = (text: string): boolean => /^[1-9A-HJ-NP-Za-km-z]{46,49}$/.test(text)
/** Random bytes as base64 mix capitals, small letters and digits; names and paths seldom do so for long. */
const isMixed = (text: string): boolean => /[A-Z]/.test(text) && /[a-z]/.test(text) && /\d/.test(text)

function withoutBase64(text: string): string {
  return text.replaceAll(/[A-Za-z0-9+/_-]{40,}={0,2}/g, (run) => {
    if (isAddress(run) || !isMixed(run)) return run
    // A path: its parts are looked at one by one.
    if (!/^[/\\]|\/(?:home|Users|tmp|var|usr|opt|node_modules)\//.test(run)) return '[base64]'
    return run
      .split('/')
      .map((part) => (part.length >= 40 && isMixed(part) && !isAddress(part) ? '[base64]' : part))
      .join('/')
  })
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/g

/**
 * The last of several nets: nobody hands a secret to a log in the first place. Takes out what is named as a secret or has the
 * shape of one: wallet words, seeds and keys in hex and base64, passwords, API keys, bearer tokens, quoted file contents.
 * Addresses stay: they are public.
 */
export function redact(text: string): string {
  // Cut before it is searched: a giant text must not keep a processor busy. What is cut is gone, not hidden.
  const short = text.length > 4 * MOST_CHARS ? text.slice(0, 4 * MOST_CHARS) : text
  const named = SHAPES.reduce((now, [shape, instead]) => now.replaceAll(shape, instead), short)
  const clean = withoutBase64(named.replaceAll(MAYBE_PHRASE, withoutPhrase)).replaceAll(CONTROLS, '·')
  return clean.length > MOST_CHARS
    ? `${clean.slice(0, MOST_CHARS)}… and ${text.length - MOST_CHARS} more characters`
    : clean
}

/** Facts as they may be written. Names that say that a secret follows lose their value; absent facts are left out. */
export function redactFacts(facts: Readonly<Record<string, LogFact | undefined>>): Record<string, LogFact> {
  return Object.fromEntries(
    Object.entries(facts).flatMap(([name, value]): [string, LogFact][] => {
      if (value === undefined) return []
      if (typeof value !== 'string') return [[name, value]]
      return [[name, SECRET_NAME.test(name) ? HIDDEN : redact(value)]]
    }),
  )
}

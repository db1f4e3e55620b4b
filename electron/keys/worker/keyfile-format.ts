import type { HasWords, KeyFormat, KeyWeakness } from '../wallet-operations.port.ts'

/** By the first bytes; plain files begin with a brace, a hex digit or a word. */
const MAGICS: readonly (readonly [KeyFormat, RegExp])[] = [
  ['vault', /^TAOVAULT/],
  ['nacl', /^\$NACL/],
  ['ansible', /^\$ANSIBLE_VAULT/],
  ['fernet', /^gAAAAA/],
]

/** @param file `undefined` where there is no private part. */
export function formatOf(file: Uint8Array | undefined): KeyFormat {
  if (!file) return 'watch-only'
  const head = Buffer.from(file.subarray(0, 16)).toString('latin1')
  return MAGICS.find(([, magic]) => magic.test(head))?.[0] ?? 'plain'
}

const WEAKNESSES: Readonly<Record<KeyFormat, readonly KeyWeakness[]>> = {
  vault: [],
  nacl: ['constant-salt'],
  ansible: ['old-cipher'],
  fernet: ['constant-salt', 'old-cipher'],
  plain: ['plain-text'],
  'watch-only': [],
}
export const weaknessesOf = (format: KeyFormat): readonly KeyWeakness[] => WEAKNESSES[format]

/** What a file tells about words without being opened. */
export function hasWordsIn(file: Uint8Array | undefined): HasWords {
  const format = formatOf(file)
  if (!file || format === 'watch-only') return 'no'
  if (format !== 'plain') return 'unknown'
  const text = new TextDecoder().decode(file)
  return /"secretPhrase"\s*:\s*"[a-z]/.test(text) || /^\s*[a-z]+( [a-z]+){11,}\s*$/.test(text) ? 'yes' : 'no'
}

/** Longer than 24 words with numbers and line breaks can be; what is longer is no mnemonic and is not looked at. */
const LONGEST_PASTE = 4096
/** Characters that a browser or a chat puts between letters without showing them. */
const INVISIBLE = /\p{Cf}/gu
/** Accents, and the combining joiner that hides between letters. */
const ACCENTS = /\p{M}/gu
const BETWEEN_WORDS = /[^\p{L}\p{N}]+/u

/**
 * The words of what a person pasted: numbered lists, commas, quotes, line breaks, capital and full-width letters and
 * invisible characters are cleaned away. Words are not checked here; digits inside a word stay, so that it is seen to
 * be wrong.
 */
export function pastedWords(text: string): readonly string[] {
  if (text.length > LONGEST_PASTE) return []
  const plain = text.normalize('NFKD').replace(INVISIBLE, '').replace(ACCENTS, '').toLowerCase()
  return plain
    .split(BETWEEN_WORDS)
    .map((token) => token.replace(/^\d{1,2}(?=\p{L}{3})/u, ''))
    .filter((token) => token !== '' && !/^\p{N}+$/u.test(token))
}

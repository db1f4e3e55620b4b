import { keyfileSecretOf, pairFromSeed } from '../../electron/keys/worker/keypair.ts'
import { entropyOf, seedOf } from '../../electron/keys/worker/mnemonic.ts'

/** A form in which a secret could lie somewhere. */
export interface Trace {
  readonly name: string
  readonly bytes: Buffer
}

const inBothWidths = (name: string, text: string): readonly Trace[] => [
  { name, bytes: Buffer.from(text, 'utf8') },
  { name: `${name}, two bytes each`, bytes: Buffer.from(text, 'utf16le') },
]

/** Bytes as they are, and as hex. */
const inBothForms = (name: string, bytes: Uint8Array): readonly Trace[] => [
  { name, bytes: Buffer.from(bytes) },
  ...inBothWidths(`${name} in hex`, Buffer.from(bytes).toString('hex')),
]

/** As a phrase, as JSON, as a list: three words in a row in any of these forms are a leak. */
const BETWEEN = [' ', '","', ',', '\n'] as const

/** Every form of the secrets of a wallet that is looked for. */
export function tracesOf(words: readonly string[], password: string): readonly Trace[] {
  const entropy = entropyOf(words.join(' '))
  if (!entropy.ok) throw new Error('these words are no wallet')
  const seed = seedOf(entropy.value)
  const pair = pairFromSeed(seed, 'sr25519')
  const threes = words.slice(2).map((_, at) => words.slice(at, at + 3))
  return [
    ...threes.flatMap((three, at) =>
      BETWEEN.flatMap((between) => inBothWidths(`words ${at + 1} to ${at + 3}`, three.join(between))),
    ),
    ...inBothForms('entropy', entropy.value),
    ...inBothForms('seed', seed),
    ...inBothForms('secret key', pair.secretKey.subarray(0, 32)),
    ...inBothForms('secret key as in the file', keyfileSecretOf(pair).subarray(0, 32)),
    ...inBothWidths('password', password),
  ]
}

/** Names of what was found. */
export const foundIn = (content: Buffer, traces: readonly Trace[]): readonly string[] =>
  traces.filter(({ bytes }) => content.includes(bytes)).map(({ name }) => name)

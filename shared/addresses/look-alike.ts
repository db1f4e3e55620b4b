import type { Ss58 } from '../units/amounts.ts'

/**
 * Equal characters over both ends from which on two addresses can be taken for each other, the 5 that all begin with
 * counted: the last group of four, or the first five, or any mixture. The first group alone is no sign: by chance one
 * stranger in 20,000 shares it with a known address, and an app knows some hundred of them; of five it is one in 300,000.
 */
export const ENDS_ALIKE = 5

export interface Likeness {
  /** Equal characters at the start; every address begins with the same one. */
  readonly first: number
  /** Equal characters at the end. */
  readonly last: number
}

/** How many characters agree at each end; the two counts of equal addresses are their whole length. */
export function likeness(a: string, b: string): Likeness {
  const shorter = Math.min(a.length, b.length)
  let first = 0
  while (first < shorter && a[first] === b[first]) first += 1
  let last = 0
  while (last < shorter && a.at(-1 - last) === b.at(-1 - last)) last += 1
  return { first, last }
}

/** Two different addresses with the same ends: what a careless eye takes for one. */
export function looksAlike(a: string, b: string): boolean {
  if (a === b) return false
  const { first, last } = likeness(a, b)
  return first + last >= ENDS_ALIKE
}

/** Who an address is to this app, and how we know it. */
export interface KnownAddress {
  readonly address: Ss58
  readonly name: string
  readonly how: 'book' | 'own-coldkey' | 'own-hotkey' | 'sent-to' | 'received-from' | 'validator'
}

const STRENGTH: Readonly<Record<KnownAddress['how'], number>> = {
  book: 0,
  'own-coldkey': 1,
  'own-hotkey': 2,
  'sent-to': 3,
  validator: 4,
  'received-from': 5,
}

export interface Imitated {
  readonly known: KnownAddress
  readonly likeness: Likeness
}

/**
 * The known address that `address` could be mistaken for; the closest, and among equals the best known.
 * @returns `undefined` when it resembles none
 */
export function imitatedBy(address: string, known: readonly KnownAddress[]): Imitated | undefined {
  const closeness = ({ first, last }: Likeness) => first + last
  return known
    .filter((candidate) => looksAlike(address, candidate.address))
    .map((candidate) => ({ known: candidate, likeness: likeness(address, candidate.address) }))
    .sort((a, b) => closeness(b.likeness) - closeness(a.likeness) || STRENGTH[a.known.how] - STRENGTH[b.known.how])[0]
}

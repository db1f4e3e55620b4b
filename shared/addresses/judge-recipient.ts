import type { Ss58 } from '../units/amounts.ts'
import { imitatedBy, type KnownAddress, type Likeness } from './look-alike.ts'

/** Everything that the app knows about addresses when one is about to be paid. Gathered by the service. */
export interface RecipientFacts {
  /** The account that pays. */
  readonly from: Ss58 | undefined
  readonly known: readonly KnownAddress[]
  /** Paid by `from` before: by what this app recorded, and by the blocks that it looked at. */
  readonly paid: readonly Ss58[]
  /** Senders of dust that imitate a known address. */
  readonly dustSenders: readonly Ss58[]
}

/** What a person must know before paying to an address. `block`: not before it was typed in full. */
export type Finding =
  | { readonly kind: 'itself'; readonly weight: 'block' }
  | {
      readonly kind: 'look-alike'
      readonly weight: 'block'
      readonly of: Ss58
      readonly name: string
      readonly how: KnownAddress['how']
      readonly first: number
      readonly last: number
    }
  | { readonly kind: 'dust-sender'; readonly weight: 'block' }
  | { readonly kind: 'own-hotkey'; readonly weight: 'warn'; readonly name: string }
  | { readonly kind: 'validator'; readonly weight: 'warn'; readonly name: string }
  | { readonly kind: 'own-coldkey'; readonly weight: 'tell'; readonly name: string }
  | { readonly kind: 'first-time'; readonly weight: 'tell' }

export interface RecipientReport {
  readonly address: Ss58
  /** The best name that the app has for it; `undefined` for a stranger. */
  readonly knownAs?: string | undefined
  /** The gravest first. */
  readonly findings: readonly Finding[]
  /** It has to be typed in full before anything is planned. */
  readonly mustBeTyped: boolean
}

/** Kinds of knowledge that a stranger cannot plant: these exempt an address from being called an imitation. */
const TRUSTED: ReadonlySet<KnownAddress['how']> = new Set(['book', 'own-coldkey', 'own-hotkey', 'sent-to'])
const NAMED: readonly KnownAddress['how'][] = ['book', 'own-coldkey', 'own-hotkey', 'validator']
const WEIGHT = { block: 0, warn: 1, tell: 2 } as const

/**
 * Judges one address. Pure: same facts, same report.
 *
 * An address of the book, of an own wallet or one that was paid before is nobody's imitation, whatever resembles it: it
 * was typed or confirmed once. A sender or a validator is no such proof, because both choose their own address.
 */
export function judgeRecipient(address: Ss58, facts: RecipientFacts): RecipientReport {
  const same = facts.known.filter((known) => known.address === address)
  const as = (how: KnownAddress['how']) => same.find((known) => known.how === how)
  const trusted = same.some(({ how }) => TRUSTED.has(how))
  const others = facts.known.filter((known) => known.address !== address)
  const imitated = trusted ? undefined : imitatedBy(address, others)
  const findings: Finding[] = []
  if (address === facts.from) findings.push({ kind: 'itself', weight: 'block' })
  if (imitated) findings.push(lookAlike(imitated.known, imitated.likeness))
  if (!trusted && facts.dustSenders.includes(address)) findings.push({ kind: 'dust-sender', weight: 'block' })
  const [hotkey, validator, coldkey] = [as('own-hotkey'), as('validator'), as('own-coldkey')]
  if (hotkey) findings.push({ kind: 'own-hotkey', weight: 'warn', name: hotkey.name })
  if (validator && !hotkey) findings.push({ kind: 'validator', weight: 'warn', name: validator.name })
  if (coldkey && address !== facts.from) findings.push({ kind: 'own-coldkey', weight: 'tell', name: coldkey.name })
  if (!facts.paid.includes(address) && !coldkey && !hotkey) findings.push({ kind: 'first-time', weight: 'tell' })
  findings.sort((a, b) => WEIGHT[a.weight] - WEIGHT[b.weight])
  const knownAs = NAMED.map(as).find((known) => known !== undefined)?.name
  return {
    address,
    ...(knownAs ? { knownAs } : {}),
    findings,
    mustBeTyped: findings.some((f) => f.kind === 'look-alike' || f.kind === 'dust-sender'),
  }
}

const lookAlike = ({ address, name, how }: KnownAddress, { first, last }: Likeness): Finding => ({
  kind: 'look-alike',
  weight: 'block',
  of: address,
  name,
  how,
  first,
  last,
})

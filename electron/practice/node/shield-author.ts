import type { ShieldRules } from '../runtime.port.ts'
import { AuthorKeys } from '../shield/author-keys.ts'

/** What a transaction asks of the author besides being included. */
export type Duty =
  /** Nothing: an ordinary transaction. */
  | { readonly kind: 'none' }
  /** Its key opens in a later block. */
  | { readonly kind: 'wait' }
  | { readonly kind: 'refuse' }
  /** The transaction inside, to go right behind it; undefined when there is none that could be read. */
  | { readonly kind: 'opened'; readonly inner: Uint8Array | undefined }

/** The block author's part in shielded transactions: announces keys, and opens what was sealed with them. */
export class ShieldAuthor {
  readonly #rules: ShieldRules
  readonly #keys: AuthorKeys

  constructor(rules: ShieldRules, genesis: string) {
    this.#rules = rules
    this.#keys = new AuthorKeys(genesis)
  }

  /** The inherent of block `number`. */
  announcement(number: number): Uint8Array {
    return this.#rules.announcement(this.#keys.publicKey(number))
  }

  /** Whether a transaction is sealed for a key that this author does not have, or no longer. */
  refuses(extrinsic: Uint8Array, number: number): boolean {
    const envelope = this.#rules.envelopeIn(extrinsic)
    return envelope !== undefined && this.#keys.standing(envelope.keyHash, number) === 'unknown'
  }

  /** @param number  the block that is being built */
  dutyOf(extrinsic: Uint8Array, number: number): Duty {
    const envelope = this.#rules.envelopeIn(extrinsic)
    if (envelope === undefined) return { kind: 'none' }
    const standing = this.#keys.standing(envelope.keyHash, number)
    if (standing === 'unknown') return { kind: 'refuse' }
    return standing === 'early' ? { kind: 'wait' } : { kind: 'opened', inner: this.#keys.open(envelope, number) }
  }
}

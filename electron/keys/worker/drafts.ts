import { randomUUID } from 'node:crypto'
import type { AppError } from '../../../shared/errors.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { MnemonicDraft, WordCheck } from '../keys.port.ts'
import { newEntropy, wordsOf } from './mnemonic.ts'

/** Fewer would let a person pass who wrote nothing down. */
const CHECKS_NEEDED = 3
/** A draft that nobody took is dropped when newer ones come; two windows can still each have one. */
const DRAFTS_KEPT = 4

/** New words that are shown but not yet a wallet. In memory only. */
export class Drafts {
  readonly #entropies = new Map<string, Uint8Array>()

  draft(count?: 12 | 24): MnemonicDraft {
    const entropy = newEntropy(count)
    const draftId = randomUUID()
    this.#entropies.set(draftId, entropy)
    for (const [oldest, old] of this.#entropies) {
      if (this.#entropies.size <= DRAFTS_KEPT) break
      old.fill(0)
      this.#entropies.delete(oldest)
    }
    return { draftId, words: wordsOf(entropy) }
  }

  /** @returns the entropy of the draft; it stays here until {@link drop}. @errors keys/words-not-confirmed */
  confirm(draftId: string, checks: readonly WordCheck[]): Result<Uint8Array, AppError> {
    const entropy = this.#entropies.get(draftId)
    const words = entropy ? wordsOf(entropy) : []
    const right = checks.every(({ position, word }) => words[position] === word.trim().toLowerCase())
    const enough = new Set(checks.map(({ position }) => position)).size >= CHECKS_NEEDED
    return entropy && right && enough ? ok(entropy) : err({ code: 'keys/words-not-confirmed' })
  }

  drop(draftId: string): void {
    this.#entropies.get(draftId)?.fill(0)
    this.#entropies.delete(draftId)
  }
}

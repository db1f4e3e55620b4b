/**
 * Tokens that come fast are turned into text and sent together: a message and a native call for each of 2,000 tokens a second
 * would cost more than the tokens, on both sides, and the other side shares the model's processors. Text that grows twelve
 * times a second still flows to the eye.
 */
const GATHER_MS = 80
/** A token after so long is passed on at once: there is nothing to gather. */
const SLOW_MS = 40
/** Four tokens can carry the bytes of any character; what is unreadable after them stays so. */
const MOST_HELD = 4
/** A few tokens before tell the vocabulary whether a space belongs between. */
const CONTEXT_TOKENS = 8

/** Turns tokens into text in pieces that end between characters. */
export class GatheringDecoder<Token> {
  readonly #decode: (tokens: readonly Token[], before: readonly Token[]) => string
  readonly #nowMs: () => number
  #pending: Token[] = []
  #before: Token[] = []
  #decodedAt = Number.NEGATIVE_INFINITY
  #pushedAt = Number.NEGATIVE_INFINITY
  #held = 0

  constructor(decode: (tokens: readonly Token[], before: readonly Token[]) => string, nowMs: () => number) {
    this.#decode = decode
    this.#nowMs = nowMs
  }

  /** @returns the text that is due now; mostly '' while tokens come fast. */
  push(token: Token): string {
    this.#pending.push(token)
    const nowMs = this.#nowMs()
    const isFast = nowMs - this.#pushedAt < SLOW_MS
    this.#pushedAt = nowMs
    if (isFast && nowMs - this.#decodedAt < GATHER_MS) return ''
    const text = this.#decode(this.#pending, this.#before)
    if (text.endsWith('\uFFFD') && this.#held < MOST_HELD) {
      this.#held += 1
      return ''
    }
    this.#decodedAt = nowMs
    return this.#taken(text)
  }

  /** The text of all that is left, whole characters or not. */
  rest(): string {
    return this.#pending.length === 0 ? '' : this.#taken(this.#decode(this.#pending, this.#before))
  }

  #taken(text: string): string {
    this.#before = [...this.#before, ...this.#pending].slice(-CONTEXT_TOKENS)
    this.#pending = []
    this.#held = 0
    return text
  }
}

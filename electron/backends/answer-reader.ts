import type { Written } from '../mining/work.port.ts'
import { errorShape, readAs, saidIn, type Usage, written } from './answer-shapes.ts'

/** What a server sent is no answer. The message says what, in words. */
export class NoAnswer extends Error {}

/** Servers that send a role, an empty piece at the end, or a count by itself stay well below this. */
const EMPTY_PIECES = 10_000

/** Puts one answer together, piece by piece. */
export class AnswerReader {
  readonly #startedMs: number
  readonly #mostTokens: number
  readonly #token: (text: string) => void
  #text = ''
  #pieces = 0
  #empty = 0
  #usage: Usage
  #finish: string | undefined
  #firstTokenMs: number | undefined

  /** @param startedMs by `performance.now` */
  constructor(startedMs: number, mostTokens: number, token: (text: string) => void) {
    this.#startedMs = startedMs
    this.#mostTokens = mostTokens
    this.#token = token
  }

  get hasBegun(): boolean {
    return this.#pieces > 0
  }
  /** The server said how it ended; only counts may follow. */
  get hasEnded(): boolean {
    return this.#finish !== undefined
  }
  /** It writes on where it was told to end: a piece is a token or more. */
  get isOverlong(): boolean {
    return this.#pieces >= this.#mostTokens && this.#finish === undefined
  }
  get text(): string {
    return this.#text
  }

  /** @param data of one event, or a whole answer. @throws NoAnswer */
  take(data: string): void {
    const said = readAs(written, data)
    if (!said)
      throw new NoAnswer(readAs(errorShape, data) ? saidIn(data) : 'a piece that is no answer of this interface')
    this.#usage = said.usage ?? this.#usage
    const choice = said.choices.find(({ index }) => index === undefined || index === null || index === 0)
    if (!choice) return this.#countEmpty()
    const piece = choice.delta?.content ?? choice.text ?? choice.message?.content ?? ''
    this.#finish = choice.finish_reason ?? this.#finish
    if (piece === '') return this.#countEmpty()
    this.#firstTokenMs ??= performance.now() - this.#startedMs
    this.#pieces += 1
    this.#text += piece
    this.#token(piece)
  }

  #countEmpty(): void {
    this.#empty += 1
    if (this.#empty > EMPTY_PIECES) throw new NoAnswer('pieces without a text, again and again')
  }

  /** @param finish how it ended; absent: as the server says. Its counts are of the whole answer, so one cut short has none. */
  done(finish?: Written['finish']): Written {
    const totalMs = performance.now() - this.#startedMs
    const counts = finish === undefined ? this.#usage : undefined
    const reused = counts?.prompt_tokens_details?.cached_tokens
    return {
      text: this.#text,
      finish: finish ?? (this.#finish === 'length' ? 'length' : 'stop'),
      ...(counts?.prompt_tokens === undefined ? {} : { promptTokens: counts.prompt_tokens }),
      ...(counts?.completion_tokens === undefined ? {} : { completionTokens: counts.completion_tokens }),
      ...(reused ? { reusedTokens: reused } : {}),
      firstTokenMs: this.#firstTokenMs ?? totalMs,
      totalMs,
    }
  }
}

import type { Pause } from './pause.ts'

/**
 * Texts that are written at the same time go on to their next token together. The library begins a batch with those that have
 * asked by then, and who got its last token last always comes too late: of four texts it computed three at a time.
 */
export class Round {
  #writing = 0
  readonly #arrived: (() => void)[] = []

  /** Nobody writes, or one alone. */
  get isAlone(): boolean {
    return this.#writing < 2
  }

  /** A text has its first token. Each `enter` needs its `leave`. */
  enter(): void {
    this.#writing += 1
  }

  leave(): void {
    this.#writing -= 1
    this.#goOn()
  }

  /** Between two tokens. @returns `undefined` for a text that is written alone */
  next(): Promise<void> | undefined {
    if (this.isAlone) return undefined
    return new Promise((resolve) => {
      this.#arrived.push(resolve)
      this.#goOn()
    })
  }

  #goOn(): void {
    if (this.#arrived.length < this.#writing) return
    for (const go of this.#arrived.splice(0)) go()
  }
}

/** The tokens of one text, each asked for when those that are written at the same time have theirs, and nobody needs a pause. */
export async function* inTurn<Token>(
  tokens: AsyncIterable<Token>,
  { round, pause }: { readonly round: Round; readonly pause: Pause },
): AsyncGenerator<Token, void> {
  let entered = false
  try {
    for await (const token of tokens) {
      if (!entered) round.enter()
      entered = true
      yield token
      const pausing = pause.wait()
      if (pausing) await pausing
      const others = round.next()
      if (others) await others
    }
  } finally {
    if (entered) round.leave()
  }
}

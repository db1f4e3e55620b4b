/**
 * The library computes batch after batch under one lock for as long as each text asks for its next token at once. Going back in
 * a text needs that lock, too: a new chat would wait until every other one has ended. So those that write let it pass.
 */
export class Pause {
  readonly #works = new Set<Promise<unknown>>()

  /** Does what needs the lock; whoever writes waits before its next token. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    const done = work()
    this.#works.add(done)
    try {
      return await done
    } finally {
      this.#works.delete(done)
    }
  }

  /** @returns `undefined` where there is nothing to wait for: asked before each token, and nearly always so. */
  wait(): Promise<void> | undefined {
    return this.#works.size === 0 ? undefined : this.#ended()
  }

  async #ended(): Promise<void> {
    while (this.#works.size > 0) await Promise.allSettled(this.#works)
  }
}

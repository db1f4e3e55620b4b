import type { Header } from './header.ts'

const KEPT = 2_000

/** Hashes of the blocks that passed by, so that looking back costs no request. */
export class SeenBlocks {
  readonly #hashes = new Map<number, string>()
  /** The highest block of which it is certain that it is final, and with it what is kept below. */
  #certain = -1

  add({ number, hash, parentHash }: Header): void {
    const known = this.#hashes.get(number - 1)
    // Another branch won: what lies below its parent is not known any more.
    if (known !== undefined && known !== parentHash) this.#hashes.clear()
    // Blocks passed by unseen, while the socket was down for instance: another branch may have won among them.
    if (known === undefined) this.#forgetAbove(this.#certain)
    this.#forgetAbove(number)
    if (number > 0) this.#hashes.set(number - 1, parentHash)
    this.#hashes.set(number, hash)
    this.#hashes.delete(number - KEPT)
  }

  /** What is final is certain: where another block passed by under this number, what is kept of its branch goes. */
  final({ number, hash }: Pick<Header, 'number' | 'hash'>): void {
    const known = this.#hashes.get(number)
    if (known !== undefined && known !== hash) this.#hashes.clear()
    // Not seen itself: nothing says that what was kept between leads to it.
    if (known === undefined)
      for (const at of this.#hashes.keys()) if (at > this.#certain && at < number) this.#hashes.delete(at)
    if (number <= this.#certain) return
    this.#certain = number
    this.#hashes.set(number, hash)
  }

  hash(number: number): string | undefined {
    return this.#hashes.get(number)
  }

  #forgetAbove(block: number): void {
    for (const above of this.#hashes.keys()) if (above > block) this.#hashes.delete(above)
  }
}

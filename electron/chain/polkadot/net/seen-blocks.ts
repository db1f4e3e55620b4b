import type { Header } from './header.ts'

const KEPT = 2_000

/** Hashes of the blocks that passed by, so that looking back costs no request. */
export class SeenBlocks {
  readonly #hashes = new Map<number, string>()

  add({ number, hash, parentHash }: Header): void {
    const known = this.#hashes.get(number - 1)
    // Another branch won: what lies below its parent is not known any more.
    if (known !== undefined && known !== parentHash) this.#hashes.clear()
    for (const above of this.#hashes.keys()) if (above > number) this.#hashes.delete(above)
    if (number > 0) this.#hashes.set(number - 1, parentHash)
    this.#hashes.set(number, hash)
    this.#hashes.delete(number - KEPT)
  }

  /** What is final is certain: where another block passed by under this number, what is kept of its branch goes. */
  final({ number, hash }: Pick<Header, 'number' | 'hash'>): void {
    const known = this.#hashes.get(number)
    if (known !== undefined && known !== hash) this.#hashes.clear()
  }

  hash(number: number): string | undefined {
    return this.#hashes.get(number)
  }
}

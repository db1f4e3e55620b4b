import type { Header } from './header.ts'

export interface Block {
  readonly hash: string
  readonly header: Header
  /** Milliseconds since 1970 of its inherent; 0 for block 0. */
  readonly timestampMs: number
  /** With their length prefix, as `chain_getBlock` shows them. */
  readonly extrinsics: readonly Uint8Array[]
}

/** Birth hashes of mortal transactions go back 4,096 blocks at most (`System.BlockHashCount`). */
export const KEEP_HASHES = 4_096

/** Recent blocks by number and hash; the hashes are kept longer than the bodies, that of block 0 for ever. */
export class BlockStore {
  readonly #blocks = new Map<number, Block>()
  readonly #hashes = new Map<number, string>()
  readonly #numbers = new Map<string, number>()
  readonly #keepBlocks: number
  #best: Block

  constructor(first: Block, keepBlocks: number) {
    this.#keepBlocks = keepBlocks
    this.#best = first
    this.add(first)
  }

  get best(): Block {
    return this.#best
  }

  add(block: Block): void {
    const { number } = block.header
    this.#blocks.set(number, block)
    this.rememberHash(number, block.hash)
    this.#best = block
    this.#blocks.delete(number - this.#keepBlocks)
    const forgotten = number - KEEP_HASHES - this.#keepBlocks
    if (forgotten <= 0) return
    const hash = this.#hashes.get(forgotten)
    this.#hashes.delete(forgotten)
    if (hash !== undefined) this.#numbers.delete(hash)
  }

  /** Forgets the best block; its parent, which must be kept, is the best one then. */
  takeBack(): void {
    const { hash, header } = this.#best
    const parent = this.blockOf(header.parentHash)
    if (!parent) throw new Error(`the parent of block ${header.number} is not kept`)
    this.#blocks.delete(header.number)
    this.#hashes.delete(header.number)
    this.#numbers.delete(hash)
    this.#best = parent
  }

  rememberHash(number: number, hash: string): void {
    this.#hashes.set(number, hash)
    this.#numbers.set(hash, number)
  }

  hashOf(number: number): string | undefined {
    return this.#hashes.get(number)
  }

  numberOf(hash: string): number | undefined {
    return this.#numbers.get(hash)
  }

  blockOf(hash: string): Block | undefined {
    const number = this.#numbers.get(hash)
    return number === undefined ? undefined : this.#blocks.get(number)
  }

  /** The hashes still known, for a snapshot. */
  hashes(): readonly (readonly [number, string])[] {
    return [...this.#hashes]
  }
}

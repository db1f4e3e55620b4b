import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { Range } from './ranges.ts'

/** Hashes of a file's pieces, which all have the same length but the last. */
export interface Pieces {
  readonly lengthBytes: number
  /** Lower-case hex, in order. */
  readonly sha256: readonly string[]
}

export interface Checked {
  /** Lower-case hex of the whole file. */
  readonly sha256: string
  /** Pieces whose hash is another one; empty where no pieces are known. */
  readonly wrong: readonly Range[]
}

export interface CheckOptions {
  readonly onProgress: (bytes: number) => void
  readonly signal: AbortSignal
}

/** Compares piece after piece while the file passes. */
class PieceCheck {
  readonly wrong: Range[] = []
  readonly #pieces: Pieces
  #hash: Hash = createHash('sha256')
  #inPiece = 0
  #at = 0

  constructor(pieces: Pieces) {
    this.#pieces = pieces
  }
  update(chunk: Buffer): void {
    for (let taken = 0; taken < chunk.length; ) {
      const now = chunk.subarray(taken, taken + this.#pieces.lengthBytes - this.#inPiece)
      this.#hash.update(now)
      taken += now.length
      this.#inPiece += now.length
      if (this.#inPiece === this.#pieces.lengthBytes) this.end()
    }
  }
  end(): void {
    if (this.#inPiece === 0) return
    const expected = this.#pieces.sha256[this.#at / this.#pieces.lengthBytes]
    if (this.#hash.digest('hex') !== expected) this.wrong.push([this.#at, this.#at + this.#inPiece])
    this.#hash = createHash('sha256')
    this.#at += this.#inPiece
    this.#inPiece = 0
  }
}

/** Reads a file once for its hash and those of its pieces. @throws what reading throws, also when it is aborted */
export async function checkFile(file: string, pieces: Pieces | undefined, options: CheckOptions): Promise<Checked> {
  const whole = createHash('sha256')
  const parts = pieces && new PieceCheck(pieces)
  let read = 0
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 ** 2, signal: options.signal })) {
    whole.update(chunk)
    parts?.update(chunk)
    read += chunk.length
    options.onProgress(read)
  }
  parts?.end()
  return { sha256: whole.digest('hex'), wrong: parts?.wrong ?? [] }
}

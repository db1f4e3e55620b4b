/** Bytes before each message: its length, big-endian. */
const HEAD_BYTES = 4

/** @throws where it has no JSON, or is longer than the other side takes */
export function writeFrame(message: unknown, mostBytes: number): Buffer {
  const body = Buffer.from(JSON.stringify(message))
  if (body.length > mostBytes) throw new RangeError(`a message of ${body.length} bytes`)
  const head = Buffer.alloc(HEAD_BYTES)
  head.writeUInt32BE(body.length)
  return Buffer.concat([head, body])
}

/** Puts messages together from whatever pieces come. A length above the most ends it at once, before any of it is kept. */
export class FrameReader {
  readonly #mostBytes: number
  #pieces: Buffer[] = []
  #held = 0
  /** Absent: its length is not known yet. */
  #awaited: number | undefined
  #broken = false

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes
  }

  /** A message has begun and is not whole. */
  isMidway(): boolean {
    return this.#held > 0 || this.#awaited !== undefined
  }

  /** @returns the messages that are whole now; `undefined`: what comes is none of ours, now and from now on */
  take(piece: Buffer): readonly unknown[] | undefined {
    if (this.#broken) return undefined
    this.#pieces.push(piece)
    this.#held += piece.length
    const messages: unknown[] = []
    try {
      while (this.#held >= (this.#awaited ?? HEAD_BYTES)) {
        if (this.#awaited === undefined) this.#awaited = this.#lengthFrom(this.#cut(HEAD_BYTES))
        else {
          messages.push(JSON.parse(this.#cut(this.#awaited).toString('utf8')))
          this.#awaited = undefined
        }
      }
      return messages
    } catch {
      this.#broken = true
      this.#pieces = []
      return undefined
    }
  }

  #lengthFrom(head: Buffer): number {
    const length = head.readUInt32BE()
    if (length === 0 || length > this.#mostBytes) throw new RangeError('length')
    return length
  }

  #cut(bytes: number): Buffer {
    const [first] = this.#pieces
    const all = this.#pieces.length === 1 && first ? first : Buffer.concat(this.#pieces)
    const rest = all.subarray(bytes)
    this.#pieces = rest.length > 0 ? [rest] : []
    this.#held = rest.length
    return all.subarray(0, bytes)
  }
}

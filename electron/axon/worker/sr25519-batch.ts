import { randomBytes } from 'node:crypto'
import { SR25519_PROGRAM } from './sr25519-program.ts'

/** Checked together in one turn of the event loop: some 3 ms, after which the sockets are looked at again. */
const MOST_TOGETHER = 64
const KEY_BYTES = 32
const SIGNATURE_BYTES = 64
/** What each signature counts for in the sum of a batch: nobody outside can know it. */
const WEIGHT_BYTES = 16
/** Weight, key, signature, and the length of the text. */
const FIXED_BYTES = WEIGHT_BYTES + KEY_BYTES + SIGNATURE_BYTES + 4
/** Of one UTF-16 unit in UTF-8, at most. */
const BYTES_OF_LETTER = 3

/** What `sr25519/src/lib.rs` exports; it imports nothing. */
interface Program {
  readonly memory: { readonly buffer: ArrayBuffer }
  /** Where the next input of that many bytes goes. */
  room(bytes: number): number
  /** Puts a verdict, 1 or 0, in the place of each of the first `count` bytes. */
  check(count: number): void
}

interface Signed {
  /** 32 bytes. */
  readonly key: Uint8Array
  readonly text: string
  readonly signature: Uint8Array
}

interface Asked extends Signed {
  readonly tell: (good: boolean) => void
}

const encoder = new TextEncoder()

/** Node has it; the types of Node do not. */
const { Instance, Module } = (
  globalThis as unknown as {
    readonly WebAssembly: {
      readonly Module: new (bytes: Uint8Array) => object
      readonly Instance: new (module: object) => { readonly exports: object }
    }
  }
).WebAssembly

/** The cast: the program is built with this file. */
const start = (): Program =>
  new Instance(new Module(Buffer.from(SR25519_PROGRAM, 'base64'))).exports as unknown as Program

/**
 * Checks sr25519 signatures, those of one turn of the event loop together: sixteen at once cost a quarter of what they cost
 * one by one. A wrong one among them has each looked at by itself, so that it is the only one that is refused.
 */
export class Sr25519Batch {
  readonly #program = start()
  #waiting: Asked[] = []

  /** Alone and at once. */
  check(signed: Signed): boolean {
    return this.#verdicts([signed])[0] === true
  }

  /**
   * With what else comes in this turn and in the next: while one turn's requests are read, others come, and twice as many at
   * once cost a third less each. Nobody waits for that: the next turn only takes what is there already.
   */
  checkSoon(signed: Signed): Promise<boolean> {
    return new Promise((tell) => {
      if (this.#waiting.push({ ...signed, tell }) === 1) setImmediate(() => setImmediate(() => this.#next()))
    })
  }

  #next(): void {
    const now = this.#waiting.slice(0, MOST_TOGETHER)
    this.#waiting = this.#waiting.slice(MOST_TOGETHER)
    // Before the verdicts: whoever hears one may ask for another.
    if (this.#waiting.length > 0) setImmediate(() => this.#next())
    const verdicts = this.#verdicts(now)
    for (const [i, { tell }] of now.entries()) tell(verdicts[i] === true)
  }

  /** A signature of another length than 64 is wrong, and so is a key of another than 32. */
  #verdicts(list: readonly Signed[]): readonly boolean[] {
    const readable = list.filter(
      ({ key, signature }) => key.length === KEY_BYTES && signature.length === SIGNATURE_BYTES,
    )
    const most = readable.reduce((sum, { text }) => sum + FIXED_BYTES + text.length * BYTES_OF_LETTER, 0)
    const at = this.#program.room(most)
    // The memory may have grown, and an old view of it is empty then.
    const bytes = new Uint8Array(this.#program.memory.buffer, at, most)
    const numbers = new DataView(this.#program.memory.buffer, at, most)
    const weights = randomBytes(WEIGHT_BYTES * readable.length)
    let next = 0
    for (const [i, { key, text, signature }] of readable.entries()) {
      bytes.set(weights.subarray(i * WEIGHT_BYTES, (i + 1) * WEIGHT_BYTES), next)
      bytes.set(key, next + WEIGHT_BYTES)
      bytes.set(signature, next + WEIGHT_BYTES + KEY_BYTES)
      const { written } = encoder.encodeInto(text, bytes.subarray(next + FIXED_BYTES))
      numbers.setUint32(next + FIXED_BYTES - 4, written, true)
      next += FIXED_BYTES + written
    }
    this.#program.check(readable.length)
    const verdicts = new Uint8Array(this.#program.memory.buffer, at, readable.length)
    const found = new Set(readable.filter((_, i) => verdicts[i] === 1))
    return list.map((signed) => found.has(signed))
  }
}

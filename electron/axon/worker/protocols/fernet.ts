import { createCipheriv, createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto'

/** A text sealed with a Fernet key, opened. */
export interface Unsealed {
  /** What the sender's clock said, whole seconds since 1970. */
  readonly sealedAtSeconds: number
  readonly plain: Uint8Array
  /** Names this very token: nobody without the key can make another one. Hex. */
  readonly tag: string
}

const VERSION = 0x80
const HEAD = 9
const IV = 16
const BLOCK = 16
const TAG = 32
const TOKEN = /^[\w-]+={0,2}$/

/**
 * AES-128-CBC and HMAC-SHA256 over all of it; the HMAC is checked before anything is decrypted.
 * @source https://github.com/fernet/spec
 */
export class Fernet {
  readonly #signing: Uint8Array
  readonly #encryption: Uint8Array

  /** @param key  32 bytes: half signs, half encrypts */
  constructor(key: Uint8Array) {
    if (key.length !== 32) throw new RangeError('a Fernet key has 32 bytes')
    this.#signing = key.slice(0, 16)
    this.#encryption = key.slice(16)
  }

  /** @returns `undefined` for whatever this key did not seal */
  open(token: string): Unsealed | undefined {
    if (!TOKEN.test(token)) return undefined
    const bytes = Buffer.from(token, 'base64url')
    const cipherLength = bytes.length - HEAD - IV - TAG
    if (cipherLength < BLOCK || cipherLength % BLOCK !== 0 || bytes[0] !== VERSION) return undefined
    const signed = bytes.subarray(0, -TAG)
    const tag = bytes.subarray(-TAG)
    if (!timingSafeEqual(tag, this.#tagOf(signed))) return undefined
    const decipher = createDecipheriv('aes-128-cbc', this.#encryption, bytes.subarray(HEAD, HEAD + IV))
    try {
      const plain = Buffer.concat([decipher.update(signed.subarray(HEAD + IV)), decipher.final()])
      return { sealedAtSeconds: Number(bytes.readBigUInt64BE(1)), plain, tag: tag.toString('hex') }
    } catch {
      // Its owner signed what is no whole text.
      return undefined
    }
  }

  /** @param iv  16 random bytes, never used twice with this key */
  seal(plain: Uint8Array, nowMs: number, iv: Uint8Array): string {
    const head = Buffer.alloc(HEAD)
    head[0] = VERSION
    head.writeBigUInt64BE(BigInt(Math.floor(nowMs / 1000)), 1)
    const cipher = createCipheriv('aes-128-cbc', this.#encryption, iv)
    const signed = Buffer.concat([head, iv, cipher.update(plain), cipher.final()])
    const token = Buffer.concat([signed, this.#tagOf(signed)]).toString('base64url')
    // With the padding that base64url in Node leaves out and Python asks for.
    return token.padEnd(Math.ceil(token.length / 4) * 4, '=')
  }

  #tagOf(signed: Uint8Array): Uint8Array {
    return createHmac('sha256', this.#signing).update(signed).digest()
  }
}

/** The key in its usual writing; `undefined` for anything else. */
export function fernetKeyOf(text: Uint8Array): Fernet | undefined {
  const written = Buffer.from(text).toString('latin1')
  return /^[\w-]{43}=$/.test(written) ? new Fernet(Buffer.from(written, 'base64url')) : undefined
}

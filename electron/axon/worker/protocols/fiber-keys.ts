import { constants, generateKeyPairSync, type KeyObject, privateDecrypt } from 'node:crypto'
import { type Fernet, fernetKeyOf } from './fernet.ts'

/** How long a key may be used after it was agreed on, ms. @source the miner of Loosh, `fiber_key_ttl_seconds` */
export const KEY_LIFE_MS = 3_600_000
/** Of one caller: it agrees on one for each of its processes, and anew when it starts again. */
const MOST_OF_CALLER = 8
/** In all; validators of a subnet are at most 64. */
const MOST = 512

interface Agreed {
  readonly fernet: Fernet
  readonly untilMs: number
}

const nameOf = (caller: string, uuid: string): string => `${caller}/${uuid}`

/**
 * Keys that callers agreed on with us. They and the RSA key that carries them are made in this process and end with it: none
 * of them is a key of a wallet.
 */
export class FiberKeys {
  /** PEM. */
  readonly publicKey: string
  readonly #privateKey: KeyObject
  /** Oldest first. */
  readonly #agreed = new Map<string, Agreed>()

  constructor() {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    this.publicKey = publicKey.export({ type: 'spki', format: 'pem' }).toString()
    this.#privateKey = privateKey
  }

  /** @param sealed  the caller's key, encrypted to ours. @returns false where it is none */
  agree(caller: string, uuid: string, { sealed, nowMs }: { sealed: Uint8Array; nowMs: number }): boolean {
    const fernet = this.#keyIn(sealed)
    if (!fernet) return false
    this.#forget(caller, nowMs)
    const name = nameOf(caller, uuid)
    this.#agreed.delete(name)
    this.#agreed.set(name, { fernet, untilMs: nowMs + KEY_LIFE_MS })
    return true
  }

  get(caller: string, uuid: string, nowMs: number): Fernet | undefined {
    const agreed = this.#agreed.get(nameOf(caller, uuid))
    return agreed && agreed.untilMs > nowMs ? agreed.fernet : undefined
  }

  #keyIn(sealed: Uint8Array): Fernet | undefined {
    const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }
    try {
      return fernetKeyOf(privateDecrypt({ key: this.#privateKey, ...padding }, sealed))
    } catch {
      // Encrypted to another key, as after a new start of ours.
      return undefined
    }
  }

  /** Makes room: what is over, then the oldest of this caller, then the oldest of all. */
  #forget(caller: string, nowMs: number): void {
    for (const [name, { untilMs }] of this.#agreed) if (untilMs <= nowMs) this.#agreed.delete(name)
    const own = [...this.#agreed.keys()].filter((name) => name.startsWith(nameOf(caller, '')))
    for (const name of own.slice(0, Math.max(0, own.length - MOST_OF_CALLER + 1))) this.#agreed.delete(name)
    const [oldest] = this.#agreed.keys()
    if (this.#agreed.size >= MOST && oldest !== undefined) this.#agreed.delete(oldest)
  }
}

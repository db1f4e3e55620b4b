import { constants, publicEncrypt, randomBytes, randomUUID } from 'node:crypto'
import { Fernet } from '../../electron/axon/worker/protocols/fernet.ts'
import { type TestKey, VALIDATOR } from './axon-harness.ts'

/** What a handshake sends, and the key that it offers. */
export interface Shake {
  readonly uuid: string
  readonly fernet: Fernet
  readonly body: Readonly<Record<string, unknown>>
}

export interface ShakeOptions {
  readonly key?: TestKey
  /** Seconds since 1970. */
  readonly timestamp?: number
  /** As the sender's language writes it. */
  readonly timestampText?: string
  readonly nonce?: string
  readonly uuid?: string
  /** What is encrypted in place of a key. */
  readonly secret?: string
}

/** As a validator of Loosh makes it, except where told otherwise. @param publicKey  of the miner, PEM */
export function shake(publicKey: string, options: ShakeOptions = {}): Shake {
  const { key = VALIDATOR, timestamp = Date.now() / 1000, nonce = randomUUID(), uuid = randomUUID() } = options
  const raw = randomBytes(32)
  const written = raw.toString('base64url').padEnd(44, '=')
  const sealed = publicEncrypt(
    { key: publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
    Buffer.from(options.secret ?? written),
  )
  const body = {
    encrypted_symmetric_key: sealed.toString('hex'),
    symmetric_key_uuid: uuid,
    timestamp,
    nonce,
    signature: key.sign(`${options.timestampText ?? timestamp}.${nonce}.${key.address}`),
    validator_hotkey_ss58: key.address,
  }
  return { uuid, fernet: new Fernet(raw), body }
}

export const sealed = ({ fernet }: Shake, challenge: unknown, nowMs = Date.now()): string =>
  fernet.seal(Buffer.from(JSON.stringify(challenge)), nowMs, randomBytes(16))

export const fiberHeaders = ({ uuid }: Shake, key: TestKey = VALIDATOR): Record<string, string> => ({
  'content-type': 'application/octet-stream',
  'x-fiber-validator-hotkey-ss58': key.address,
  'x-fiber-symmetric-key-uuid': uuid,
})

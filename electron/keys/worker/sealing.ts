import type { AppError } from '../../../shared/errors.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { NewFormat } from '../wallet-operations.port.ts'
import type { TypedPassword } from '../wire-parts.ts'
import { writeKeyJson } from './key-json.ts'
import type { KeySource } from './key-source.ts'
import { deriveKey, type KdfCost, sealWith } from './nacl-keyfile.ts'

/** btwallet demands 6; the salt of its format is the same for everybody, so a little more is asked for here. */
const MINIMUM_PASSWORD_LENGTH = 8

export interface Sealing {
  readonly password: TypedPassword
  readonly format: NewFormat
}

/** @errors keys/weak-password: too short, or one character again and again. */
export function passwordError({ trimmed }: TypedPassword): AppError | undefined {
  const text = new TextDecoder().decode(trimmed)
  const weak = [...text].length < MINIMUM_PASSWORD_LENGTH || new Set(text).size < 2
  return weak ? { code: 'keys/weak-password', minimumLength: MINIMUM_PASSWORD_LENGTH } : undefined
}

/** Encrypts keys for the disk. */
export class Sealer {
  constructor(cost?: KdfCost) {
    void cost
  }

  /** @errors keys/weak-password, keys/not-enough-memory */
  async seal(source: KeySource, { password, format }: Sealing): Promise<Result<Uint8Array, AppError>> {
    const weak = passwordError(password)
    if (weak) return err(weak)
    void format
    const key = await deriveKey(password.trimmed)
    if (!key.ok) return key
    const plain = writeKeyJson(source)
    const sealed = sealWith(key.value, plain)
    key.value.fill(0)
    plain.fill(0)
    return ok(sealed)
  }
}

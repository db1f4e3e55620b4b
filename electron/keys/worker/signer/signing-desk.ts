import type { AppError } from '../../../../shared/errors.ts'
import { err, ok, type Result } from '../../../../shared/result.ts'
import type { SignRequest } from '../../keys.port.ts'
import { signPayload } from '../keypair.ts'
import { intentDifference } from './intent-check.ts'
import type { KeySource } from './key-source.ts'

/** Where every request for a signature ends: reads the bytes, compares, and only then asks for the key. */
export class SigningDesk {
  readonly #keys: KeySource

  constructor(keys: KeySource) {
    this.#keys = keys
  }

  async sign(request: SignRequest): Promise<Result<Uint8Array, AppError>> {
    const what = intentDifference(request.payload, request.intent, request.signer)
    if (what) return err({ code: 'keys/intent-differs', what })
    const key = await this.#keys.keyFor(request.wallet, request.signer)
    if (!key.ok) return key
    try {
      return ok(signPayload(key.value.pair, request.payload))
    } finally {
      key.value.release()
    }
  }
}

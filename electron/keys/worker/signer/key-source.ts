import type { AppError } from '../../../../shared/errors.ts'
import type { Result } from '../../../../shared/result.ts'
import type { Signer } from '../../keys.port.ts'
import type { Keypair } from '../keypair.ts'

/** A key for one signature. `release` wipes it where it was opened for this signature only. */
export interface LentKey {
  readonly pair: Keypair
  release(): void
}

/** Where the signer gets its keys: the vault, seen from here. */
export interface KeySource {
  /** @errors keys/locked, keys/unknown-wallet, keys/unknown-hotkey, keys/keyfile-missing, keys/unsupported */
  keyFor(wallet: string, signer: Signer): Promise<Result<LentKey, AppError>>
}

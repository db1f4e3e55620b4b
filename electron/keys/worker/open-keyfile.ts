import type { AppError } from '../../../shared/errors.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { readKeyJson } from './key-json.ts'
import type { Keypair } from './keypair.ts'
import { deriveKey, isNacl, isTruncated, type KdfCost, MODERATE_COST, openWith, STANDARD_COST } from './nacl-keyfile.ts'
import { isEncrypted } from './wallet-folder.ts'

/** What a person typed, as UTF-8. The caller wipes it. */
export interface Password {
  readonly trimmed: Uint8Array
  /** Present when trimming changed it. */
  readonly untrimmed?: Uint8Array
}

/**
 * Opens a coldkey file.
 *
 * btwallet trims passwords, so that form is tried first; then what was typed; then the cheaper cost that another program
 * writes under the same magic. A wrong password therefore costs a little more time than a right one.
 * @errors keys/wrong-password, keys/keyfile-broken, keys/unsupported, keys/not-enough-memory
 */
export async function openKeyfile(
  file: Uint8Array,
  name: string,
  password: Password,
): Promise<Result<Keypair, AppError>> {
  if (!isEncrypted(file)) return readKeyJson(file, name)
  if (!isNacl(file)) return err({ code: 'keys/unsupported', what: 'key file format before $NACL' })
  if (isTruncated(file)) return err({ code: 'keys/keyfile-broken', file: name, reason: 'truncated' })
  const guesses: [Uint8Array, KdfCost][] = [[password.trimmed, STANDARD_COST]]
  if (password.untrimmed) guesses.push([password.untrimmed, STANDARD_COST])
  guesses.push([password.trimmed, MODERATE_COST])
  for (const [bytes, cost] of guesses) {
    const plain = await tryPassword(file, bytes, cost)
    if (!plain.ok) return plain
    if (!plain.value) continue
    const pair = readKeyJson(plain.value, name)
    plain.value.fill(0)
    return pair
  }
  return err({ code: 'keys/wrong-password' })
}

async function tryPassword(
  file: Uint8Array,
  password: Uint8Array,
  cost: KdfCost,
): Promise<Result<Uint8Array | undefined, AppError>> {
  const key = await deriveKey(password, cost)
  if (!key.ok) return key
  const plain = openWith(key.value, file)
  key.value.fill(0)
  return ok(plain)
}

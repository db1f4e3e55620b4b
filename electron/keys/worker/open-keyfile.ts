import type { AppError } from '../../../shared/errors.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { readKeyJson } from './key-json.ts'
import type { Keypair } from './keypair.ts'
import { isAnsible, isFernet, openAnsible, openFernet } from './legacy-keyfile.ts'
import { deriveKey, isTruncated, type KdfCost, MODERATE_COST, openWith, STANDARD_COST } from './nacl-keyfile.ts'
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
 * @errors keys/wrong-password, keys/keyfile-broken, keys/unsupported (post-quantum accounts), keys/not-enough-memory
 */
export async function openKeyfile(
  file: Uint8Array,
  name: string,
  password: Password,
): Promise<Result<Keypair, AppError>> {
  if (!isEncrypted(file)) return readKeyJson(file, name)
  const legacy = legacyOpener(file)
  if (legacy) return openLegacy(file, { name, password, open: legacy })
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

type Opener = (file: Uint8Array, password: Uint8Array) => Promise<Uint8Array | undefined>

function legacyOpener(file: Uint8Array): Opener | undefined {
  if (isAnsible(file)) return openAnsible
  return isFernet(file) ? openFernet : undefined
}

async function openLegacy(
  file: Uint8Array,
  how: { readonly name: string; readonly password: Password; readonly open: Opener },
): Promise<Result<Keypair, AppError>> {
  const { trimmed, untrimmed } = how.password
  const plain = (await how.open(file, trimmed)) ?? (untrimmed && (await how.open(file, untrimmed)))
  if (!plain) return err({ code: 'keys/wrong-password' })
  const pair = readKeyJson(plain, how.name)
  plain.fill(0)
  return pair
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

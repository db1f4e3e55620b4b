import type { AppError } from '../../../shared/errors.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { KdfCost, OnProgress } from './argon.ts'
import { readKeySource, writeKeyJson } from './key-json.ts'
import type { KeySource } from './key-source.ts'
import type { Keypair } from './keypair.ts'
import { isAnsible, isFernet, openAnsible, openFernet } from './legacy-keyfile.ts'
import { deriveKey, isNacl, isTruncated, MODERATE_COST, openWith, STANDARD_COST, sealWith } from './nacl-keyfile.ts'
import { isVaultFile, openVaultFile } from './vault-file.ts'

/** What a person typed, as UTF-8. The caller wipes it. */
export interface Password {
  readonly trimmed: Uint8Array
  /** Present when trimming changed it. */
  readonly untrimmed?: Uint8Array
}

/** Takes its guesses all, also after one was right: so a wrong password takes as long as a right one. */
type Opener = (file: Uint8Array, password: Password, onProgress?: OnProgress) => Promise<Opened>
type Opened = Result<Uint8Array | undefined, AppError>

/**
 * Opens a coldkey or hotkey file of any format with all that it holds. A plain file opens with any password.
 *
 * @param onProgress share of the work, 0 to 1; by the clock.
 * @returns the caller wipes it.
 * @errors keys/wrong-password, keys/keyfile-broken, keys/unsupported (post-quantum accounts), keys/not-enough-memory
 */
export async function openKeySource(
  file: Uint8Array,
  name: string,
  { onProgress, ...password }: Password & { readonly onProgress?: OnProgress },
): Promise<Result<KeySource, AppError>> {
  if (isVaultFile(file)) return openOwn(file, name, { password, ...(onProgress ? { onProgress } : {}) })
  const open = openerOf(file)
  if (!open) return readKeySource(file, name)
  if (open === openNacl && isTruncated(file))
    return err({ code: 'keys/keyfile-broken', file: name, reason: 'truncated' })
  const plain = await open(file, password, onProgress)
  if (!plain.ok) return plain
  if (!plain.value) return err({ code: 'keys/wrong-password' })
  const source = readKeySource(plain.value, name)
  plain.value.fill(0)
  return source
}

/** The pair of {@link openKeySource} alone. */
export async function openKeyfile(
  file: Uint8Array,
  name: string,
  password: Password & { readonly onProgress?: OnProgress },
): Promise<Result<Keypair, AppError>> {
  const source = await openKeySource(file, name, password)
  if (!source.ok) return source
  source.value.seed?.fill(0)
  return ok(source.value.pair)
}

/**
 * Writes a coldkey or hotkey as btwallet does: Argon2i with 512 MiB and a salt that is the same for everybody.
 * @errors keys/not-enough-memory
 */
export async function sealNaclKeyfile(
  source: KeySource,
  password: Uint8Array,
  onProgress?: OnProgress,
): Promise<Result<Uint8Array, AppError>> {
  const key = await deriveKey(password, STANDARD_COST, onProgress ? { onProgress } : {})
  if (!key.ok) return key
  const plain = writeKeyJson(source)
  const file = sealWith(key.value, plain)
  plain.fill(0)
  key.value.fill(0)
  return ok(file)
}

function openerOf(file: Uint8Array): Opener | undefined {
  if (isNacl(file)) return openNacl
  if (isAnsible(file)) return openLegacy(openAnsible)
  return isFernet(file) ? openLegacy(openFernet) : undefined
}

/** We trim every password that we write with, so there is one guess. */
async function openOwn(
  file: Uint8Array,
  name: string,
  { password, onProgress }: { readonly password: Password; readonly onProgress?: OnProgress },
): Promise<Result<KeySource, AppError>> {
  const content = await openVaultFile(file, name, {
    password: password.trimmed,
    ...(onProgress ? { onProgress } : {}),
  })
  return content.ok ? ok(content.value.source) : content
}

const openLegacy =
  (open: (file: Uint8Array, password: Uint8Array) => Promise<Uint8Array | undefined>): Opener =>
  async (file, { trimmed, untrimmed }) => {
    const first = await open(file, trimmed)
    const second = untrimmed && (await open(file, untrimmed))
    if (first) second?.fill(0)
    return ok(first ?? second)
  }

/**
 * btwallet trims passwords; older files were written with what was typed; and one other program writes a cheaper cost
 * under the same magic, for which nothing in the file speaks. The cheap guess adds a fifth to the time.
 */
async function openNacl(file: Uint8Array, password: Password, onProgress?: OnProgress): Promise<Opened> {
  const guesses: (readonly [Uint8Array, KdfCost])[] = [
    [password.trimmed, MODERATE_COST],
    ...(password.untrimmed ? ([[password.untrimmed, STANDARD_COST]] as const) : []),
    [password.trimmed, STANDARD_COST],
  ]
  const whole = guesses.reduce((sum, [, cost]) => sum + cost.passes * cost.memoryKib, 0)
  let done = 0
  let found: Uint8Array | undefined
  for (const [bytes, cost] of guesses) {
    const steps = cost.passes * cost.memoryKib
    const before = done
    const report = onProgress && ((share: number) => onProgress((before + share * steps) / whole))
    const key = await deriveKey(bytes, cost, report ? { onProgress: report } : {})
    // A file of the cheap kind opens on a computer that has not the memory for the other.
    if (!key.ok) return found ? ok(found) : key
    const plain = openWith(key.value, file)
    key.value.fill(0)
    done += steps
    found = found ?? plain
  }
  return ok(found)
}

import { rename, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { AppError } from '../../../shared/errors.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { type PublicPart, writePublicJson } from './key-json.ts'
import { publicKeyOf } from './keypair.ts'
import { codeOf, exists, syncFolder, writeError, writeNewFile } from './safe-file.ts'
import { HOTKEYS, isNameTaken, PUBLIC_SUFFIX, readKeyfile } from './wallet-folder.ts'

// A key file and its public part are two files, and no call writes both at once. The order below keeps one promise: at
// every instant each key file stands beside its public part, so that a sealed hotkey is never without its address.

export interface HotkeyContent {
  readonly keyfile: Uint8Array | undefined
  readonly publicFile: Uint8Array | undefined
}

/** The public file of an address. `undefined` when it is none. */
export function publicFileOf({ address, cryptoType }: PublicPart): Uint8Array | undefined {
  const publicKey = publicKeyOf(address)
  return publicKey && writePublicJson({ publicKey, cryptoType, secretKey: new Uint8Array(0) })
}

/**
 * Writes a hotkey into a wallet folder, never over another one.
 * @errors keys/name-taken, keys/keyfile-missing, storage/…
 */
export async function placeHotkey(
  wallet: string,
  name: string,
  { keyfile, publicFile }: HotkeyContent,
): Promise<Result<void, AppError>> {
  const folder = join(wallet, HOTKEYS)
  const path = join(folder, name)
  if (!keyfile) return err({ code: 'keys/keyfile-missing', file: path })
  if (await isNameTaken(folder, name)) return err({ code: 'keys/name-taken', name })
  if (publicFile) {
    const written = await placePublic(`${path}${PUBLIC_SUFFIX}`, publicFile)
    if (!written.ok) return written
  }
  return writeNewFile(path, keyfile)
}

/** Gives a hotkey another name. @errors keys/name-taken, storage/… */
export async function moveHotkey(from: string, to: string): Promise<Result<void, AppError>> {
  const [publicFrom, publicTo] = [`${from}${PUBLIC_SUFFIX}`, `${to}${PUBLIC_SUFFIX}`]
  try {
    // Only the case differs: some file systems take both names for the same file.
    if (from.toLowerCase() === to.toLowerCase()) await rename(publicFrom, publicTo).catch(ignoreMissing)
    else {
      const known = await readKeyfile(publicFrom)
      const written = known.ok && known.value ? await placePublic(publicTo, known.value) : ok(undefined)
      if (!written.ok) return written
    }
    await rename(from, to)
    if (publicFrom.toLowerCase() !== publicTo.toLowerCase()) await unlink(publicFrom).catch(ignoreMissing)
    await syncFolder(dirname(to))
    return ok(undefined)
  } catch (cause) {
    return err(writeError(cause, to, 0))
  }
}

/**
 * A public part that lies there without a key file comes from an interrupted write, or was only watched: the same one
 * is taken over, another one is set aside under a name that no list shows.
 */
async function placePublic(path: string, content: Uint8Array): Promise<Result<void, AppError>> {
  if (await exists(path)) {
    const there = await readKeyfile(path)
    if (there.ok && there.value && Buffer.from(there.value).equals(content)) return ok(undefined)
    await rename(path, join(dirname(path), `.${basename(path)}.${Date.now().toString(36)}.bak`))
  }
  return writeNewFile(path, content)
}

export function ignoreMissing(cause: unknown): void {
  if (codeOf(cause) !== 'ENOENT') throw cause
}

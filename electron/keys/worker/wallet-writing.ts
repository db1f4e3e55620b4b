import { randomBytes } from 'node:crypto'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { AppError } from '../../../shared/errors.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { exists, syncFolder, writeError, writeNewFile } from './safe-file.ts'
import {
  COLDKEY,
  COLDKEY_PUBLIC,
  type FolderFacts,
  HOTKEYS,
  isNameTaken,
  PUBLIC_SUFFIX,
  readKeyfile,
} from './wallet-folder.ts'

export interface NewFile {
  /** Below the wallet folder, with `/`. */
  readonly path: string
  readonly content: Uint8Array
}

/**
 * Creates a wallet folder whole or not at all: files are written to a hidden folder, which then gets its name.
 * @errors keys/name-taken, storage/disk-full, storage/broken
 */
export async function writeWallet(
  root: string,
  name: string,
  files: readonly NewFile[],
): Promise<Result<void, AppError>> {
  if (await isNameTaken(root, name)) return err({ code: 'keys/name-taken', name })
  const staging = join(root, `.${name}.${randomBytes(6).toString('hex')}.tmp`)
  const target = join(root, name)
  try {
    await mkdir(join(staging, HOTKEYS), { recursive: true, mode: 0o700 })
    for (const file of files) {
      const written = await writeNewFile(join(staging, ...file.path.split('/')), file.content)
      if (!written.ok) return written
    }
    if (await exists(target)) return err({ code: 'keys/name-taken', name })
    await syncFolder(staging)
    await rename(staging, target)
    await syncFolder(root)
    return ok(undefined)
  } catch (cause) {
    return err(
      writeError(
        cause,
        target,
        files.reduce((sum, file) => sum + file.content.length, 0),
      ),
    )
  } finally {
    await rm(staging, { recursive: true, force: true }).catch(() => undefined)
  }
}

/** All files of a wallet folder that belong to a wallet: keys and public parts, bytes unchanged. */
export async function filesOf(facts: FolderFacts): Promise<Result<readonly NewFile[], AppError>> {
  const wanted = [
    COLDKEY,
    COLDKEY_PUBLIC,
    ...facts.hotkeys.flatMap(({ name }) => [`${HOTKEYS}/${name}`, `${HOTKEYS}/${name}${PUBLIC_SUFFIX}`]),
  ]
  const files: NewFile[] = []
  for (const path of wanted) {
    const content = await readKeyfile(join(facts.path, ...path.split('/')))
    if (!content.ok) return content
    if (content.value) files.push({ path, content: content.value })
  }
  return ok(files)
}

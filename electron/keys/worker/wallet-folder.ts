import { type Dirent, constants as fsConstants } from 'node:fs'
import { lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { AppError } from '../../../shared/errors.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { FoundWallet, HotkeyInfo } from '../keys.port.ts'
import { type PublicPart, readKeyJson, readPublicJson } from './key-json.ts'
import { addressOf, wipePair } from './keypair.ts'
import { codeOf, writeError, writeNewFile } from './safe-file.ts'

/** A key file is below 2 KB, a post-quantum one below 16 KB; more is no key file. */
const LARGEST_KEYFILE_BYTES = 65_536

export const COLDKEY = 'coldkey'
export const COLDKEY_PUBLIC = 'coldkeypub.txt'
export const HOTKEYS = 'hotkeys'
const PUBLIC_SUFFIX = 'pub.txt'

/** @returns `undefined` when there is no such file. @errors keys/keyfile-broken */
export async function readKeyfile(path: string): Promise<Result<Uint8Array | undefined, AppError>> {
  const broken = (reason: string) => err({ code: 'keys/keyfile-broken', file: path, reason } as const)
  try {
    const file = await open(path, fsConstants.O_RDONLY)
    try {
      const { size } = await file.stat()
      if (size > LARGEST_KEYFILE_BYTES) return broken('too large for a key file')
      return ok(new Uint8Array(await file.readFile()))
    } finally {
      await file.close()
    }
  } catch (cause) {
    const code = codeOf(cause)
    return code === 'ENOENT' || code === 'ENOTDIR' ? ok(undefined) : broken(code ?? 'unreadable')
  }
}

/** Encrypted in any of the formats; plain files begin with a brace, a hex digit or a word. */
export const isEncrypted = (file: Uint8Array): boolean =>
  /^(\$NACL|\$ANSIBLE_VAULT|gAAAAA)/.test(Buffer.from(file.subarray(0, 16)).toString('latin1'))

async function publicPartAt(publicPath: string, privateFile: Uint8Array | undefined): Promise<PublicPart | undefined> {
  const file = await readKeyfile(publicPath)
  const stated = file.ok && file.value ? readPublicJson(file.value) : undefined
  if (stated || !privateFile || isEncrypted(privateFile)) return stated
  const told = readPublicJson(privateFile)
  if (told) return told
  // Bare seeds and bare words name no address: derive it.
  const pair = readKeyJson(privateFile, publicPath)
  if (!pair.ok) return undefined
  wipePair(pair.value)
  return { address: addressOf(pair.value.publicKey), cryptoType: pair.value.cryptoType }
}

async function entriesOf(path: string): Promise<readonly Dirent[]> {
  return readdir(path, { withFileTypes: true }).catch(() => [])
}

async function hotkeysIn(walletPath: string): Promise<readonly HotkeyInfo[]> {
  const folder = join(walletPath, HOTKEYS)
  const found: HotkeyInfo[] = []
  for (const { name } of await entriesOf(folder)) {
    if (name.startsWith('.') || name.endsWith(PUBLIC_SUFFIX) || /\.(tmp|bak)$/.test(name)) continue
    const file = await readKeyfile(join(folder, name))
    if (!file.ok || !file.value) continue
    const known = await publicPartAt(join(folder, `${name}${PUBLIC_SUFFIX}`), file.value)
    if (known) found.push({ name, address: known.address, encrypted: isEncrypted(file.value) })
    file.value.fill(0)
  }
  return found.sort((a, b) => a.name.localeCompare(b.name))
}

export interface FolderFacts extends FoundWallet {
  readonly public: PublicPart | undefined
}

/** What a wallet folder holds, without any secret. `undefined` when it is no wallet folder. */
export async function describeWallet(path: string): Promise<FolderFacts | undefined> {
  const coldkey = await readKeyfile(join(path, COLDKEY))
  const file = coldkey.ok ? coldkey.value : undefined
  const known = await publicPartAt(join(path, COLDKEY_PUBLIC), file)
  const hotkeys = await hotkeysIn(path)
  if (!file && !known && hotkeys.length === 0) return undefined
  const encrypted = file !== undefined && isEncrypted(file)
  if (!encrypted) file?.fill(0)
  const facts = {
    name: basename(path),
    path,
    address: known?.address,
    watchOnly: file === undefined,
    encrypted,
    hotkeys,
  }
  return { ...facts, public: known }
}

/** The wallets directly below `root`, by name. Half-written folders begin with a dot and are passed over. */
export async function walletsIn(root: string): Promise<readonly FolderFacts[]> {
  const found: FolderFacts[] = []
  for (const entry of await entriesOf(root)) {
    if (entry.name.startsWith('.') || entry.isFile()) continue
    const facts = await describeWallet(join(root, entry.name))
    if (facts) found.push(facts)
  }
  return found.sort((a, b) => a.name.localeCompare(b.name))
}

/** Also when it differs by case only: on macOS and Windows that would be the same folder. */
export async function isNameTaken(folder: string, name: string): Promise<boolean> {
  return (await entriesOf(folder)).some((entry) => entry.name.toLowerCase() === name.toLowerCase())
}

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
  const staging = join(root, `.${name}.${process.pid}.${Date.now()}.tmp`)
  const target = join(root, name)
  try {
    await mkdir(join(staging, HOTKEYS), { recursive: true, mode: 0o700 })
    for (const file of files) {
      const written = await writeNewFile(join(staging, ...file.path.split('/')), file.content)
      if (!written.ok) return written
    }
    if (await exists(target)) return err({ code: 'keys/name-taken', name })
    await rename(staging, target)
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

const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  )

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

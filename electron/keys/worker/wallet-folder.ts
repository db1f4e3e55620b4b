import { type Dirent, constants as fsConstants } from 'node:fs'
import { lstat, open, readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { AppError } from '../../../shared/errors.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { FoundWallet, HotkeyInfo } from '../keys.port.ts'
import type { HasWords, KeyFormat } from '../wallet-operations.port.ts'
import { type PublicPart, readKeyJson, readPublicJson } from './key-json.ts'
import { formatOf, hasWordsIn } from './keyfile-format.ts'
import { addressOf, wipePair } from './keypair.ts'
import { codeOf } from './safe-file.ts'

/** A key file is below 2 KB, a post-quantum one below 16 KB; more is no key file. */
const LARGEST_KEYFILE_BYTES = 65_536

export const COLDKEY = 'coldkey'
export const COLDKEY_PUBLIC = 'coldkeypub.txt'
export const HOTKEYS = 'hotkeys'
export const PUBLIC_SUFFIX = 'pub.txt'

/**
 * Never through a symbolic link: it could lead out of the folder that this process was given.
 * @returns `undefined` when there is no such file. @errors keys/keyfile-broken
 */
export async function readKeyfile(path: string): Promise<Result<Uint8Array | undefined, AppError>> {
  const broken = (reason: string) => err({ code: 'keys/keyfile-broken', file: path, reason } as const)
  try {
    if ((await lstat(path)).isSymbolicLink()) return broken('symbolic link')
    // Windows knows no such flag; there the look before has to do.
    const file = await open(path, fsConstants.O_RDONLY | (fsConstants.O_NOFOLLOW ?? 0))
    try {
      const kind = await file.stat()
      if (!kind.isFile()) return broken('no file')
      const { size } = kind
      if (size > LARGEST_KEYFILE_BYTES) return broken('too large for a key file')
      return ok(new Uint8Array(await file.readFile()))
    } finally {
      await file.close()
    }
  } catch (cause) {
    const code = codeOf(cause)
    if (code === 'ENOENT' || code === 'ENOTDIR') return ok(undefined)
    return broken(code === 'ELOOP' ? 'symbolic link' : (code ?? 'unreadable'))
  }
}

/** Encrypted in any of the formats. */
export const isEncrypted = (file: Uint8Array): boolean => formatOf(file) !== 'plain'

export async function publicPartAt(
  publicPath: string,
  privateFile: Uint8Array | undefined,
): Promise<PublicPart | undefined> {
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

export async function entriesOf(path: string): Promise<readonly Dirent[]> {
  return readdir(path, { withFileTypes: true }).catch(() => [])
}

/** A folder itself, not a link to one. */
export const isFolder = (path: string): Promise<boolean> =>
  lstat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  )

async function hotkeysIn(walletPath: string): Promise<readonly HotkeyInfo[]> {
  const folder = join(walletPath, HOTKEYS)
  const found: HotkeyInfo[] = []
  if (!(await isFolder(folder))) return found
  for (const entry of await entriesOf(folder)) {
    const { name } = entry
    if (!entry.isFile() || name.startsWith('.') || name.endsWith(PUBLIC_SUFFIX) || /\.(tmp|bak)$/.test(name)) continue
    const file = await readKeyfile(join(folder, name))
    if (!file.ok || !file.value) continue
    const known = await publicPartAt(join(folder, `${name}${PUBLIC_SUFFIX}`), file.value)
    const encrypted = isEncrypted(file.value)
    if (known) found.push({ name, ...known, encrypted, format: formatOf(file.value), unlocked: !encrypted })
    file.value.fill(0)
  }
  return found.sort((a, b) => a.name.localeCompare(b.name))
}

export interface FolderFacts extends FoundWallet {
  readonly public: PublicPart | undefined
  readonly format: KeyFormat
  readonly hasWords: HasWords
}

/** What a wallet folder holds, without any secret. `undefined` when it is no wallet folder. */
export async function describeWallet(path: string): Promise<FolderFacts | undefined> {
  const coldkey = await readKeyfile(join(path, COLDKEY))
  const file = coldkey.ok ? coldkey.value : undefined
  const known = await publicPartAt(join(path, COLDKEY_PUBLIC), file)
  const hotkeys = await hotkeysIn(path)
  if (!file && !known && hotkeys.length === 0) return undefined
  const encrypted = file !== undefined && isEncrypted(file)
  const format = formatOf(file)
  const hasWords = hasWordsIn(file)
  if (!encrypted) file?.fill(0)
  const facts = {
    name: basename(path),
    path,
    address: known?.address,
    watchOnly: file === undefined,
    encrypted,
    hotkeys,
  }
  return { ...facts, public: known, format, hasWords }
}

/** The wallets directly below `root`, by name. Half-written folders begin with a dot and are passed over. */
export async function walletsIn(root: string): Promise<readonly FolderFacts[]> {
  const found: FolderFacts[] = []
  for (const entry of await entriesOf(root)) {
    if (entry.name.startsWith('.') || !entry.isDirectory()) continue
    const facts = await describeWallet(join(root, entry.name))
    if (facts) found.push(facts)
  }
  return found.sort((a, b) => a.name.localeCompare(b.name))
}

/** Also when it differs by case only: on macOS and Windows that would be the same folder. */
export async function isNameTaken(folder: string, name: string): Promise<boolean> {
  return (await entriesOf(folder)).some((entry) => entry.name.toLowerCase() === name.toLowerCase())
}

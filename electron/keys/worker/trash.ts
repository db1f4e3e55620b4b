import { randomBytes } from 'node:crypto'
import { mkdir, rename, rm, rmdir, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { AppError } from '../../../shared/errors.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { TrashEntry } from '../wallet-operations.port.ts'
import { formatOf } from './keyfile-format.ts'
import { ignoreMissing, placeHotkey } from './place-hotkey.ts'
import { exists, syncFolder, writeError, writeNewFile } from './safe-file.ts'
import {
  COLDKEY,
  describeWallet,
  entriesOf,
  HOTKEYS,
  isFolder,
  isNameTaken,
  PUBLIC_SUFFIX,
  publicPartAt,
  readKeyfile,
} from './wallet-folder.ts'

/** Begins with a dot: no list of wallets shows it, neither ours nor that of the official tools. */
const TRASH = '.trash'

/** `20261122T051501Z-9f3a77c1`: when, and something that makes it one of a kind. */
export function newTrashId(nowMs: number = Date.now()): string {
  const at = new Date(nowMs).toISOString().replace(/[-:]|\.\d+/g, '')
  return `${at}-${randomBytes(4).toString('hex')}`
}

const timeOf = (id: string): number =>
  Date.parse(id.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z.*$/, '$1-$2-$3T$4:$5:$6Z'))

/** What lies under an id, with where its key file is. */
export interface Removed extends TrashEntry {
  readonly folder: string
  readonly keyfile: string
}

/**
 * Where removed wallets and hotkeys lie until somebody deletes them for good: `.trash/<id>/wallet/<name>` and
 * `.trash/<id>/hotkey/<wallet>/<name>`. Each removal is one rename, so a crash leaves the key in one place or in both,
 * never in none.
 */
export class Trash {
  readonly #root: string
  readonly #newId: () => string

  constructor(walletsFolder: string, newId: () => string = newTrashId) {
    this.#root = walletsFolder
    this.#newId = newId
  }

  get folder(): string {
    return join(this.#root, TRASH)
  }

  /** @errors keys/name-taken when the trash has that very id, storage/… */
  async takeWallet(name: string): Promise<Result<TrashEntry, AppError>> {
    const id = this.#newId()
    return this.#move(id, async (staging) => {
      await mkdir(join(staging, 'wallet'), { mode: 0o700 })
      await rename(staging, join(this.folder, id))
      await rename(join(this.#root, name), join(this.folder, id, 'wallet', name))
      await syncFolder(join(this.folder, id, 'wallet'))
      await syncFolder(this.#root)
    })
  }

  /** Copies first, then removes the private part before the public one: what is gone here is whole there. */
  async takeHotkey(wallet: string, hotkey: string): Promise<Result<TrashEntry, AppError>> {
    const id = this.#newId()
    const from = join(this.#root, wallet, HOTKEYS)
    return this.#move(id, async (staging) => {
      const to = join(staging, 'hotkey', wallet)
      await mkdir(to, { recursive: true, mode: 0o700 })
      const names = [hotkey, `${hotkey}${PUBLIC_SUFFIX}`]
      for (const name of names) await copied(join(from, name), join(to, name))
      await rename(staging, join(this.folder, id))
      await syncFolder(this.folder)
      for (const name of names) await unlink(join(from, name)).catch(ignoreMissing)
      await syncFolder(from)
    })
  }

  /** Newest first. Unfinished folders hold nothing that is not elsewhere, and are passed over. */
  async list(): Promise<readonly Removed[]> {
    const found: Removed[] = []
    for (const { name } of await entriesOf(this.folder)) {
      const entry = name.startsWith('.') ? undefined : await this.#describe(name)
      if (entry) found.push(entry)
    }
    return found.sort((a, b) => (a.id < b.id ? 1 : -1))
  }

  /** @errors keys/unknown-trash */
  async find(id: string): Promise<Result<Removed, AppError>> {
    const entry = await this.#describe(id)
    return entry ? ok(entry) : err({ code: 'keys/unknown-trash', id })
  }

  /** @errors keys/unknown-trash, keys/name-taken, keys/unknown-wallet (a hotkey whose wallet is gone), storage/… */
  async restore(entry: Removed, name: string): Promise<Result<void, AppError>> {
    const restored = entry.kind === 'wallet' ? this.#restoreWallet(entry, name) : this.#restoreHotkey(entry, name)
    return restored.catch((cause: unknown) => err(writeError(cause, join(this.#root, name), 0)))
  }

  /** For good. @errors storage/… */
  async deleteForever(entry: Removed): Promise<Result<void, AppError>> {
    try {
      await rm(join(this.folder, entry.id), { recursive: true, force: true })
      await syncFolder(this.folder)
      return ok(undefined)
    } catch (cause) {
      return err(writeError(cause, join(this.folder, entry.id), 0))
    }
  }

  async #restoreWallet(entry: Removed, name: string): Promise<Result<void, AppError>> {
    if (await isNameTaken(this.#root, name)) return err({ code: 'keys/name-taken', name })
    await rename(entry.folder, join(this.#root, name))
    await syncFolder(this.#root)
    await rmdir(join(this.folder, entry.id, 'wallet')).catch(() => undefined)
    await rmdir(join(this.folder, entry.id)).catch(() => undefined)
    return ok(undefined)
  }

  async #restoreHotkey(entry: Removed, name: string): Promise<Result<void, AppError>> {
    const wallet = join(this.#root, entry.wallet)
    if (!(await isFolder(wallet))) return err({ code: 'keys/unknown-wallet', name: entry.wallet })
    const placed = await placeHotkey(wallet, name, {
      keyfile: await contentOf(entry.keyfile),
      publicFile: await contentOf(`${entry.keyfile}${PUBLIC_SUFFIX}`),
    })
    return placed.ok ? this.deleteForever(entry) : placed
  }

  async #move(id: string, work: (staging: string) => Promise<void>): Promise<Result<TrashEntry, AppError>> {
    const staging = join(this.folder, `.${id}.tmp`)
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 })
      if (await exists(join(this.folder, id))) return err({ code: 'keys/name-taken', name: id })
      await mkdir(staging, { mode: 0o700 })
      await work(staging)
      const entry = await this.find(id)
      return entry.ok ? ok(publicOf(entry.value)) : entry
    } catch (cause) {
      return err(writeError(cause, join(this.folder, id), 0))
    } finally {
      await rm(staging, { recursive: true, force: true }).catch(() => undefined)
    }
  }

  async #describe(id: string): Promise<Removed | undefined> {
    const base = join(this.folder, id)
    const removedAtMs = timeOf(id)
    const wallet = (await entriesOf(join(base, 'wallet'))).find((entry) => entry.isDirectory())?.name
    if (wallet !== undefined) {
      const folder = join(base, 'wallet', wallet)
      const facts = await describeWallet(folder)
      const { address, format } = facts ?? { address: undefined, format: formatOf(undefined) }
      return { id, removedAtMs, kind: 'wallet', wallet, address, format, folder, keyfile: join(folder, COLDKEY) }
    }
    const owner = (await entriesOf(join(base, 'hotkey'))).find((entry) => entry.isDirectory())?.name
    if (owner === undefined) return undefined
    const folder = join(base, 'hotkey', owner)
    const hotkey = (await entriesOf(folder)).find(({ name }) => !/(pub\.txt|\.tmp)$/.test(name))?.name
    if (hotkey === undefined) return undefined
    const keyfile = join(folder, hotkey)
    const file = await readKeyfile(keyfile)
    const content = file.ok ? file.value : undefined
    const address = (await publicPartAt(`${keyfile}${PUBLIC_SUFFIX}`, content))?.address
    const format = formatOf(content)
    content?.fill(0)
    return { id, removedAtMs, kind: 'hotkey', wallet: owner, hotkey, address, format, folder, keyfile }
  }
}

/** What may be told of a removed key. */
export function publicOf({ folder: _folder, keyfile: _keyfile, ...entry }: Removed): TrashEntry {
  return entry
}

async function contentOf(path: string): Promise<Uint8Array | undefined> {
  const file = await readKeyfile(path)
  if (!file.ok) throw Object.assign(new Error('unreadable'), { code: 'EIO' })
  return file.value
}

async function copied(from: string, to: string): Promise<void> {
  const content = await contentOf(from)
  if (!content) return
  const written = await writeNewFile(to, content)
  content.fill(0)
  if (!written.ok)
    throw Object.assign(new Error('not copied'), {
      code: written.error.code === 'storage/disk-full' ? 'ENOSPC' : 'EIO',
    })
}

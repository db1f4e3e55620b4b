import { randomBytes } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { blake2AsU8a } from '@polkadot/util-crypto'
import { toHex } from '../scale/bytes.ts'

/** Metadata is 0.2 to 0.5 MB; a file that is larger is not ours. */
const LARGEST_FILE = 8 * 1_048_576
/** Of all files together: some twenty runtimes. The oldest go first. */
const LARGEST_FOLDER = 16 * 1_048_576
const NAME = /^([0-9a-f]{64})-(\d{1,10})-([0-9a-f]{64})\.scale$/

export interface RuntimeId {
  /** `0x` and 64 hex digits. */
  readonly genesis: string
  readonly specVersion: number
}

/**
 * Metadata of runtimes that were met before, so that a connection need not fetch half a megabyte again. A file's name
 * carries chain, version and the Blake2-256 hash of what is in it: damaged or half-written content is noticed, thrown
 * away and fetched again. Without a folder, or with a full disk, everything works as if it were empty.
 */
export class MetadataCache {
  readonly #folder: string | undefined

  constructor(folder: string | undefined) {
    this.#folder = folder
  }

  /** @returns bytes that begin with `meta`, or `undefined` where there are none that are whole */
  async load({ genesis, specVersion }: RuntimeId): Promise<Uint8Array | undefined> {
    const folder = this.#folder
    if (folder === undefined) return undefined
    try {
      const names = (await readdir(folder)).filter((name) => {
        const [, chain, version] = NAME.exec(name) ?? []
        return chain === plain(genesis) && version === String(specVersion)
      })
      for (const name of names) {
        const bytes = await whole(join(folder, name))
        if (bytes && nameOf({ genesis, specVersion }, bytes) === name) return bytes
        await rm(join(folder, name), { force: true })
      }
    } catch {
      // No folder yet, or one that cannot be read: then nothing is known.
    }
    return undefined
  }

  /** Forgets a runtime: its file was whole, but no metadata. */
  async forget({ genesis, specVersion }: RuntimeId): Promise<void> {
    await this.#remove((name) => name.startsWith(`${plain(genesis)}-${specVersion}-`))
  }

  async store(id: RuntimeId, bytes: Uint8Array): Promise<void> {
    const folder = this.#folder
    if (folder === undefined || bytes.length > LARGEST_FILE || !/^0x[0-9a-f]{64}$/i.test(id.genesis)) return
    const name = nameOf(id, bytes)
    const temporary = join(folder, `.${randomBytes(6).toString('hex')}.tmp`)
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const file = await open(temporary, 'wx', 0o600)
      try {
        await file.writeFile(bytes)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(temporary, join(folder, name))
      // One file for each runtime: another content under the same version was a lie, or this one is.
      await this.#remove((other) => other !== name && other.startsWith(`${plain(id.genesis)}-${id.specVersion}-`))
      await this.#shrink(folder)
    } catch {
      // It is a cache: a disk that does not take it costs a request, nothing else.
      await rm(temporary, { force: true }).catch(() => undefined)
    }
  }

  async #remove(wanted: (name: string) => boolean): Promise<void> {
    const folder = this.#folder
    if (folder === undefined) return
    const names = await readdir(folder).catch(() => [])
    for (const name of names.filter(wanted)) await rm(join(folder, name), { force: true })
  }

  async #shrink(folder: string): Promise<void> {
    const names = (await readdir(folder)).filter((name) => NAME.test(name))
    const files = await Promise.all(
      names.map(async (name) => {
        const { size, mtimeMs } = await stat(join(folder, name))
        return { name, size, mtimeMs }
      }),
    )
    let total = 0
    for (const { name, size } of files.sort((a, b) => b.mtimeMs - a.mtimeMs)) {
      total += size
      if (total > LARGEST_FOLDER) await rm(join(folder, name), { force: true })
    }
  }
}

const plain = (hex: string): string => hex.slice(2).toLowerCase()
const nameOf = ({ genesis, specVersion }: RuntimeId, bytes: Uint8Array): string =>
  `${plain(genesis)}-${specVersion}-${plain(toHex(blake2AsU8a(bytes)))}.scale`

async function whole(path: string): Promise<Uint8Array | undefined> {
  const { size } = await stat(path)
  return size > LARGEST_FILE ? undefined : new Uint8Array(await readFile(path))
}

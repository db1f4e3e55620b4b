import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Manifest } from '../manifest.port.ts'
import type { SubnetAdapter } from '../subnet-adapter.port.ts'
import { manifestSchema } from './manifest.ts'
import { remoteAdapter } from './remote-adapter.ts'

/** Of one file; more is neither a description nor a mapping. */
const MOST_BYTES = 262_144
/** Folders looked at. */
const MOST_FOLDERS = 64
const PREFIX = 'own/'
const NAME = /^[a-z0-9][a-z0-9-]{0,40}$/

/** Somebody else wrote the folder: a link leads elsewhere, and reading a pipe or a device never ends. */
function readPlain(folder: string, name: string): Result<string, string> {
  const path = join(folder, name)
  try {
    const found = lstatSync(path)
    if (!found.isFile()) return err(`${name} is no plain file`)
    return found.size > MOST_BYTES ? err(`${name} is larger than 256 KiB`) : ok(readFileSync(path, 'utf8'))
  } catch {
    return err(`${name} cannot be read`)
  }
}

/** The program in a folder. @returns it, or what is wrong with it in one sentence. */
export const readProgram = (folder: string): Result<string, string> => readPlain(folder, 'adapter.js')

/** Reads the description in a folder. @returns it, or what is wrong with it in one sentence. */
export function readManifest(folder: string): Result<Manifest, string> {
  const text = readPlain(folder, 'adapter.json')
  if (!text.ok) return text
  try {
    const parsed = manifestSchema.safeParse(JSON.parse(text.value))
    if (parsed.success) return ok(parsed.data)
    const issue = parsed.error.issues[0]
    return err(`adapter.json, ${issue?.path.join('.') || 'as a whole'}: ${issue?.message ?? 'does not fit'}`)
  } catch {
    return err('adapter.json is not JSON')
  }
}

/** The adapters in a folder of the user's: one folder each, put there by hand. What does not fit is passed over. */
export class AdapterFolders {
  readonly #root: string

  constructor(root: string) {
    this.#root = root
  }

  list(): readonly SubnetAdapter[] {
    return this.#names().flatMap((name) => {
      const manifest = readManifest(join(this.#root, name))
      return manifest.ok ? [remoteAdapter(`${PREFIX}${name}`, manifest.value)] : []
    })
  }

  /** The folder of an adapter of {@link list}. */
  folderOf(id: string): string | undefined {
    const name = id.slice(PREFIX.length)
    return id.startsWith(PREFIX) && NAME.test(name) ? join(this.#root, name) : undefined
  }

  #names(): readonly string[] {
    try {
      return readdirSync(this.#root)
        .filter((name) => NAME.test(name))
        .sort()
        .slice(0, MOST_FOLDERS)
    } catch {
      // Most people have none.
      return []
    }
  }
}

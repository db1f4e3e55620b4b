import { type FileHandle, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import { areSound, bytesIn, gapsIn, type Range, withoutRange, withRange } from './ranges.ts'

/** What a part is going to be. A part of anything else is thrown away. */
export interface WholeFile {
  readonly target: string
  readonly sizeBytes: number
  /** Names the content: the hash where it is known. */
  readonly of: string
}

const journal = z.object({
  version: z.literal(2),
  of: z.string(),
  sizeBytes: z.number(),
  /** Of the server's file, and where it was told: another server has tags of its own. */
  tag: z.object({ url: z.string(), etag: z.string() }).exactOptional(),
  done: z.array(z.tuple([z.number(), z.number()])),
})
type Journal = z.infer<typeof journal>

export const partOf = (target: string): string => `${target}.part`
const journalOf = (target: string): string => `${target}.part.json`

/** @returns bytes that are there, 0 when none are. */
export const sizeOf = async (file: string): Promise<number> => (await stat(file).catch(() => undefined))?.size ?? 0

async function readJournal(target: string): Promise<Journal | undefined> {
  const text = await readFile(journalOf(target), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  try {
    const found = journal.parse(JSON.parse(text))
    const reach = found.done.at(-1)?.[1] ?? 0
    // A part that is shorter than its journal was cut, exchanged or deleted by somebody else.
    return areSound(found.done, found.sizeBytes) && (await sizeOf(partOf(target))) >= reach ? found : undefined
  } catch {
    return undefined
  }
}

/** @returns bytes of a part that are certainly there. */
export async function partBytes(target: string): Promise<number> {
  const found = await readJournal(target)
  return found ? bytesIn(found.done) : 0
}

export async function removePart(target: string): Promise<void> {
  // The journal first: what it speaks of may go only when nobody believes in it any more.
  await rm(journalOf(target), { force: true })
  await rm(`${journalOf(target)}.new`, { force: true })
  await rm(partOf(target), { force: true })
}

/** Names in a folder are on disk when the folder is. Not every system can be asked for that. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}

/**
 * A file that is filled in any order and survives the end of the process at any moment. Its journal names only bytes that
 * were synced before the journal was written, so nothing that it names can be missing after a crash.
 */
export class PartFile {
  readonly #whole: WholeFile
  readonly #handle: FileHandle
  #done: readonly Range[]
  #tag: Journal['tag']
  #saving: Promise<void> = Promise.resolve()

  private constructor(whole: WholeFile, handle: FileHandle, known: Journal | undefined) {
    this.#whole = whole
    this.#handle = handle
    this.#done = known?.done ?? []
    this.#tag = known?.tag
  }

  /** The folder has to be there. */
  static async open(whole: WholeFile): Promise<PartFile> {
    const known = await readJournal(whole.target)
    const fits = known?.of === whole.of && known.sizeBytes === whole.sizeBytes
    if (!fits) await removePart(whole.target)
    const handle = await open(partOf(whole.target), fits ? 'r+' : 'w+')
    return new PartFile(whole, handle, fits ? known : undefined)
  }

  get doneBytes(): number {
    return bytesIn(this.#done)
  }
  get gaps(): readonly Range[] {
    return gapsIn(this.#done, this.#whole.sizeBytes)
  }
  /** The server's name for this version of the file. */
  tagOf(url: string): string | undefined {
    return this.#tag?.url === url ? this.#tag.etag : undefined
  }
  setTag(url: string, etag: string | undefined): void {
    this.#tag = etag === undefined ? undefined : { url, etag }
  }

  async write(at: number, bytes: Uint8Array): Promise<void> {
    let written = 0
    while (written < bytes.length) {
      written += (await this.#handle.write(bytes, written, bytes.length - written, at + written)).bytesWritten
    }
    this.#done = withRange(this.#done, [at, at + bytes.length])
  }

  /** These bytes are wrong. They are off the journal before they can be written again. */
  async forget(ranges: readonly Range[]): Promise<void> {
    this.#done = ranges.reduce<readonly Range[]>(withoutRange, this.#done)
    await this.save()
  }

  /** Everything written so far stays, whatever happens next. */
  save(): Promise<void> {
    const next = this.#saving.then(() => this.#saveNow())
    this.#saving = next.catch(() => undefined)
    return next
  }

  async #saveNow(): Promise<void> {
    const { target, sizeBytes, of } = this.#whole
    const done = this.#done.map(([from, to]): [number, number] => [from, to])
    const now: Journal = { version: 2, of, sizeBytes, ...(this.#tag ? { tag: this.#tag } : {}), done }
    await this.#handle.datasync()
    const fresh = `${journalOf(target)}.new`
    const handle = await open(fresh, 'w')
    try {
      await handle.writeFile(JSON.stringify(now))
      await handle.datasync()
    } finally {
      await handle.close()
    }
    await rename(fresh, journalOf(target))
    await syncFolder(dirname(target))
  }

  async close(): Promise<void> {
    await this.#saving
    await this.#handle.close()
  }

  /** Gives a checked part its name. The part has to be closed. */
  static async finish(target: string): Promise<void> {
    await rename(partOf(target), target)
    await syncFolder(dirname(target))
    await rm(journalOf(target), { force: true })
  }
}

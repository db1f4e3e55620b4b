import { dirname } from 'node:path'
import type { DownloadOptions } from './download.ts'
import { cancelled, downloadFailed, Failed, reasonOf } from './failed.ts'
import { fetchRange, NoBytes, type RangeAnswer } from './fetch-range.ts'
import { Pace, pause, Speed } from './pace.ts'
import type { PartFile } from './part-file.ts'
import { bytesIn, type Range, withoutRange } from './ranges.ts'

export interface Wanted {
  readonly url: string
  readonly target: string
  readonly sizeBytes: number
  readonly sha256: string
}

/** The transfer has to begin anew, and how. */
export class Again extends Error {
  readonly because: 'changed' | 'no-ranges'
  constructor(because: Again['because']) {
    super(because)
    this.because = because
  }
}

/** What one connection fetches. Its end comes nearer when another connection takes over the second half. */
interface Work {
  at: number
  end: number
  /** Bytes that came for it in this try. */
  got: number
}

/** Kept free for the rest of the system: a full disk breaks more than a download. */
export const DISK_MARGIN_BYTES = 64 * 1024 ** 2
/** No byte for so long counts as a cut connection. */
const STALL_MS = 30_000
/** Cuts in a row without a byte in between, after which the download is given up. The part is kept. */
const MOST_FRUITLESS = 4
/** The same where the server asks for time: that may take minutes. */
const MOST_WAITS = 8
const LONGEST_PAUSE_MS = 60_000
/** Below this a further connection costs more than it brings. */
const SMALLEST_SHARE_BYTES = 4 * 1024 ** 2
/** So much is fetched again at most after a crash. */
const SAVE_EVERY_MS = 2_000
const SAVE_EVERY_BYTES = 64 * 1024 ** 2
const TELL_EVERY_MS = 100

/** @throws Failed storage/disk-full when what is missing would not fit. Bytes that are there take their room already. */
export async function checkSpace(
  { target, sizeBytes }: Wanted,
  part: PartFile,
  options: DownloadOptions,
): Promise<void> {
  const free = await options.freeBytes(dirname(target))
  const neededBytes = sizeBytes - part.doneBytes + DISK_MARGIN_BYTES
  if (free !== undefined && free < neededBytes)
    throw new Failed({ code: 'storage/disk-full', path: dirname(target), neededBytes })
}

/** Fetches what a part has not, over several connections. One object for one try. */
export class Transfer {
  readonly #wanted: Wanted
  readonly #part: PartFile
  readonly #options: DownloadOptions
  readonly #heedTags: boolean
  readonly #stop = new AbortController()
  readonly #lanes = new Set<Promise<void>>()
  readonly #active = new Set<Work>()
  readonly #speed = new Speed()
  readonly #pace: Pace
  readonly #startBytes: number
  #problem: unknown
  #most: number
  #waiting = 0
  #toldAtMs = Number.NEGATIVE_INFINITY
  #savedAtMs = performance.now()
  #savedBytes: number
  #saving = false

  /** @param how `heedTags`: another tag means another file. Off for servers that give each answer its own. */
  constructor(
    wanted: Wanted,
    part: PartFile,
    how: DownloadOptions & { readonly heedTags: boolean; readonly connections: number },
  ) {
    this.#wanted = wanted
    this.#part = part
    this.#options = how
    this.#heedTags = how.heedTags
    this.#most = how.connections
    this.#pace = new Pace(how.bytesPerSecond)
    this.#startBytes = part.doneBytes
    this.#savedBytes = part.doneBytes
  }

  /** @throws Again, Failed, and what writing throws */
  async run(): Promise<void> {
    const { signal } = this.#options
    const abort = (): void => this.#stop.abort()
    signal.addEventListener('abort', abort, { once: true })
    if (signal.aborted) abort()
    try {
      this.#startLane()
      while (this.#lanes.size > 0) await Promise.all(this.#lanes)
    } finally {
      signal.removeEventListener('abort', abort)
    }
    if (signal.aborted) throw cancelled()
    if (this.#problem !== undefined) throw this.#problem
  }

  #startLane(): void {
    const lane: Promise<void> = this.#lane()
      .catch((problem: unknown) => this.#end(problem))
      .finally(() => this.#lanes.delete(lane))
    this.#lanes.add(lane)
  }

  /** Ends all connections; the first reason counts. */
  #end(problem: unknown): void {
    this.#problem ??= problem
    this.#stop.abort()
  }

  async #lane(): Promise<void> {
    for (let fruitless = 0; !this.#stop.signal.aborted; ) {
      const work = this.#take()
      if (!work) return
      this.#active.add(work)
      const cut = await this.#fetch(work).then(
        () => undefined,
        (problem: unknown) => problem ?? new Error('unknown'),
      )
      this.#active.delete(work)
      if (this.#stop.signal.aborted) return
      if (cut === undefined) {
        fruitless = 0
        continue
      }
      fruitless = work.got > 0 ? 0 : fruitless + 1
      if (!(await this.#mayGoOn(cut, fruitless))) return
    }
  }

  /** @returns false where other connections do without this one. @throws what cannot be mended by asking again */
  async #mayGoOn(cut: unknown, fruitless: number): Promise<boolean> {
    if (cut instanceof Again || cut instanceof Failed) throw cut
    const waits = cut instanceof NoBytes && cut.kind === 'wait'
    if (cut instanceof NoBytes && !waits) throw this.#fatal(cut)
    if (isOfDisk(cut)) throw cut
    if (this.#active.size > 0 && fruitless > 0) {
      // A server that asks for time may mean: fewer connections.
      if (waits) this.#most = Math.max(1, this.#lanes.size - 1)
      return false
    }
    if (fruitless > (waits ? MOST_WAITS : MOST_FRUITLESS)) throw downloadFailed(reasonOf(cut))
    await this.#wait((cut instanceof NoBytes ? cut.waitMs : undefined) ?? this.#backOff(fruitless))
    return true
  }

  #fatal(refused: NoBytes): Failed {
    const { target, sha256 } = this.#wanted
    if (refused.kind !== 'other-file') return downloadFailed(refused.message)
    return new Failed({ code: 'model/hash-mismatch', file: target, expected: sha256, actual: refused.message })
  }

  /** Grows with each try, and differs between those who were cut at the same moment. */
  #backOff(fruitless: number): number {
    const ms = (this.#options.retryMs ?? 1_000) * 2 ** fruitless
    return Math.min(LONGEST_PAUSE_MS, ms * (0.75 + Math.random() / 2))
  }

  async #wait(ms: number): Promise<void> {
    this.#waiting += 1
    this.#tell(true)
    await pause(ms, this.#stop.signal)
    this.#waiting -= 1
  }

  /** What nobody fetches yet, in equal shares; else half of what is left to the slowest. */
  #take(): Work | undefined {
    const smallest = this.#options.smallestShareBytes ?? SMALLEST_SHARE_BYTES
    const taken = [...this.#active].map(({ at, end }): Range => [at, Math.max(at, end)])
    const free = taken.reduce<readonly Range[]>(withoutRange, this.#part.gaps)
    const [first] = free
    if (first) {
      const [from, to] = first
      const share = Math.max(smallest, Math.ceil(bytesIn(free) / Math.max(1, this.#most - this.#active.size)))
      return { at: from, end: to - from - share < smallest ? to : from + share, got: 0 }
    }
    const [slowest] = [...this.#active].sort((a, b) => b.end - b.at - (a.end - a.at))
    if (!slowest || slowest.end - slowest.at < 2 * smallest) return undefined
    const { end } = slowest
    slowest.end = slowest.at + Math.ceil((end - slowest.at) / 2)
    return { at: slowest.end, end, got: 0 }
  }

  async #fetch(work: Work): Promise<void> {
    const { url, sizeBytes, sha256 } = this.#wanted
    const asked: Range = [work.at, work.end]
    const stall = new AbortController()
    const stallMs = this.#options.stallMs ?? STALL_MS
    const stalled = (): void => stall.abort(new Error(`nothing arrived for ${Math.ceil(stallMs / 1000)} seconds`))
    let watch = setTimeout(stalled, stallMs)
    try {
      const answer = await fetchRange({
        url,
        range: asked,
        sizeBytes,
        sha256,
        ifRange: this.#heedTags ? this.#part.tagOf(url) : undefined,
        signal: AbortSignal.any([this.#stop.signal, stall.signal]),
      })
      await this.#meet(answer, work)
      for await (const chunk of answer.body) {
        clearTimeout(watch)
        const room = Math.max(0, work.end - work.at)
        await this.#keep(chunk.subarray(0, room), work)
        // Only where another connection took over, or more comes than was asked for, perhaps without end: else the end of the answer comes
        // by itself, and the connection can be used again.
        if (work.at >= work.end && (chunk.length > room || chunk.length === 0 || work.end < asked[1])) return
        watch = setTimeout(stalled, stallMs)
      }
      if (work.at < work.end) throw new Error('the server ends before the file does')
    } finally {
      clearTimeout(watch)
    }
  }

  /** Looks at the beginning of an answer before its bytes are believed. */
  async #meet(answer: RangeAnswer, work: Work): Promise<void> {
    const { url, sizeBytes } = this.#wanted
    const known = this.#part.tagOf(url)
    if (this.#heedTags && known !== undefined && answer.etag !== undefined && answer.etag !== known)
      throw new Again('changed')
    if (answer.whole) {
      if (this.#lanes.size > 1) throw new Again('no-ranges')
      this.#most = 1
      if (this.#part.doneBytes > 0) await this.#part.forget([[0, sizeBytes]])
      work.at = 0
      work.end = sizeBytes
    }
    this.#part.setTag(url, answer.etag)
    while (this.#lanes.size < this.#most && this.#lanes.size > 0 && this.#worthMore()) this.#startLane()
  }

  #worthMore(): boolean {
    const smallest = this.#options.smallestShareBytes ?? SMALLEST_SHARE_BYTES
    return bytesIn(this.#part.gaps) >= smallest * (this.#lanes.size + 1)
  }

  async #keep(bytes: Uint8Array, work: Work): Promise<void> {
    if (bytes.length === 0) return
    await this.#part.write(work.at, bytes)
    work.at += bytes.length
    work.got += bytes.length
    this.#tell(false)
    this.#saveNowAndThen()
    const waitMs = this.#pace.take(bytes.length, performance.now())
    if (waitMs > 0) await pause(waitMs, this.#stop.signal)
  }

  #saveNowAndThen(): void {
    const due =
      performance.now() - this.#savedAtMs > (this.#options.saveEveryMs ?? SAVE_EVERY_MS) ||
      this.#part.doneBytes - this.#savedBytes > SAVE_EVERY_BYTES
    if (this.#saving || !due) return
    this.#saving = true
    this.#savedAtMs = performance.now()
    this.#savedBytes = this.#part.doneBytes
    this.#part
      .save()
      // Somebody else may have filled the disk meanwhile.
      .then(() => checkSpace(this.#wanted, this.#part, this.#options))
      .catch((problem: unknown) => this.#end(problem))
      .finally(() => {
        this.#saving = false
      })
  }

  #tell(evenIfSoon: boolean): void {
    const now = performance.now()
    const bytes = this.#part.doneBytes
    const { sizeBytes } = this.#wanted
    if (!evenIfSoon && bytes < sizeBytes && now - this.#toldAtMs < TELL_EVERY_MS) return
    this.#toldAtMs = now
    this.#speed.saw(bytes - this.#startBytes, now)
    const bytesPerSecond = this.#speed.at(now)
    this.#options.onProgress({
      bytes,
      step: this.#waiting > 0 && this.#waiting >= this.#lanes.size ? 'waiting' : 'downloading',
      connections: this.#active.size,
      ...(bytesPerSecond === undefined ? {} : { bytesPerSecond }),
      ...(bytesPerSecond ? { leftMs: Math.round(((sizeBytes - bytes) * 1000) / bytesPerSecond) } : {}),
    })
  }
}

/** Problems of the network are wrapped by `fetch` and have no such code of their own. */
const isOfDisk = (problem: unknown): boolean =>
  problem instanceof Error &&
  'code' in problem &&
  ['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'EBADF', 'EFBIG'].includes(String(problem.code))

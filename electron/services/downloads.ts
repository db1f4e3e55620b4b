import type { ClockPort, RandomPort } from '../system/system.port.ts'

/** Text that a browser fetches and saves by itself. */
export interface Download {
  /** Of the file, as it will be called. */
  readonly name: string
  /** @param put resolves when more may come: nothing piles up in memory; rejects when nobody reads any more */
  write(put: (text: string) => Promise<void>): Promise<void>
}

/** A window asks for its download at once; an address that nobody came for is worth nothing. */
const GOOD_FOR_MS = 60_000
/** A page that asks for more at once has a defect. */
const MOST_WAITING = 8

/**
 * Downloads that a window asked for and its browser has not fetched yet. The address of each is a secret of its own, good
 * once and for a minute: a browser sends no token with a plain download.
 */
export class Downloads {
  readonly #clock: ClockPort
  readonly #random: RandomPort
  readonly #waiting = new Map<string, { readonly download: Download; readonly untilMs: number }>()
  #open = false

  constructor({ clock, random }: { readonly clock: ClockPort; readonly random: RandomPort }) {
    this.#clock = clock
    this.#random = random
  }

  /** There is a door for downloads: the desktop window and the terminal have none. */
  serve(): void {
    this.#open = true
  }

  /** @returns the address on the own door; `undefined` where there is none */
  offer(download: Download): string | undefined {
    if (!this.#open) return undefined
    this.#forgetOld()
    const ticket = Buffer.from(this.#random.bytes(24)).toString('base64url')
    this.#waiting.set(ticket, { download, untilMs: this.#clock.nowMs() + GOOD_FOR_MS })
    return `/download/${ticket}`
  }

  /** Whoever comes first gets it, and nobody after. */
  take(ticket: string): Download | undefined {
    this.#forgetOld()
    const found = this.#waiting.get(ticket)
    this.#waiting.delete(ticket)
    return found?.download
  }

  #forgetOld(): void {
    const now = this.#clock.nowMs()
    for (const [ticket, { untilMs }] of this.#waiting) if (untilMs <= now) this.#waiting.delete(ticket)
    for (const ticket of [...this.#waiting.keys()].slice(0, -MOST_WAITING)) this.#waiting.delete(ticket)
  }
}

import type { ClockPort } from '../../../system/system.port.ts'
import type { JsonRpc } from './json-rpc.ts'

/** `twox128("System") ‖ twox128("Events")`, the same on every Substrate chain. */
export const EVENTS_KEY = '0x26aa394eea5630e07c48ae0c9558cef780d41e5e16056765bc8461851072c9d7'

/** A subscription of more would be a table, not a pulse. */
const MOST_KEYS = 500
/** What a block changed comes with its head, or a moment later. */
const PATIENCE_MS = 1_000
const NAMES = { subscribe: 'state_subscribeStorage', unsubscribe: 'state_unsubscribeStorage' }

interface Told {
  readonly block: string
  readonly values: ReadonlyMap<string, string | null>
}
export interface FeedDeps {
  readonly clock: ClockPort
  /** Whether no newer block is known: what an older one changed was told, or never will be. */
  readonly isNewest: (block: string) => boolean
  /** Gets the values of all keys of the feed at a block. */
  readonly onBlock: (told: Told) => void
}

/**
 * Storage that is asked for again and again, told by the node instead: with the events of every block among it, so that
 * each block has its notification. What rests costs no requests.
 */
export class StorageFeed {
  readonly #deps: FeedDeps
  /** Wanted, then told: a key joins the told ones when its subscription began. */
  readonly #wanted = new Set<string>()
  #told: ReadonlySet<string> = new Set()
  #values = new Map<string, string | null>()
  #block: string | undefined
  #rpc: JsonRpc | undefined
  #stop: (() => void) | undefined
  #subscribing = false
  /** Grows with every gap in what was told: whoever relied on no news must look again. */
  #gaps = 0
  readonly #touched = new Map<string, number>()
  readonly #waiting = new Set<(block: string | undefined) => void>()

  constructor(deps: FeedDeps) {
    this.#deps = deps
  }

  get live(): boolean {
    return this.#told.size > 0
  }
  covers(keys: readonly string[]): boolean {
    return this.live && keys.every((key) => this.#told.has(key))
  }

  /**
   * Changes when something happened to an account, or might have while nobody told. `undefined`: nobody tells.
   * @param account public key, hex without `0x`
   */
  touches(account: string): string | undefined {
    if (!this.live) return undefined
    if (!this.#touched.has(account)) this.#touched.set(account, 0)
    return `${this.#gaps}/${this.#touched.get(account)}`
  }

  want(keys: readonly string[]): void {
    const fresh = [EVENTS_KEY, ...keys].filter((key) => !this.#wanted.has(key))
    if (fresh.length === 0 || this.#wanted.size + fresh.length > MOST_KEYS) return
    for (const key of fresh) this.#wanted.add(key)
    void this.#subscribe()
  }

  /** Resolves with whether this block was told, as soon as that is known. */
  at(block: string): Promise<boolean> {
    if (this.#block === block) return Promise.resolve(true)
    if (!this.#deps.isNewest(block)) return Promise.resolve(false)
    return new Promise((resolve) => {
      const done = (told: boolean): void => {
        stop()
        this.#waiting.delete(look)
        resolve(told)
      }
      const look = (told: string | undefined): void => {
        if (told === undefined || told === block) done(told === block)
      }
      const stop = this.#deps.clock.after(PATIENCE_MS, () => done(false))
      this.#waiting.add(look)
    })
  }

  attach(rpc: JsonRpc): void {
    this.#rpc = rpc
    if (this.#wanted.size > 0) void this.#subscribe()
  }

  /** The line is down, or another branch won: what was not told again is not certain any more. */
  interrupt(again: boolean): void {
    this.#gaps += 1
    this.#told = new Set()
    this.#values = new Map()
    this.#block = undefined
    for (const look of [...this.#waiting]) look(undefined)
    if (again) void this.#subscribe()
    else this.#rpc = undefined
  }

  async #subscribe(): Promise<void> {
    const rpc = this.#rpc
    if (!rpc || this.#subscribing) return
    this.#subscribing = true
    const keys = [...this.#wanted]
    const before = this.#stop
    this.#stop = undefined
    const gaps = this.#gaps
    try {
      const stop = await rpc.subscribe({ ...NAMES, params: [keys] }, (raw) => {
        if (this.#rpc === rpc && this.#gaps === gaps) this.#take(keys, raw)
      })
      this.#stop = stop
      before?.()
    } catch {
      // A node that does not tell is asked, as before.
      this.#told = new Set()
      this.#rpc = undefined
    } finally {
      this.#subscribing = false
    }
    const behind = [...this.#wanted].some((key) => !keys.includes(key)) || this.#gaps !== gaps
    if (behind && this.#rpc === rpc) void this.#subscribe()
  }

  #take(keys: readonly string[], raw: unknown): void {
    const { block, changes } = (raw ?? {}) as { readonly block?: unknown; readonly changes?: unknown }
    if (typeof block !== 'string' || !Array.isArray(changes)) return
    for (const change of changes) {
      const [key, value] = Array.isArray(change) ? change : []
      if (typeof key === 'string' && (typeof value === 'string' || value === null))
        this.#values.set(key.toLowerCase(), value)
    }
    // An older subscription tells fewer keys; the larger one counts as soon as it has told all of its own.
    if (keys.length < this.#told.size || keys.some((key) => !this.#values.has(key))) return
    this.#told = new Set(keys)
    this.#block = block
    const events = this.#values.get(EVENTS_KEY)
    for (const [account, times] of this.#touched) if (events?.includes(account)) this.#touched.set(account, times + 1)
    this.#deps.onBlock({ block, values: new Map(this.#values) })
    for (const look of [...this.#waiting]) look(block)
  }
}

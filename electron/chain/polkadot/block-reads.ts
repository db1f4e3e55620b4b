import { z } from 'zod'
import { badAnswer } from './failure.ts'
import type { Priority } from './net/budget.ts'
import type { Session } from './session.ts'

/** A session without a feed is asked for everything; tests have such. */
type Asking = Pick<Session, 'rpc'> & { readonly feed?: Session['feed'] }
type Changes = ReadonlyMap<string, string | null>

const changeSet = z.array(z.looseObject({ changes: z.array(z.tuple([z.string(), z.string().nullable()])) }))

/** Blocks whose answers are kept: the newest, and those on the way to finality. */
const KEPT_BLOCKS = 16
/** Public nodes cap how much one answer may carry; a thousand keys of small values stay far below. */
const KEYS_PER_REQUEST = 1_000
/** A value that was asked of so many blocks is subscribed to. */
const STEADY_AFTER_BLOCKS = 3
/** What is asked for less often, once an epoch for instance, costs less by asking than by a subscription made anew. */
const NEAR_BLOCKS = 18
const MOST_STEADY_KEYS = 300
const KEPT_COUNTS = 2_000

interface OfBlock {
  readonly calls: Map<string, Promise<unknown>>
  readonly values: Map<string, Promise<string | null | undefined>>
  gathering: Gathering | undefined
}
interface Gathered {
  readonly hash: string
  readonly block: OfBlock
  readonly priority: Priority
}
interface Gathering {
  readonly keys: string[]
  readonly answer: Promise<Changes>
}

/**
 * What was asked of one block, once: whoever asks the same again gets the same answer, and storage that is asked for in
 * the same moment goes into one request. A failed request is forgotten, so that the next one tries again.
 */
export class BlockReads {
  readonly #session: Asking
  readonly #blocks = new Map<string, OfBlock>()
  readonly #asked = new Map<string, { readonly hash: string; readonly times: number; readonly turn: number }>()
  /** How many blocks anything was asked of. */
  #turn = 0

  constructor(session: Asking) {
    this.#session = session
  }

  /** @param args `0x` hex. @returns the answer of the runtime as the node sent it */
  call(hash: string, { method, args, priority }: CallAsk): Promise<unknown> {
    const { calls } = this.#of(hash)
    const name = `${method} ${args}`
    const known = calls.get(name)
    if (known) return known
    const answer = this.#session.rpc.request('state_call', [method, args, hash], priority)
    calls.set(name, answer)
    answer.catch(() => calls.delete(name))
    return answer
  }

  /** @returns each key's value as hex; `null` where there is none; `undefined` where the node did not say */
  async storage(
    hash: string,
    keys: readonly string[],
    priority: Priority,
  ): Promise<readonly (string | null | undefined)[]> {
    // Held on to: many blocks may be read meanwhile, and this one forgotten.
    const block = this.#of(hash)
    const { values } = block
    const { feed } = this.#session
    if (feed?.covers(keys) && keys.some((key) => !values.has(key))) await feed.at(hash)
    this.#count(hash, keys)
    const missing = [...new Set(keys)].filter((key) => !values.has(key))
    for (let start = 0; start < missing.length; start += KEYS_PER_REQUEST)
      this.#gather({ hash, block, priority }, missing.slice(start, start + KEYS_PER_REQUEST))
    return Promise.all(keys.map((key) => values.get(key)))
  }

  /** What a subscription told about a block. */
  told(hash: string, told: ReadonlyMap<string, string | null>): void {
    const { values } = this.#of(hash)
    for (const [key, value] of told) values.set(key, Promise.resolve(value))
  }

  /** Another branch won with this block: what was told of it may be what the branch that lost had, where this block changed nothing. */
  forget(hash: string): void {
    this.#blocks.delete(hash)
  }

  /** What was asked of several blocks near each other will be asked of the next one, too: the node may as well tell it. */
  #count(hash: string, keys: readonly string[]): void {
    const { feed } = this.#session
    if (!feed || keys.length > MOST_STEADY_KEYS) return
    const steady = keys.filter((key) => {
      const before = this.#asked.get(key)
      if (before?.hash === hash) return false
      const isNear = before !== undefined && this.#turn - before.turn <= NEAR_BLOCKS
      const times = (isNear ? before.times : 0) + 1
      this.#asked.set(key, { hash, times, turn: this.#turn })
      return times === STEADY_AFTER_BLOCKS
    })
    for (const old of [...this.#asked.keys()].slice(0, -KEPT_COUNTS)) this.#asked.delete(old)
    if (steady.length > 0) feed.want(steady)
  }

  #gather(of: Gathered, keys: readonly string[]): void {
    const { block } = of
    const room = block.gathering && block.gathering.keys.length + keys.length <= KEYS_PER_REQUEST
    const gathering = (room ? block.gathering : undefined) ?? this.#begin(of)
    gathering.keys.push(...keys)
    for (const key of keys) {
      const value = gathering.answer.then((changes) => changes.get(key))
      block.values.set(key, value)
      value.catch(() => block.values.delete(key))
    }
  }

  #begin({ hash, block, priority }: Gathered): Gathering {
    const keys: string[] = []
    const answer = new Promise<void>((resolve) => setImmediate(resolve)).then(async () => {
      if (block.gathering === gathering) block.gathering = undefined
      return changesIn(await this.#session.rpc.request('state_queryStorageAt', [keys, hash], priority))
    })
    const gathering: Gathering = { keys, answer }
    block.gathering = gathering
    return gathering
  }

  #of(hash: string): OfBlock {
    const known = this.#blocks.get(hash)
    if (known) return known
    const made: OfBlock = { calls: new Map(), values: new Map(), gathering: undefined }
    this.#blocks.set(hash, made)
    this.#turn += 1
    for (const old of [...this.#blocks.keys()].slice(0, -KEPT_BLOCKS)) this.#blocks.delete(old)
    return made
  }
}

export interface CallAsk {
  /** `Api_method` */
  readonly method: string
  readonly args: string
  readonly priority: Priority
}

function changesIn(raw: unknown): Changes {
  const parsed = changeSet.safeParse(raw)
  if (!parsed.success) return badAnswer('state_queryStorageAt')
  return new Map(
    parsed.data.flatMap(({ changes }) => changes.map(([key, value]) => [key.toLowerCase(), value] as const)),
  )
}

const bySession = new WeakMap<Asking, BlockReads>()

/** One for each session. */
export function readsOf(session: Asking): BlockReads {
  const known = bySession.get(session) ?? new BlockReads(session)
  bySession.set(session, known)
  return known
}

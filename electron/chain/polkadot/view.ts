import { z } from 'zod'
import { badAnswer, fail } from './failure.ts'
import { RpcError } from './net/rpc-error.ts'
import type { Runtime } from './runtime/runtime.ts'
import type { Stored } from './runtime/storage-item.ts'
import { fromHex, toHex } from './scale/bytes.ts'
import type { Session } from './session.ts'

const changeSet = z.array(z.looseObject({ changes: z.array(z.tuple([z.string(), z.string().nullable()])) }))

/** Which value: an item of the runtime and its key arguments. */
export type Ask = readonly [item: string, ...key: unknown[]]

/** Public nodes cap how much one answer may carry; a thousand keys of small values stay far below. */
const KEYS_PER_REQUEST = 1_000

/** One block, and the runtime by which it is to be read. All reads of one answer go through one view. */
export class View {
  readonly block: number
  readonly hash: string
  readonly runtime: Runtime
  readonly #session: Session

  constructor(session: Session, at: { readonly block: number; readonly hash: string; readonly runtime: Runtime }) {
    this.#session = session
    this.block = at.block
    this.hash = at.hash
    this.runtime = at.runtime
  }

  /** Calls a runtime API at this block: one request. @param name `Api.method` */
  api(name: string, ...args: readonly unknown[]): Promise<unknown> {
    return this.apiOf(name, this.runtime.encodeApiArgs(name, args))
  }

  /** As {@link api}, with arguments that are SCALE bytes already. */
  async apiOf(name: string, args: Uint8Array): Promise<unknown> {
    const answer = await this.request('state_call', [name.replace('.', '_'), toHex(args), this.hash])
    return this.runtime.decodeApiAnswer(name, fromHex(answer, name))
  }

  /** Reads any number of storage values in one request (per thousand keys). Answers in the order asked. */
  async storage(asks: readonly Ask[]): Promise<readonly Stored[]> {
    const wanted = asks.map(([name, ...key]) => {
      const item = this.runtime.storage(name)
      return { item, key: item.key(...key) }
    })
    const found = new Map<string, string | null>()
    const pages = Array.from({ length: Math.ceil(wanted.length / KEYS_PER_REQUEST) }, (_, page) =>
      wanted.slice(page * KEYS_PER_REQUEST, (page + 1) * KEYS_PER_REQUEST).map(({ key }) => key),
    )
    for (const sets of await Promise.all(pages.map((keys) => this.#changes(keys))))
      for (const { changes } of sets) for (const [key, value] of changes) found.set(key.toLowerCase(), value)
    return wanted.map(({ item, key }) => {
      // A key that the node left out is not the same as a key without a value: it must not become a zero.
      if (!found.has(key)) return badAnswer(`${item.name} was not answered`)
      return item.read(found.get(key))
    })
  }

  /** Sends a request, and names a block that the node has forgotten as what it is. */
  async request(method: string, params: readonly unknown[]): Promise<unknown> {
    try {
      return await this.#session.rpc.request(method, params)
    } catch (cause) {
      if (!(cause instanceof RpcError)) throw cause
      const words = `${cause.message} ${cause.data}`
      if (/discarded|unknown ?block|header (was )?not found/i.test(words))
        return fail({ code: 'chain/unsupported', missing: [`state of block ${this.block}`] })
      return badAnswer(`${method}: ${words.trim()}`)
    }
  }

  async #changes(keys: readonly string[]): Promise<z.infer<typeof changeSet>> {
    const parsed = changeSet.safeParse(await this.request('state_queryStorageAt', [keys, this.hash]))
    return parsed.success ? parsed.data : badAnswer('state_queryStorageAt')
  }
}

/** The newest block. */
export const viewOfBest = (session: Session): View => {
  const { number, hash } = session.best
  return new View(session, { block: number, hash, runtime: session.runtime })
}

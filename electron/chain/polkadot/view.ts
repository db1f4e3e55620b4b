import { type BlockReads, readsOf } from './block-reads.ts'
import { badAnswer, fail } from './failure.ts'
import type { Priority } from './net/budget.ts'
import { RpcError } from './net/rpc-error.ts'
import type { Runtime } from './runtime/runtime.ts'
import type { Stored } from './runtime/storage-item.ts'
import { fromHex, toHex } from './scale/bytes.ts'
import type { Session } from './session.ts'

/** Which value: an item of the runtime and its key arguments. */
export type Ask = readonly [item: string, ...key: unknown[]]

export interface At {
  readonly block: number
  readonly hash: string
  readonly runtime: Runtime
  /** Whose turn it is when requests have to wait; absent: of the open view. */
  readonly priority?: Priority
}

/** One block, and the runtime by which it is to be read. All reads of one answer go through one view. */
export class View {
  readonly block: number
  readonly hash: string
  readonly runtime: Runtime
  readonly #session: Session
  readonly #reads: BlockReads
  readonly #priority: Priority

  constructor(session: Session, at: At) {
    this.#session = session
    this.#reads = readsOf(session)
    this.#priority = at.priority ?? 'view'
    this.block = at.block
    this.hash = at.hash
    this.runtime = at.runtime
  }

  /** Calls a runtime API at this block: one request, unless the block was asked the same before. @param name `Api.method` */
  api(name: string, ...args: readonly unknown[]): Promise<unknown> {
    return this.apiOf(name, this.runtime.encodeApiArgs(name, args))
  }

  /** As {@link api}, with arguments that are SCALE bytes already. */
  async apiOf(name: string, args: Uint8Array): Promise<unknown> {
    const ask = { method: name.replace('.', '_'), args: toHex(args), priority: this.#priority }
    const answer = await this.#explained('state_call', this.#reads.call(this.hash, ask))
    return this.runtime.decodeApiAnswer(name, fromHex(answer, name))
  }

  /** Reads any number of storage values in one request (per thousand keys). Answers in the order asked. */
  async storage(asks: readonly Ask[]): Promise<readonly Stored[]> {
    const wanted = asks.map(([name, ...key]) => {
      const item = this.runtime.storage(name)
      return { item, key: item.key(...key) }
    })
    const keys = wanted.map(({ key }) => key)
    const found = await this.#explained('state_queryStorageAt', this.#reads.storage(this.hash, keys, this.#priority))
    return wanted.map(({ item }, index) => {
      const value = found[index]
      // A key that the node left out is not the same as a key without a value: it must not become a zero.
      return value === undefined ? badAnswer(`${item.name} was not answered`) : item.read(value)
    })
  }

  /** Sends a request, and names a block that the node has forgotten as what it is. */
  request(method: string, params: readonly unknown[]): Promise<unknown> {
    return this.#explained(method, this.#session.rpc.request(method, params, this.#priority))
  }

  async #explained<T>(method: string, answer: Promise<T>): Promise<T> {
    try {
      return await answer
    } catch (cause) {
      if (!(cause instanceof RpcError)) throw cause
      const words = `${cause.message} ${cause.data}`
      if (/discarded|unknown ?block|header (was )?not found/i.test(words))
        return fail({ code: 'chain/unsupported', missing: [`state of block ${this.block}`] })
      return badAnswer(`${method}: ${words.trim()}`)
    }
  }
}

/** The newest block. */
export const viewOfBest = (session: Session, priority: Priority = 'view'): View => {
  const { number, hash } = session.best
  return new View(session, { block: number, hash, runtime: session.runtime, priority })
}

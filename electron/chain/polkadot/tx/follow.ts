import { z } from 'zod'
import type { AppError } from '../../../../shared/errors.ts'
import type { LogPort } from '../../../system/system.port.ts'
import type { SubmitEvent } from '../../chain.port.ts'
import { ChainFailure, errorOf } from '../failure.ts'
import { viewAt } from '../history.ts'
import type { Session } from '../session.ts'
import { View } from '../view.ts'
import { type Inclusion, indexIn, readInclusion } from './outcome.ts'
import type { Unsigned } from './prepare.ts'

/** What the pool tells about a watched extrinsic. @source substrate `TransactionStatus` */
const status = z.union([
  z.enum(['future', 'ready', 'dropped', 'invalid']),
  z.looseObject({ inBlock: z.string() }),
  z.looseObject({ retracted: z.string() }),
  z.looseObject({ finalized: z.string() }),
  z.looseObject({ finalityTimeout: z.string() }),
  z.looseObject({ usurped: z.string() }),
  z.looseObject({ broadcast: z.unknown() }),
])

export interface Followed {
  readonly txHash: string
  /** Hex with length prefix, as block bodies spell it. */
  readonly extrinsic: string
  readonly unsigned: Unsigned
  /** Newest block when it was sent: nothing older can hold it. */
  readonly sentAtBlock: number
}
export interface FollowDeps {
  readonly session: Session
  readonly log: LogPort
  readonly onEvent: (event: SubmitEvent) => void
}

/**
 * Follows one sent transaction to its end. Listens to the pool while that tells; when the socket breaks, or the pool
 * gives up telling, looks for the extrinsic in the blocks themselves.
 *
 * A failure inside a block counts when the block is final: until then another block may hold the same transaction with
 * success, and whoever was told "failed" might send twice.
 */
export class Follower {
  readonly #followed: Followed
  readonly #deps: FollowDeps
  #work: Promise<void> = Promise.resolve()
  #found: { readonly hash: string; readonly inclusion: Inclusion } | undefined
  #announced: string | undefined
  #searching: (() => void) | undefined
  #nextBlock: number
  #ended = false

  constructor(followed: Followed, deps: FollowDeps) {
    this.#followed = followed
    this.#deps = deps
    this.#nextBlock = followed.sentAtBlock + 1
  }

  /** Takes one notification of the pool. */
  tell(raw: unknown): void {
    this.#queue(async () => {
      const parsed = status.safeParse(raw)
      // A status that is new to us says nothing about the outcome; the blocks will.
      if (!parsed.success) return this.#search()
      const said = parsed.data
      if (said === 'dropped') return this.#fail({ code: 'chain/transaction-lost', txHash: this.#followed.txHash })
      if (said === 'invalid') return this.#fail({ code: 'chain/pool-refused', reason: 'it became invalid in the pool' })
      if (typeof said === 'string') return
      if ('inBlock' in said) return this.#include(await this.#read(String(said['inBlock'])))
      if ('retracted' in said) this.#found = undefined
      if ('finalized' in said) return this.#finish(await this.#read(String(said['finalized'])))
      if ('usurped' in said) return this.#fail({ code: 'chain/transaction-lost', txHash: this.#followed.txHash })
      if ('finalityTimeout' in said) this.#search()
    })
  }

  /** The socket broke: what the pool would have told must be read from the blocks. */
  disconnected(): void {
    this.#queue(async () => this.#search())
  }

  /** The pool never took it; the caller has said so already. */
  refused(): void {
    this.#ended = true
  }

  /** The user left the chain: from here on nothing can be known. */
  abandoned(): void {
    this.#fail({ code: 'chain/transaction-lost', txHash: this.#followed.txHash })
  }

  #search(): void {
    if (this.#searching || this.#ended) return
    const { session } = this.#deps
    this.#searching = session.onHead(() => this.#queue(() => this.#look()))
  }

  /** Reads every block since the last look; then waits for the one that holds it to become final. */
  async #look(): Promise<void> {
    const { session } = this.#deps
    while (!this.#found && this.#nextBlock <= session.best.number) {
      const view = await viewAt(session, this.#nextBlock)
      const index = await indexIn(view, this.#followed.extrinsic)
      if (index !== undefined) this.#include(await this.#inclusionIn(view, index))
      this.#nextBlock += 1
    }
    const final = session.finalized?.number ?? 0
    if (this.#found) {
      const { block, blockHash } = this.#found.inclusion.outcome
      if (final < block) return
      if ((await session.hashAt(block)) === blockHash) return this.#finish(this.#found)
      // That block was left behind; the transaction may be in a later one.
      this.#found = undefined
      this.#nextBlock = Math.min(block, this.#nextBlock)
      return
    }
    if (final > this.#followed.unsigned.lastBlock)
      this.#fail({ code: 'chain/transaction-lost', txHash: this.#followed.txHash })
  }

  async #read(hash: string): Promise<{ hash: string; inclusion: Inclusion }> {
    if (this.#found?.hash === hash) return this.#found
    const { session } = this.#deps
    const block = await this.#numberOf(hash)
    const view = new View(session, { block, hash, runtime: session.runtime })
    const index = await indexIn(view, this.#followed.extrinsic)
    if (index === undefined)
      throw new ChainFailure({ code: 'chain/bad-answer', what: `block ${hash} does not hold the transaction` })
    return this.#inclusionIn(view, index)
  }

  async #inclusionIn(view: View, index: number): Promise<{ hash: string; inclusion: Inclusion }> {
    return { hash: view.hash, inclusion: await readInclusion(view, index, this.#followed.unsigned.signer) }
  }

  async #numberOf(hash: string): Promise<number> {
    const header = z.looseObject({ number: z.string().regex(/^0x[0-9a-f]{1,8}$/i) })
    const parsed = header.safeParse(await this.#deps.session.rpc.request('chain_getHeader', [hash]))
    if (parsed.success) return Number(parsed.data.number)
    throw new ChainFailure({ code: 'chain/bad-answer', what: 'chain_getHeader' })
  }

  #include(found: { hash: string; inclusion: Inclusion }): void {
    this.#found = found
    if (found.inclusion.failure || this.#announced === found.hash) return
    this.#announced = found.hash
    this.#deps.onEvent({ stage: 'in-block', outcome: found.inclusion.outcome })
  }

  #finish(found: { inclusion: Inclusion }): void {
    const { failure, outcome } = found.inclusion
    if (failure) return this.#fail(failure, outcome)
    this.#end({ stage: 'finalized', outcome })
  }

  #fail(error: AppError, outcome?: Inclusion['outcome']): void {
    this.#end({ stage: 'failed', error, outcome })
  }

  #end(event: SubmitEvent): void {
    if (this.#ended) return
    this.#ended = true
    this.#searching?.()
    this.#deps.onEvent(event)
  }

  /** One step after the other; a step that fails is tried again through the blocks. */
  #queue(step: () => Promise<void>): void {
    this.#work = this.#work.then(async () => {
      if (this.#ended) return
      try {
        await step()
      } catch (cause) {
        this.#deps.log.log('warn', 'chain.follow-step-failed', { code: errorOf(cause).code })
        this.#search()
      }
    })
  }
}

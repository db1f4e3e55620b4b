import { z } from 'zod'
import type { AppError } from '../../../../shared/errors.ts'
import type { Ss58 } from '../../../../shared/units/amounts.ts'
import type { LogPort } from '../../../system/system.port.ts'
import type { SubmitEvent, TransactionTrace } from '../../chain.port.ts'
import { ChainFailure, errorOf } from '../failure.ts'
import { viewOfHash } from '../history.ts'
import { nonceOf } from '../read/account.ts'
import type { Session } from '../session.ts'
import { View } from '../view.ts'
import { type Inclusion, indexIn, readInclusion } from './outcome.ts'

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

export interface Followed extends TransactionTrace {
  readonly signer: Ss58
  /** Of the signer; absent where only the trace was kept. */
  readonly nonce?: number
}
export interface FollowDeps {
  readonly session: Session
  readonly log: LogPort
  readonly onEvent: (event: SubmitEvent) => void
}

const INVALID: AppError = { code: 'chain/pool-refused', reason: 'it became invalid in the pool' }
const DROPPED: AppError = { code: 'chain/pool-refused', reason: 'the pool dropped it' }

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
  /** Hashes of the blocks that were read and do not hold it. */
  readonly #read = new Map<number, string>()
  #work: Promise<void> = Promise.resolve()
  #found: { readonly hash: string; readonly inclusion: Inclusion } | undefined
  #announced: string | undefined
  #searching: (() => void) | undefined
  /** A node said that it can be in no block. It may have looked at a branch that lost, and others may think otherwise. */
  #invalid = false
  /** Everything before it is final and was read. */
  #nextFinal: number
  #ended = false

  constructor(followed: Followed, deps: FollowDeps) {
    this.#followed = followed
    this.#deps = deps
    this.#nextFinal = followed.firstBlock
    deps.session.onLeft(() => this.#end({ stage: 'left' }))
  }

  /** Takes one notification of the pool. */
  tell(raw: unknown): void {
    this.#queue(async () => {
      const parsed = status.safeParse(raw)
      // A status that is new to us says nothing about the outcome; the blocks will.
      if (!parsed.success) return this.#search()
      const said = parsed.data
      // One node let go of it, or says so; others may have it. Only final blocks make it certain.
      if (said === 'invalid') this.#invalid = true
      if (said === 'dropped' || said === 'invalid') {
        this.doubt(said === 'invalid' ? INVALID : DROPPED)
        return this.search()
      }
      if (typeof said === 'string') return
      if ('inBlock' in said) return this.#include(await this.#inBlock(String(said['inBlock'])))
      if ('retracted' in said) return this.#retracted()
      if ('finalized' in said) return this.#finish(await this.#inBlock(String(said['finalized'])))
      if ('usurped' in said) return this.search()
      if ('finalityTimeout' in said) this.#search()
    })
  }

  /** What a node says against it is told at once, though only final blocks make it certain. */
  doubt(error: AppError): void {
    if (this.#ended || this.#found) return
    this.#deps.onEvent({ stage: 'doubted', error, untilBlock: this.#followed.lastBlock })
  }

  /** A pool took it after all that was said against it. */
  taken(): void {
    if (this.#ended || this.#found) return
    this.#deps.onEvent({ stage: 'in-pool', txHash: this.#followed.txHash })
  }

  /** Nothing more will be told. */
  get ended(): boolean {
    return this.#ended
  }

  /** The socket broke: what the pool would have told must be read from the blocks. */
  disconnected(): void {
    this.#queue(async () => this.#search())
  }

  /** Its block lost to another one: it waits again, and the pool may forget to tell where it goes next. */
  #retracted(): void {
    this.#found = undefined
    this.#announced = undefined
    this.#deps.onEvent({ stage: 'in-pool', txHash: this.#followed.txHash })
    this.#search()
  }

  /** The pool never took it; the caller says so. */
  refused(): void {
    this.#ended = true
  }

  /** Reads the blocks that can hold it, now and with every new one. */
  search(): void {
    this.#search()
    this.#queue(() => this.#look())
  }

  #search(): void {
    if (this.#searching || this.#ended) return
    this.#searching = this.#deps.session.onHead(() => this.#queue(() => this.#look()))
  }

  async #look(): Promise<void> {
    if (!this.#found) await this.#scan()
    const final = this.#final()
    if (this.#found) {
      const { block, blockHash } = this.#found.inclusion.outcome
      if (final < block) return
      if ((await this.#hashNow(block)) === blockHash) return this.#finish(this.#found)
      // That block was left behind; the transaction may be in another one.
      this.#found = undefined
      return
    }
    const { lastBlock, txHash } = this.#followed
    if (this.#nextFinal > lastBlock)
      return this.#fail(this.#invalid ? INVALID : { code: 'chain/transaction-lost', txHash })
    if (this.#invalid && (await this.#isOvertaken())) this.#fail(INVALID)
  }

  /** Final blocks have used its nonce for something else, and were all read: none after them can hold it. */
  async #isOvertaken(): Promise<boolean> {
    const { nonce, signer } = this.#followed
    const block = this.#nextFinal - 1
    const hash = this.#read.get(block)
    if (nonce === undefined || hash === undefined) return false
    const [account] = await (await viewOfHash(this.#deps.session, block, hash)).storage([['System.Account', signer]])
    return nonceOf(account) > nonce
  }

  /** Reads what was not read yet, and what has another hash now: until a block is final, another may take its place. */
  async #scan(): Promise<void> {
    const { session } = this.#deps
    const [final, newest] = [this.#final(), Math.min(session.best.number, this.#followed.lastBlock)]
    for (let block = this.#nextFinal; block <= newest && !this.#found && !this.#ended; block++) {
      const hash = block <= final ? await this.#hashNow(block) : await session.hashAt(block)
      if (this.#read.get(block) !== hash) await this.#readBlock(block, hash, block <= final)
      if (this.#found) return
      this.#read.set(block, hash)
      if (block <= final) this.#nextFinal = block + 1
    }
  }

  async #readBlock(block: number, hash: string, isFinal: boolean): Promise<void> {
    const { session } = this.#deps
    const index = await indexIn(new View(session, { block, hash, runtime: session.runtime }), this.#followed.txHash)
    if (index === undefined) return
    try {
      this.#include(await this.#inclusionIn(await viewOfHash(session, block, hash), index))
    } catch (cause) {
      if (!isFinal || errorOf(cause).code !== 'chain/unsupported') throw cause
      // It is in the chain for good, but this node has forgotten what it did there. Another one may know.
      this.#deps.onEvent({ stage: 'in-block', outcome: { block, blockHash: hash, extrinsicIndex: index } })
      this.#end({ stage: 'left' })
    }
  }

  #final(): number {
    return this.#deps.session.finalized?.number ?? 0
  }

  /** From the node, not from what passed by: the line may have been down when another branch won. */
  async #hashNow(block: number): Promise<string> {
    const hash = await this.#deps.session.rpc.request('chain_getBlockHash', [block])
    if (typeof hash === 'string') return hash
    throw new ChainFailure({ code: 'chain/bad-answer', what: `hash of block ${block}` })
  }

  async #inBlock(hash: string): Promise<{ hash: string; inclusion: Inclusion }> {
    if (this.#found?.hash === hash) return this.#found
    const { session } = this.#deps
    const block = await this.#numberOf(hash)
    const view = new View(session, { block, hash, runtime: session.runtime })
    const index = await indexIn(view, this.#followed.txHash)
    if (index === undefined)
      throw new ChainFailure({ code: 'chain/bad-answer', what: `block ${hash} does not hold the transaction` })
    return this.#inclusionIn(view, index)
  }

  async #inclusionIn(view: View, index: number): Promise<{ hash: string; inclusion: Inclusion }> {
    const { signer } = this.#followed
    const before = async () => viewOfHash(this.#deps.session, view.block - 1, await this.#parentOf(view.hash))
    return { hash: view.hash, inclusion: await readInclusion(view, { extrinsicIndex: index, signer, before }) }
  }

  async #parentOf(hash: string): Promise<string> {
    const header = z.looseObject({ parentHash: z.string() })
    const parsed = header.safeParse(await this.#deps.session.rpc.request('chain_getHeader', [hash]))
    if (parsed.success) return parsed.data.parentHash
    throw new ChainFailure({ code: 'chain/bad-answer', what: 'chain_getHeader' })
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

import type { Validity } from '../runtime.port.ts'
import type { Block } from './block-store.ts'
import type { Chain } from './chain.ts'
import { hash256 } from './header.ts'
import { PoolError } from './pool-error.ts'
import type { ShieldAuthor } from './shield-author.ts'
import { validityError } from './validity-error.ts'

/** As `author_extrinsicUpdate` spells them. */
export type TxStatus = 'ready' | 'future' | 'invalid' | 'dropped' | { inBlock: string } | { finalized: string }
/** Called in order; `last` says that no status follows. */
export type TxWatcher = (status: TxStatus, last: boolean) => void

export interface PoolTx {
  readonly hash: string
  readonly bytes: Uint8Array
  readonly sender: string
  readonly nonce: number
  /** Last block that may include it. */
  readonly validTo: number
  readonly arrival: number
}

/** Substrate's defaults are 8,192 and 512; a computer's own practice chain needs fewer. */
const MAX_POOL = 4_096
/** Subtensor's InvalidShieldedTxPubKeyHash: sealed for a key that no coming author has. */
const UNKNOWN_KEY = 24
/** Also Substrate's: what was invalid once is not looked at again for half an hour. */
const BAN_MS = 30 * 60_000

/** Transactions that wait for a block: ready when all nonces before theirs are used or waiting, else future. */
export class TxPool {
  readonly #chain: Chain
  readonly #nowMs: () => number
  readonly #author: ShieldAuthor | undefined
  readonly #byHash = new Map<string, PoolTx>()
  readonly #bySender = new Map<string, Map<number, PoolTx>>()
  readonly #ready = new Set<string>()
  readonly #banned = new Map<string, number>()
  readonly #watchers = new Map<string, Set<TxWatcher>>()
  #arrivals = 0

  constructor(chain: Chain, nowMs: () => number, author?: ShieldAuthor) {
    this.#author = author
    this.#chain = chain
    this.#nowMs = nowMs
  }

  /** The account's next nonce in the best block's state. `sender` is a 0x-hex public key. */
  accountNonce(sender: string): number {
    const answer = this.#chain.callApi('AccountNonceApi_account_nonce', Buffer.from(sender.slice(2), 'hex'))
    return answer ? Buffer.from(answer).readUInt32LE(0) : 0
  }

  /** The nonce that the sender's next transaction needs, counting those waiting here. */
  nextNonce(sender: string): number {
    const waiting = this.#bySender.get(sender)
    let nonce = this.accountNonce(sender)
    while (waiting?.has(nonce)) nonce += 1
    return nonce
  }

  pending(): readonly PoolTx[] {
    return this.ready()
  }

  /**
   * Checks a transaction against the best block and queues it.
   * @returns its hash. @errors throws PoolError.
   */
  submit(bytes: Uint8Array, watcher?: TxWatcher): string {
    const hash = hash256(bytes)
    if (this.#byHash.has(hash)) throw new PoolError(1013, 'Transaction is already imported')
    if ((this.#banned.get(hash) ?? 0) > this.#nowMs()) throw new PoolError(1012, 'Transaction is temporarily banned')
    const head = this.#chain.best.header.number
    const validity = this.#chain.runtime.validate(this.#chain.scratch(), bytes, this.#chain.context(head + 1))
    const { sender, nonce, longevity } = accepted(validity)
    if (this.#author?.refuses(bytes, head + 1)) throw validityError({ ok: false, code: 'custom', custom: UNKNOWN_KEY })
    const expected = this.accountNonce(sender)
    if (nonce < expected) throw validityError({ ok: false, code: 'stale' })
    if (this.#bySender.get(sender)?.has(nonce)) {
      const text = 'The transaction has too low priority to replace another transaction already in the pool.'
      throw new PoolError(1014, 'Priority is too low: (1 vs 1)', text)
    }
    if (this.#byHash.size >= MAX_POOL) {
      throw new PoolError(1016, 'Immediately Dropped', "The transaction couldn't enter the pool because of the limit")
    }
    const tx: PoolTx = { hash, bytes, sender, nonce, validTo: head + longevity, arrival: this.#arrivals++ }
    this.#insert(tx)
    if (watcher) this.watch(hash, watcher)
    this.#promote(sender, expected)
    if (!this.#ready.has(hash)) this.#tell(hash, 'future', false)
    return hash
  }

  watch(hash: string, watcher: TxWatcher): void {
    const watchers = this.#watchers.get(hash) ?? new Set()
    this.#watchers.set(hash, watchers.add(watcher))
  }

  unwatch(hash: string, watcher: TxWatcher): void {
    this.#watchers.get(hash)?.delete(watcher)
  }

  /** Ready transactions, each after those of its sender with lower nonces, else in order of arrival. */
  ready(): readonly PoolTx[] {
    const keyed: { tx: PoolTx; key: number }[] = []
    for (const [sender, waiting] of this.#bySender) {
      let key = 0
      for (let nonce = this.accountNonce(sender), tx = waiting.get(nonce); tx; nonce += 1, tx = waiting.get(nonce)) {
        key = Math.max(key, tx.arrival)
        keyed.push({ tx, key })
      }
    }
    return keyed.sort((a, b) => a.key - b.key).map(({ tx }) => tx)
  }

  /** Takes a transaction out that can never be included, and refuses it for a while. */
  reject(tx: PoolTx): void {
    this.#banned.set(tx.hash, this.#nowMs() + BAN_MS)
    this.#remove(tx)
    this.#tell(tx.hash, 'invalid', true)
  }

  /** After a new best block: what it includes leaves, what is too old is dropped, what was future may be ready. */
  onBlock(block: Block, included: readonly PoolTx[]): void {
    for (const tx of included) {
      this.#remove(tx)
      this.#tell(tx.hash, { inBlock: block.hash }, false)
    }
    for (const tx of [...this.#byHash.values()]) {
      if (tx.validTo > block.header.number) continue
      this.#remove(tx)
      this.#tell(tx.hash, 'dropped', true)
    }
    for (const [sender, waiting] of this.#bySender) {
      const nonce = this.accountNonce(sender)
      for (const tx of [...waiting.values()]) {
        if (tx.nonce >= nonce) continue
        this.#remove(tx)
        this.#tell(tx.hash, 'invalid', true)
      }
      this.#promote(sender, nonce)
    }
    for (const [hash, until] of this.#banned) if (until <= this.#nowMs()) this.#banned.delete(hash)
  }

  /** Transactions of blocks that were dropped wait again, or are dropped themselves. */
  restore(bytes: Uint8Array): void {
    try {
      this.submit(bytes)
    } catch (error) {
      if (!(error instanceof PoolError)) throw error
      this.#tell(hash256(bytes), 'dropped', true)
    }
  }

  onFinalized(block: Block, hashes: readonly string[]): void {
    for (const hash of hashes) this.#tell(hash, { finalized: block.hash }, true)
  }

  #insert(tx: PoolTx): void {
    this.#byHash.set(tx.hash, tx)
    const waiting = this.#bySender.get(tx.sender) ?? new Map<number, PoolTx>()
    this.#bySender.set(tx.sender, waiting.set(tx.nonce, tx))
  }

  #remove(tx: PoolTx): void {
    this.#byHash.delete(tx.hash)
    this.#ready.delete(tx.hash)
    const waiting = this.#bySender.get(tx.sender)
    waiting?.delete(tx.nonce)
    if (waiting?.size === 0) this.#bySender.delete(tx.sender)
  }

  #promote(sender: string, from: number): void {
    const waiting = this.#bySender.get(sender)
    for (let nonce = from, tx = waiting?.get(nonce); tx; nonce += 1, tx = waiting?.get(nonce)) {
      if (this.#ready.has(tx.hash)) continue
      this.#ready.add(tx.hash)
      this.#tell(tx.hash, 'ready', false)
    }
  }

  #tell(hash: string, status: TxStatus, last: boolean): void {
    for (const watcher of this.#watchers.get(hash) ?? []) watcher(status, last)
    if (last) this.#watchers.delete(hash)
  }
}

/** A queued 'future' answer counts as accepted: the pool compares nonces by itself. */
function accepted(validity: Validity): { sender: string; nonce: number; longevity: number } {
  if (validity.ok) return validity
  const { code, sender, nonce, longevity } = validity
  if (code === 'future' && sender !== undefined && nonce !== undefined) {
    return { sender, nonce, longevity: longevity ?? 64 }
  }
  throw validityError(validity)
}

import type { ChainContext, PracticeRuntime } from '../runtime.port.ts'
import { Overlay } from '../state/overlay.ts'
import type { BlockFiller } from './chain.ts'
import type { Duty, ShieldAuthor } from './shield-author.ts'
import type { PoolTx, TxPool } from './tx-pool.ts'

/** Bytes of extrinsics per block; mainnet's limit is 5 MiB (`BlockLength`), of which normal ones get three quarters. */
const MAX_BODY_BYTES = 3_932_160

export interface PoolFiller extends BlockFiller {
  readonly included: readonly PoolTx[]
}

export interface FillerParts {
  readonly pool: TxPool
  readonly runtime: PracticeRuntime
  readonly nowMs: () => number
  /** Absent on a chain without shielded transactions. */
  readonly author?: ShieldAuthor | undefined
}

/** The block as far as it is built. */
interface Draft {
  readonly kv: Overlay
  readonly context: ChainContext
  readonly firstIndex: number
  readonly body: Uint8Array[]
}

/**
 * Fills a block: the author's key, then the pool, each transaction validated again on the state that it will meet. What
 * a carrier hides follows it at once.
 *
 * @param budgetMs  time after which the rest waits for the next block, so that a full pool cannot stop the chain.
 * @param onFault   told when the runtime throws while applying: our bug; the transaction is left out.
 */
export function poolFiller(parts: FillerParts, budgetMs: number, onFault: (error: unknown) => void): PoolFiller {
  const included: PoolTx[] = []
  const { pool, runtime, nowMs, author } = parts

  /** All of it or nothing. */
  const apply = ({ kv, context, firstIndex, body }: Draft, bytes: Uint8Array): boolean => {
    const attempt = new Overlay(kv)
    try {
      runtime.apply(attempt, bytes, firstIndex + body.length, context)
    } catch (error) {
      onFault(error)
      return false
    }
    attempt.commit()
    body.push(bytes)
    return true
  }

  /** A transaction that nobody could check before: one that does not fit now is dropped, as on mainnet. */
  const applyHidden = (draft: Draft, inner: Uint8Array): void => {
    const validity = runtime.validate(draft.kv, inner, draft.context)
    if (validity.ok && validity.nonce === nonceOf(runtime, draft, validity.sender)) apply(draft, inner)
  }

  /** @returns whether it was applied. */
  const include = (draft: Draft, tx: PoolTx): boolean => {
    const { kv, context } = draft
    const validity = runtime.validate(kv, tx.bytes, context)
    const duty: Duty = author && validity.ok ? author.dutyOf(tx.bytes, context.number) : { kind: 'none' }
    if (duty.kind === 'wait' || (!validity.ok && validity.code === 'future')) return false
    if (!validity.ok || duty.kind === 'refuse' || !apply(draft, tx.bytes)) {
      pool.reject(tx)
      return false
    }
    if (duty.kind === 'opened' && duty.inner !== undefined) applyHidden(draft, duty.inner)
    return true
  }

  return {
    included,
    fill(kv, context, firstIndex) {
      const deadline = nowMs() + budgetMs
      const skipped = new Set<string>()
      const draft: Draft = { kv, context, firstIndex, body: [] }
      if (author) apply(draft, author.announcement(context.number))
      let bytes = 0
      for (const tx of pool.ready()) {
        if (nowMs() >= deadline || bytes + tx.bytes.length > MAX_BODY_BYTES) break
        if (skipped.has(tx.sender)) continue
        if (include(draft, tx)) {
          included.push(tx)
          bytes += tx.bytes.length
        } else {
          skipped.add(tx.sender)
        }
      }
      return draft.body
    },
  }
}

/** The account's next nonce in the block as far as it is built. `sender` is a 0x-hex public key. */
function nonceOf(runtime: PracticeRuntime, { kv, context }: Draft, sender: string): number {
  const key = Buffer.from(sender.slice(2), 'hex')
  const answer = runtime.callApi(kv, 'AccountNonceApi_account_nonce', key, context)
  return Buffer.from(answer).readUInt32LE(0)
}

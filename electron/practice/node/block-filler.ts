import type { ChainContext, PracticeRuntime } from '../runtime.port.ts'
import { Overlay } from '../state/overlay.ts'
import type { BlockFiller } from './chain.ts'
import type { PoolTx, TxPool } from './tx-pool.ts'

/** Bytes of extrinsics per block; mainnet's limit is 5 MiB (`BlockLength`), of which normal ones get three quarters. */
const MAX_BODY_BYTES = 3_932_160

export interface PoolFiller extends BlockFiller {
  readonly included: readonly PoolTx[]
}

/**
 * Fills a block from the pool, validating each transaction again on the state it will meet.
 *
 * @param budgetMs  time after which the rest waits for the next block, so that a full pool cannot stop the chain.
 * @param onFault   told when the runtime throws while applying: our bug; the transaction is left out.
 */
export function poolFiller(
  parts: { readonly pool: TxPool; readonly runtime: PracticeRuntime; readonly nowMs: () => number },
  budgetMs: number,
  onFault: (error: unknown) => void,
): PoolFiller {
  const included: PoolTx[] = []
  const { pool, runtime, nowMs } = parts

  /** @returns whether it was applied. */
  const tryApply = (kv: Overlay, tx: PoolTx, at: { index: number; context: ChainContext }): boolean => {
    const validity = runtime.validate(kv, tx.bytes, at.context)
    if (!validity.ok) {
      if (validity.code !== 'future') pool.reject(tx)
      return false
    }
    const attempt = new Overlay(kv)
    try {
      runtime.apply(attempt, tx.bytes, at.index, at.context)
    } catch (error) {
      onFault(error)
      pool.reject(tx)
      return false
    }
    attempt.commit()
    return true
  }

  return {
    included,
    fill(kv, context, firstIndex) {
      const deadline = nowMs() + budgetMs
      const skipped = new Set<string>()
      let bytes = 0
      for (const tx of pool.ready()) {
        if (nowMs() >= deadline || bytes + tx.bytes.length > MAX_BODY_BYTES) break
        if (skipped.has(tx.sender)) continue
        if (tryApply(kv, tx, { index: firstIndex + included.length, context })) {
          included.push(tx)
          bytes += tx.bytes.length
        } else {
          skipped.add(tx.sender)
        }
      }
      return included.map((tx) => tx.bytes)
    },
  }
}

import type { NetworkStatus } from '../../shared/contract/app.contract.ts'
import { USUAL_BLOCK_MS } from '../../shared/network/block-time.ts'
import { valueIn } from './loadable.ts'
import { useDoor } from './use-door.ts'
import { useNow } from './use-now.ts'
import { useSubscription } from './use-subscription.ts'

const STALE_AFTER_BLOCKS = 2
/** A head must travel; without this the age would flicker between blocks of a fast practice chain. */
const GRACE_MS = 3_000

export interface Chain {
  readonly status: NetworkStatus | undefined
  readonly play: boolean
  readonly block: number | undefined
  readonly ageMs: number | undefined
  readonly blockMs: number
  /** No new head for more than two blocks, or the connection is down: nothing is signed now. */
  readonly stale: boolean
}

export function useChain(): Chain {
  const status = valueIn(useSubscription('network.status'))
  const door = useDoor()
  const now = useNow()
  const blockMs = status?.facts?.blockMs ?? USUAL_BLOCK_MS
  const best = status?.best
  const ageMs = best ? Math.max(0, now - best.seenAtMs) : undefined
  const late = ageMs !== undefined && ageMs > STALE_AFTER_BLOCKS * blockMs + GRACE_MS
  const stale = door !== 'open' || status?.reconnecting === true || status?.state !== 'ready' || late
  return { status, play: status?.play ?? false, block: best?.number, ageMs, blockMs, stale }
}

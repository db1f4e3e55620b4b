import type { RuntimeCall } from '../definitions/runtime-types.ts'
import type { Miner } from './ask-miner.ts'
import type { ScoreBook } from './score-book.ts'

/** Version that validators of this network agree on; the subnet asks for none. */
const VERSION_KEY = 0n
const MOST = 65_535

/**
 * `set_weights` in proportion to the scores; the largest becomes 65,535.
 * Where nobody answered, all weight goes to the validator itself: the chain ignores a weight on oneself, so nobody
 * is paid, while leaving the old weights would go on paying who is gone.
 */
export function weightsCall(netuid: number, miners: readonly Miner[], book: ScoreBook, ownUid: number): RuntimeCall {
  const scored = miners.map((miner) => ({ uid: miner.uid, score: book.of(miner.hotkey) })).filter((m) => m.score > 0)
  const best = Math.max(...scored.map((m) => m.score))
  const dests = scored.length > 0 ? scored.map((m) => m.uid) : [ownUid]
  const weights = scored.length > 0 ? scored.map((m) => Math.max(1, Math.round((m.score / best) * MOST))) : [MOST]
  const value = { netuid, dests, weights, version_key: VERSION_KEY }
  return { type: 'SubtensorModule', value: { type: 'set_weights', value } }
}

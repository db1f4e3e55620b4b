import type { RuntimeCall } from '../../definitions/runtime-types.ts'
import { done, type Outcome } from '../core/ctx.ts'
import { fail } from '../core/failure.ts'
import { subtensorModule } from '../core/pallets.ts'
import type { Store } from '../core/store.ts'

const { ColdkeySwapAnnouncements, ColdkeySwapDisputes } = subtensorModule.storage

const STILL_ALLOWED: ReadonlySet<string> = new Set([
  'announce_coldkey_swap',
  'swap_coldkey_announced',
  'dispute_coldkey_swap',
  'clear_coldkey_swap_announcement',
])

const isStillAllowed = (call: RuntimeCall): boolean =>
  (call.type === 'SubtensorModule' && STILL_ALLOWED.has(call.value.type)) ||
  (call.type === 'MevShield' && call.value.type === 'submit_encrypted')

/**
 * An account with an announced swap can only go on with the swap; with a disputed one it can do nothing. Asked in the
 * pool for the signer, and again for every call inside a call, so that neither a batch nor a delegate gets around it.
 * @errors ColdkeySwapDisputed, ColdkeySwapAnnounced
 * @source subtensor `pallets/subtensor/src/guards/check_coldkey_swap.rs`
 */
export function checkColdkeySwap(store: Store, who: string, call: RuntimeCall): Outcome {
  if (!store.has(ColdkeySwapAnnouncements, who)) return done
  if (store.has(ColdkeySwapDisputes, who)) return fail('ColdkeySwapDisputed')
  return isStillAllowed(call) ? done : fail('ColdkeySwapAnnounced')
}

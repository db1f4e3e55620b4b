import { type Intent, innerIntents } from '../signing/intent.ts'
import type { Rao } from '../units/amounts.ts'

/** Why a transaction is not hidden until it is in a block. */
export type ShieldRefusal =
  | 'not-a-trade'
  | 'root'
  | 'proxied'
  | 'hotkey'
  | 'not-offered'
  | 'no-key'
  | 'too-fast'
  | 'too-long'
  | 'air-gapped'
  | 'turned-off'

/** `auto`: where it helps and works. `on`: also where blocks come fast. `off`: never. */
export type ShieldMode = 'auto' | 'on' | 'off'

/** Whether a prepared transaction will be hidden, and what the cover costs, or why not. */
export type ShieldVerdict =
  | { readonly hidden: true; readonly carrierFee?: Rao | undefined }
  | { readonly hidden: false; readonly reason: ShieldRefusal }

const ROOT = 0

/**
 * Whether hiding helps this call at all: it does where the call moves a price, so that somebody who sees it waiting could
 * trade before it. Pure.
 * @returns `undefined` when it helps
 */
export function shieldRefusal(intent: Intent): ShieldRefusal | undefined {
  switch (intent.kind) {
    case 'add-stake':
    case 'remove-stake':
    case 'remove-stake-full':
      return intent.netuid === ROOT ? 'root' : undefined
    case 'swap-stake':
    case 'move-stake':
    case 'move-stake-limit':
    case 'transfer-stake':
      return intent.fromNetuid === intent.toNetuid ? 'not-a-trade' : undefined
    case 'batch': {
      const reasons = innerIntents(intent).map(shieldRefusal)
      return reasons.length > 0 && reasons.some((reason) => reason === undefined) ? undefined : 'not-a-trade'
    }
    // The chain cannot open these, or each needs a hash that is known before.
    case 'proxied':
    case 'proxied-announced':
    case 'multisig-alone':
    case 'multisig-execute':
      return 'proxied'
    case 'serve-axon':
      return 'hotkey'
    default:
      return 'not-a-trade'
  }
}

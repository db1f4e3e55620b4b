import { assertNever, err } from '../../../../shared/result.ts'
import type { RuntimeCall } from '../../definitions/runtime-types.ts'
import type { Ctx, Outcome } from '../core/ctx.ts'
import { fail } from '../core/failure.ts'
import { announceSwap, carryOutSwap, clearSwap, disputeSwap, resetSwap, swapAsRoot } from './announce.ts'

type SubtensorCall = Extract<RuntimeCall, { readonly type: 'SubtensorModule' }>['value']
export type SwapCall = Extract<
  SubtensorCall,
  {
    readonly type:
      | 'announce_coldkey_swap'
      | 'swap_coldkey_announced'
      | 'dispute_coldkey_swap'
      | 'clear_coldkey_swap_announcement'
      | 'reset_coldkey_swap'
      | 'swap_coldkey'
      | 'schedule_swap_coldkey'
  }
>

/** Carries out the calls by which everything of a coldkey moves to another. */
export function dispatchSwap(ctx: Ctx, who: string, call: SwapCall): Outcome {
  switch (call.type) {
    case 'announce_coldkey_swap':
      return announceSwap(ctx, who, call.value.new_coldkey_hash)
    case 'swap_coldkey_announced':
      return carryOutSwap(ctx, who, call.value.new_coldkey)
    case 'dispute_coldkey_swap':
      return disputeSwap(ctx, who)
    case 'clear_coldkey_swap_announcement':
      return clearSwap(ctx, who)
    case 'schedule_swap_coldkey':
      return fail('Deprecated')
    case 'reset_coldkey_swap':
    case 'swap_coldkey':
      return err({ other: 'BadOrigin' })
    default:
      return assertNever(call)
  }
}

/** The two of them that only root may call; of all other calls root makes none here. */
export function dispatchSwapAsRoot(ctx: Ctx, call: SubtensorCall): Outcome {
  if (call.type === 'reset_coldkey_swap') return resetSwap(ctx, call.value.coldkey)
  if (call.type === 'swap_coldkey') return swapAsRoot(ctx, call.value)
  return err({ other: 'BadOrigin' })
}

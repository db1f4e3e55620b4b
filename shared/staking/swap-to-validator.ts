import { type Alpha, alpha, type Netuid, type Ss58 } from '../units/amounts.ts'
import type { StakeMove } from './stake-move.ts'

/**
 * What the shares of two pools may round away when stake goes from one validator to another, 1e-9 alpha: asking for more
 * than arrived would have the chain refuse all of it.
 * @source subtensor `pallets/subtensor/src/staking/stake_utils.rs`, primitives `share-pool`: a value is shares × total ÷ all shares, rounded down
 */
const ROUNDED_AWAY = 2n

interface SwapTo {
  readonly fromHotkey: Ss58
  readonly toHotkey: Ss58
  readonly fromNetuid: Netuid
  readonly toNetuid: Netuid
  readonly amount: Alpha
}

/**
 * Stake to another subnet, there with `toHotkey`. A swap keeps its validator, so with another one the stake goes to that one
 * first, which trades nothing; {@link ROUNDED_AWAY} of it stays there.
 */
export function swapToValidator({ fromHotkey, toHotkey, fromNetuid, toNetuid, amount }: SwapTo): {
  readonly first: readonly Extract<StakeMove, { kind: 'move' }>[]
  readonly swap: Extract<StakeMove, { kind: 'swap' }>
} {
  const swap = { kind: 'swap', hotkey: toHotkey, fromNetuid, toNetuid } as const
  if (fromHotkey === toHotkey) return { first: [], swap: { ...swap, amount } }
  const arrives = alpha(amount > ROUNDED_AWAY ? amount - ROUNDED_AWAY : amount)
  return {
    first: [{ kind: 'move', netuid: fromNetuid, fromHotkey, toHotkey, amount }],
    swap: { ...swap, amount: arrives },
  }
}

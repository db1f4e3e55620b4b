import type { Intent, PlainIntent } from '../signing/intent.ts'
import { type RaoPerAlpha, raoPerAlpha } from '../units/amounts.ts'
import type { StakeMove } from './stake-move.ts'

/** The limits of a move; of two that exclude each other one is absent. */
export interface MoveLimits {
  readonly limitPrice?: RaoPerAlpha | undefined
  readonly limitRatio?: bigint | undefined
}

/** A limit always takes eight bytes: for fees, which grow with the size of a call, any one will do. */
const ANY = raoPerAlpha(1_000_000_000n)
const partly = (allowPartial: boolean | undefined) => (allowPartial ? { allowPartial: true } : {})

/** The call that a move is. Trades are always bounded: without limits of its own, by those given. */
export function intentOfMove(move: StakeMove, limits: MoveLimits = {}): PlainIntent {
  const limitPrice = limits.limitPrice ?? ANY
  switch (move.kind) {
    case 'add': {
      const { hotkey, netuid, amount, allowPartial } = move
      return { kind: 'add-stake', hotkey, netuid, amount, limitPrice, ...partly(allowPartial) }
    }
    case 'remove': {
      const { hotkey, netuid, amount, allowPartial } = move
      return { kind: 'remove-stake', hotkey, netuid, amount, limitPrice, ...partly(allowPartial) }
    }
    case 'remove-all':
      return { kind: 'remove-stake-full', hotkey: move.hotkey, netuid: move.netuid, limitPrice }
    case 'move': {
      const { fromHotkey, toHotkey, netuid, amount } = move
      return { kind: 'move-stake', fromHotkey, toHotkey, fromNetuid: netuid, toNetuid: netuid, amount }
    }
    case 'swap': {
      const { hotkey, fromNetuid, toNetuid, amount, allowPartial } = move
      const limitRatio = limits.limitRatio ?? ANY
      return { kind: 'swap-stake', hotkey, fromNetuid, toNetuid, amount, limitRatio, ...partly(allowPartial) }
    }
    case 'transfer': {
      const { to, hotkey, netuid, amount } = move
      return { kind: 'transfer-stake', to, hotkey, fromNetuid: netuid, toNetuid: netuid, amount }
    }
  }
}

/**
 * Several calls as one. Leaving everything goes on when one position cannot be sold; moves that build on each other are
 * done all or none.
 */
export const batchOf = (intents: readonly Intent[], mode: 'all' | 'each'): Intent => ({ kind: 'batch', mode, intents })

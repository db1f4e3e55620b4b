import { type Intent, innerIntents, type PlainIntent } from '../signing/intent.ts'
import { type Netuid, type RaoPerAlpha, raoPerAlpha, U64_MAX } from '../units/amounts.ts'
import type { StakeMove } from './stake-move.ts'

/** The limits of a move; of two that exclude each other one is absent. */
export interface MoveLimits {
  readonly limitPrice?: RaoPerAlpha | undefined
  readonly limitRatio?: bigint | undefined
}

const ROOT = 0
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

/** The move that a single call is, with the limit in it; `undefined` for everything that {@link intentOfMove} does not make. */
export function moveOfIntent(intent: Intent): StakeMove | undefined {
  switch (intent.kind) {
    case 'add-stake': {
      const { kind: _, ...rest } = intent
      return { kind: 'add', ...rest }
    }
    case 'remove-stake': {
      const { kind: _, ...rest } = intent
      return { kind: 'remove', ...rest }
    }
    case 'swap-stake': {
      const { kind: _, ...rest } = intent
      return { kind: 'swap', ...rest }
    }
    case 'remove-stake-full': {
      const { hotkey, netuid, limitPrice } = intent
      // At any price: the chain will take it, so no limit is made up here.
      return limitPrice === undefined ? undefined : { kind: 'remove-all', hotkey, netuid, limitPrice }
    }
    default:
      return undefined
  }
}

/**
 * Several calls as one. Leaving everything goes on when one position cannot be sold; moves that build on each other are
 * done all or none.
 */
export const batchOf = (intents: readonly Intent[], mode: 'all' | 'each'): Intent => ({ kind: 'batch', mode, intents })

/**
 * The subnet on which a call, however deep it lies, would trade at whatever price there is; `undefined`: none.
 * @source subtensor: `move_stake` and `transfer_stake` between subnets have no limit, `remove_stake_full_limit` may be given none
 */
export function tradesAtAnyPrice(intent: Intent): Netuid | undefined {
  switch (intent.kind) {
    case 'add-stake':
      return intent.netuid !== ROOT && intent.limitPrice === U64_MAX ? intent.netuid : undefined
    case 'remove-stake':
    case 'remove-stake-full':
      return intent.netuid !== ROOT && !intent.limitPrice ? intent.netuid : undefined
    case 'swap-stake':
    case 'move-stake-limit':
      return intent.fromNetuid !== intent.toNetuid && intent.limitRatio === 0n ? intent.fromNetuid : undefined
    case 'move-stake':
    case 'transfer-stake':
      return intent.fromNetuid !== intent.toNetuid ? intent.fromNetuid : undefined
    default:
      return innerIntents(intent)
        .map(tradesAtAnyPrice)
        .find((netuid) => netuid !== undefined)
  }
}

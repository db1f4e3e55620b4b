import type { Ctx } from '../core/ctx.ts'
import { subtensorModule } from '../core/pallets.ts'
import { basketOf, owedBy } from '../root/basket.ts'
import { ROOT } from '../stake/ledger.ts'
import type { HandlersOf } from './handlers.ts'

const s = subtensorModule.storage

/** Of every validator that owes something; a share is a rao. */
const positionsOf = ({ store }: Ctx, coldkey: string): [string, bigint, bigint][] =>
  store
    .get(s.StakingHotkeys, coldkey)
    .map((hotkey): [string, bigint, bigint] => {
      const owed = owedBy(store, hotkey, coldkey)
      return [hotkey, owed, owed]
    })
    .filter(([, owed]) => owed > 0n)

export const basketHandlers: { readonly BetaBasketRuntimeApi: HandlersOf<'BetaBasketRuntimeApi'> } = {
  BetaBasketRuntimeApi: {
    get_root_basket_owed: (ctx, { coldkey }) => positionsOf(ctx, coldkey).reduce((sum, [, , owed]) => sum + owed, 0n),
    get_basket_payout: ({ store }, { hotkey, coldkey }) => owedBy(store, hotkey, coldkey),
    get_validator_basket_nav: ({ store }, { hotkey }) => basketOf(store, hotkey),
    get_validator_basket: ({ store }, { hotkey }) => {
      const held = basketOf(store, hotkey)
      return held > 0n ? [[ROOT, held, held] as const] : []
    },
    get_root_basket_positions: (ctx, { coldkey }) => positionsOf(ctx, coldkey),
  },
}

import type { HandlersOf } from './handlers.ts'

/** Root dividends are paid out here, not gathered in baskets: nobody is owed anything. */
export const basketHandlers: { readonly BetaBasketRuntimeApi: HandlersOf<'BetaBasketRuntimeApi'> } = {
  BetaBasketRuntimeApi: { get_root_basket_owed: () => 0n, get_root_basket_positions: () => [] },
}

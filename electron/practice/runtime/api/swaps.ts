import { netuidsOf } from '../coinbase/coinbase.ts'
import { ROOT } from '../stake/ledger.ts'
import { PAR, priceOf, quoteBuy, quoteSell } from '../stake/pools.ts'
import type { HandlersOf } from './handlers.ts'

/** All zero says "cannot swap", not "free". */
const CANNOT_SWAP = {
  tao_amount: 0n,
  alpha_amount: 0n,
  tao_fee: 0n,
  alpha_fee: 0n,
  tao_slippage: 0n,
  alpha_slippage: 0n,
}
const notNegative = (n: bigint): bigint => (n < 0n ? 0n : n)

/** What a swap would bring, from the very code that carries swaps out. Balances, locks and minimums are not looked at. */
export const swapHandlers: { readonly SwapRuntimeApi: HandlersOf<'SwapRuntimeApi'> } = {
  SwapRuntimeApi: {
    current_alpha_price: ({ store }, { netuid }) => priceOf(store, netuid),
    current_alpha_price_all: ({ store }) =>
      netuidsOf(store)
        .filter((netuid) => netuid !== ROOT)
        .map((netuid) => ({ netuid, price: priceOf(store, netuid) })),
    sim_swap_tao_for_alpha: ({ store }, { netuid, tao }) => {
      const quote = quoteBuy(store, { netuid, amount: tao })
      const price = priceOf(store, netuid)
      if (!quote.ok || price === 0n) return CANNOT_SWAP
      const { swapped, received, fee } = quote.value
      const alpha_slippage = notNegative((tao * PAR) / price - received)
      return { ...CANNOT_SWAP, tao_amount: swapped, alpha_amount: received, tao_fee: fee, alpha_slippage }
    },
    sim_swap_alpha_for_tao: ({ store }, { netuid, alpha }) => {
      const quote = quoteSell(store, { netuid, amount: alpha })
      if (!quote.ok) return CANNOT_SWAP
      const { swapped, received, fee } = quote.value
      const tao_slippage = notNegative((alpha * priceOf(store, netuid)) / PAR - received)
      return { ...CANNOT_SWAP, tao_amount: received, alpha_amount: swapped, alpha_fee: fee, tao_slippage }
    },
  },
}

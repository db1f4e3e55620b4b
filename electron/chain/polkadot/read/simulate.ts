import { type Alpha, alpha, type Netuid, type Rao, rao } from '../../../../shared/units/amounts.ts'
import { Answer } from '../answer.ts'
import type { View } from '../view.ts'
import { ROOT } from './prices.ts'

const SIM_BUY = 'SwapRuntimeApi.sim_swap_tao_for_alpha'
const SIM_SELL = 'SwapRuntimeApi.sim_swap_alpha_for_tao'

/**
 * What the pool gives for `amount` TAO now.
 * @returns `alphaOut` 1e-9 alpha, `poolFee` rao. All zero means that the pool cannot, not that it is free.
 * @source subtensor `SwapRuntimeApi`; root does not swap: 1:1 and without fee
 */
export async function simulateBuy(view: View, netuid: Netuid, amount: Rao): Promise<{ alphaOut: Alpha; poolFee: Rao }> {
  if (netuid === ROOT) return { alphaOut: alpha(amount), poolFee: rao(0n) }
  const result = new Answer(await view.api(SIM_BUY, netuid, amount), SIM_BUY)
  return { alphaOut: result.alpha('alpha_amount'), poolFee: result.rao('tao_fee') }
}

/** What the pool pays for `amount` alpha now. @returns `taoOut` rao, `poolFee` 1e-9 alpha; all zero: cannot. */
export async function simulateSale(
  view: View,
  netuid: Netuid,
  amount: Alpha,
): Promise<{ taoOut: Rao; poolFee: Alpha }> {
  if (netuid === ROOT) return { taoOut: rao(amount), poolFee: alpha(0n) }
  const result = new Answer(await view.api(SIM_SELL, netuid, amount), SIM_SELL)
  return { taoOut: result.rao('tao_amount'), poolFee: result.alpha('alpha_fee') }
}

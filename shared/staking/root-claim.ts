import { isRao, type Rao, rao, type Ss58 } from '../units/amounts.ts'
import type { HoldingState, RootOwed } from './holding-state.ts'

export const sumOwed = (rows: readonly RootOwed[]): Rao => {
  const sum = rows.reduce((total, { owed }) => total + owed, 0n)
  return isRao(sum) ? sum : rao(0n)
}

/** What root owes behind one validator, or behind all. */
export const owedTo = ({ root }: Pick<HoldingState, 'root'>, hotkey: Ss58 | undefined): readonly RootOwed[] =>
  root.byValidator.filter((row) => hotkey === undefined || row.hotkey === hotkey)

/**
 * What a claim made now would add to the stake on root, rao: all that is owed by each validator that owes the least that is
 * paid. More may come until it is in a block, and what the basket holds may be worth less by then.
 * @param hotkey absent: of all validators
 * @returns `undefined` where the runtime does not tell what root owes
 * @source subtensor `staking/claim_root.rs` root_claim_for_hotkey
 */
export function foreseenClaim(
  state: Pick<HoldingState, 'root' | 'features'>,
  hotkey: Ss58 | undefined,
): Rao | undefined {
  if (!state.features.baskets) return undefined
  const least = state.root.threshold ?? rao(0n)
  return sumOwed(owedTo(state, hotkey).filter(({ owed }) => owed > 0n && owed >= least))
}

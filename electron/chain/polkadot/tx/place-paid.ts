import { type Rao, rao, type Ss58 } from '../../../../shared/units/amounts.ts'
import { factsOf } from '../read/ledger-facts.ts'
import type { ChainEvent } from './events.ts'

/**
 * Rao that a place really cost the signer, without the network fee and with what of it was bound as collateral: no event
 * names it, so it is what left the account besides the fee.
 * @param events of one extrinsic
 * @param fee rao, as the chain told it
 * @returns `undefined` where no place was bought, where somebody else paid it, or where the fee is not known
 */
export function placePaidIn(events: readonly ChainEvent[], signer: Ss58, fee: bigint | undefined): Rao | undefined {
  const facts = factsOf(events)
  if (fee === undefined || !facts.some(({ what }) => what === 'registered')) return undefined
  const left = facts.reduce((sum, fact) => {
    if (fact.what === 'balance') return fact.who === signer ? sum - fact.tao : sum
    if (fact.what !== 'transfer' || fact.from === fact.to) return sum
    return sum + (fact.from === signer ? fact.tao : 0n) - (fact.to === signer ? fact.tao : 0n)
  }, 0n)
  return left > fee ? rao(left - fee) : undefined
}

import { type Rao, rao, type Ss58 } from '../units/amounts.ts'
import { imitatedBy, type KnownAddress } from './look-alike.ts'

/**
 * Incoming amounts below this may be bait, rao: 0.001 TAO. Poisoning pays only because each bait is nearly free;
 * a real payment of less would be eaten by its own fee (about 0.00005 TAO and more).
 */
export const DUST_BELOW: Rao = rao(1_000_000n)

export interface Received {
  readonly from: Ss58
  /** rao */
  readonly amount: bigint
}

/**
 * Senders of dust whose address imitates a known one: put into the history so that they are copied by mistake.
 * One larger payment clears nobody: an imitation stays one.
 * @param known addresses that the person chose or owns; senders themselves are no proof of anything
 */
export function dustSenders(received: readonly Received[], known: readonly KnownAddress[]): readonly Ss58[] {
  const chosen = known.filter(({ how }) => how !== 'received-from' && how !== 'validator')
  const suspects = new Set(received.filter(({ amount }) => amount < DUST_BELOW).map(({ from }) => from))
  return [...suspects].filter(
    (from) => !chosen.some(({ address }) => address === from) && imitatedBy(from, chosen) !== undefined,
  )
}

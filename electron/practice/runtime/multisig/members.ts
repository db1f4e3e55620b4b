import { err, ok } from '../../../../shared/result.ts'
import type { Outcome } from '../core/ctx.ts'
import { multisig } from '../core/pallets.ts'
import { multisigAccount } from './accounts.ts'

const MOST = multisig.constants.MaxSignatories.value

/** All members in order, the sender in its place. */
function allMembers(who: string, others: readonly string[]): Outcome<readonly string[]> {
  if (others.length === 0) return err({ pallet: 'Multisig', error: 'TooFewSignatories' })
  if (others.length >= MOST) return err({ pallet: 'Multisig', error: 'TooManySignatories' })
  // Lower-case hex of equal length sorts as the bytes do.
  for (const [at, other] of others.entries()) {
    const before = others[at - 1]
    if (before !== undefined && before >= other) return err({ pallet: 'Multisig', error: 'SignatoriesOutOfOrder' })
    if (other === who) return err({ pallet: 'Multisig', error: 'SenderInSignatories' })
  }
  return ok([...others, who].sort())
}

/**
 * The account for which the sender and the others speak.
 * @errors TooFewSignatories, TooManySignatories, SignatoriesOutOfOrder, SenderInSignatories
 */
export function sharedAccount(who: string, others: readonly string[], threshold: number): Outcome<string> {
  const members = allMembers(who, others)
  return members.ok ? ok(multisigAccount(members.value, threshold)) : members
}

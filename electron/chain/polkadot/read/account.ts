import { isRao, type Rao } from '../../../../shared/units/amounts.ts'
import { Answer } from '../answer.ts'
import { badAnswer, fail } from '../failure.ts'
import type { Runtime } from '../runtime/runtime.ts'
import type { Stored } from '../runtime/storage-item.ts'

/**
 * What of `System.Account` may be spent, in rao. An account that the chain does not hold has 0: that is a fact, not a gap.
 * @source pallet-balances: frozen counts against free and reserved together, so only its excess over reserved binds free
 */
export function freeOf(stored: Stored): Rao {
  const data = new Answer(stored.value, 'System.Account').answer('data')
  const [free, reserved, frozen] = [data.rao('free'), data.rao('reserved'), data.rao('frozen')]
  const held = frozen > reserved ? frozen - reserved : 0n
  const spendable = free > held ? free - held : 0n
  return isRao(spendable) ? spendable : badAnswer('System.Account')
}

/** Network fee in rao of the extrinsic at hand, for a signer with this nonce. */
export type FeeAt = (nonce: number) => Promise<Rao>

export const nonceOf = (stored: Stored | undefined): number =>
  new Answer(stored?.value, 'System.Account').number('nonce')

export function existentialDepositOf(runtime: Runtime): Rao {
  const deposit = runtime.constant('Balances.ExistentialDeposit')
  return isRao(deposit) ? deposit : fail({ code: 'chain/unsupported', missing: ['Balances.ExistentialDeposit'] })
}

import { ofAccounts } from './refusals/of-accounts.ts'
import { ofKeys } from './refusals/of-keys.ts'
import { ofNeurons } from './refusals/of-neurons.ts'
import { ofOrders } from './refusals/of-orders.ts'
import { ofStake } from './refusals/of-stake.ts'
import { ofSubnets } from './refusals/of-subnets.ts'
import { type ErrorWords, words } from './words.ts'

interface Refusal {
  readonly why: string
  readonly next: string
}
const EXPLAINED = [...ofStake, ...ofOrders, ...ofNeurons, ...ofKeys, ...ofSubnets, ...ofAccounts].flatMap(
  ({ pallet, why, next }) =>
    Object.entries(why).map(([name, reason]): readonly [string, Refusal] => [
      pallet === '' ? name : `${pallet}.${name}`,
      { why: reason, next },
    ]),
)
const REFUSALS: ReadonlyMap<string, Refusal> = new Map(EXPLAINED)
const UNKNOWN_NEXT = 'Look for a newer version of the app, which may know this reason'

/** The names that have words of their own, as `Pallet.Error`. */
export const explainedRefusals: readonly string[] = EXPLAINED.map(([name]) => name)

/**
 * What the chain refused after it had taken the transaction into a block: the fee is paid, nothing else changed.
 * @param error `name` as the runtime has it, `docs` its own sentence, which stands for a name that we do not know.
 */
export function explainDispatchError(error: {
  readonly name: string
  readonly docs: string
  readonly block: number
}): ErrorWords {
  const known = REFUSALS.get(error.name)
  const why = known?.why ?? (error.docs || 'The chain gave no more than this name')
  const next = (known?.next ?? UNKNOWN_NEXT).replace(/\.$/, '')
  return words(
    `The chain refused: ${error.name}.`,
    why,
    `${next}. Only the network fee was paid, in block ${error.block}.`,
  )
}

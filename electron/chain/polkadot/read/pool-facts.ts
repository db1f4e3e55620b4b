import type { PoolFacts } from '../../../../shared/staking/judge-price.ts'
import type { FeeBasis } from '../../../../shared/transactions/fee-estimate.ts'
import type { Netuid } from '../../../../shared/units/amounts.ts'
import { Answer, asAlpha, asBigint, asNumber, asRao } from '../answer.ts'
import type { Runtime } from '../runtime/runtime.ts'
import type { Stored } from '../runtime/storage-item.ts'
import type { Ask, View } from '../view.ts'
import { priceOfBits } from './fixed-point.ts'

const TAO = 'SubtensorModule.SubnetTAO'
const ALPHA = 'SubtensorModule.SubnetAlphaIn'
const MECHANISM = 'SubtensorModule.SubnetMechanism'
const AVERAGE = 'SubtensorModule.SubnetMovingPrice'
const BORN = 'SubtensorModule.NetworkRegisteredAt'
const WEIGHTS = 'Swap.SwapBalancer'
/** Of a curve that is not a weighted pool; where it stands in the metadata, reserves alone make no price. */
const OTHER_CURVE = 'Swap.SwapSuperellipse'

const asked = (runtime: Runtime): readonly string[] =>
  [TAO, ALPHA, MECHANISM, AVERAGE, BORN, WEIGHTS].filter((name) => runtime.has({ storage: [name] }))

/** What is read of one pool, as far as the runtime has it. */
export const poolAsks = (runtime: Runtime, netuid: Netuid): readonly Ask[] =>
  asked(runtime).map((name): Ask => [name, netuid])

/** @param answers in the order of {@link poolAsks} @returns `undefined` where the runtime does not keep reserves so */
export function poolOf({ runtime, block }: View, answers: readonly Stored[]): PoolFacts | undefined {
  const of = new Map(asked(runtime).map((name, index) => [name, answers[index]]))
  const [tao, alpha, mechanism, average, born] = [TAO, ALPHA, MECHANISM, AVERAGE, BORN].map((name) => of.get(name))
  if (!tao || !alpha) return undefined
  const moving = average && priceOfBits(average.value, AVERAGE)
  return {
    taoReserve: asRao(tao.value, TAO),
    alphaReserve: asAlpha(alpha.value, ALPHA),
    taoWeight: weightOf(runtime, of.get(WEIGHTS)),
    stable: mechanism !== undefined && asNumber(mechanism.value, MECHANISM) === 0,
    // 0: nothing was averaged yet.
    average: moving || undefined,
    ageBlocks: born && block - asNumber(born.value, BORN),
  }
}

function weightOf(runtime: Runtime, weights: Stored | undefined): bigint | undefined {
  if (!weights || runtime.has({ storage: [OTHER_CURVE] })) return undefined
  return asBigint(new Answer(weights.value, WEIGHTS).raw('quote'), WEIGHTS)
}

/** How the runtime weighs calls, by its own constants; `undefined` where it does not say. */
export function feeBasisOf(runtime: Runtime): FeeBasis | undefined {
  const [weights, db] = [runtime.constant('System.BlockWeights'), runtime.constant('System.DbWeight')]
  if (weights === undefined || db === undefined) return undefined
  const normal = new Answer(weights, 'System.BlockWeights').answer('per_class').answer('normal')
  const cost = new Answer(db, 'System.DbWeight')
  return {
    base: asBigint(normal.answer('base_extrinsic').raw('ref_time'), 'System.BlockWeights'),
    read: asBigint(cost.raw('read'), 'System.DbWeight'),
    write: asBigint(cost.raw('write'), 'System.DbWeight'),
  }
}

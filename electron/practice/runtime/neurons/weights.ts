import { type Ctx, done, type Outcome } from '../core/ctx.ts'
import { fail } from '../core/failure.ts'
import { subtensorModule } from '../core/pallets.ts'
import { firstFailure, subnetExists } from '../stake/checks.ts'
import { ROOT } from '../stake/ledger.ts'
import { stakeWeight } from './stake-weight.ts'

const s = subtensorModule.storage

export interface WeightVote {
  readonly netuid: number
  readonly dests: readonly number[]
  readonly weights: readonly number[]
  readonly versionKey: bigint
}

/** Weights are kept with the largest at 65,535. */
function upscaled(weights: readonly number[]): number[] {
  const most = Math.max(...weights, 0)
  return weights.map((weight) => (most === 0 ? 0 : Math.floor((weight * 65_535) / most)))
}

function mayVote({ store, block }: Ctx, hotkey: string, { netuid, versionKey }: WeightVote, uid: number): Outcome {
  const since = BigInt(block) - (store.get(s.LastUpdate, netuid)[uid] ?? 0n)
  const registered = store.get(s.BlockAtRegistration, netuid, uid)
  const fresh = (store.get(s.LastUpdate, netuid)[uid] ?? 0n) === registered
  return firstFailure(
    () =>
      stakeWeight(store, hotkey, netuid) < store.get(s.StakeThreshold) ? fail('NotEnoughStakeToSetWeights') : done,
    () => (versionKey < store.get(s.WeightsVersionKey, netuid) ? fail('IncorrectWeightVersionKey') : done),
    () => (fresh || since >= store.get(s.WeightsSetRateLimit, netuid) ? done : fail('SettingWeightsTooFast')),
    () => (store.get(s.ValidatorPermit, netuid)[uid] ? done : fail('NeuronNoValidatorPermit')),
  )
}

function wellFormed({ store }: Ctx, { netuid, dests, weights }: WeightVote): Outcome {
  const count = store.get(s.SubnetworkN, netuid)
  const least = Math.min(store.get(s.MinAllowedWeights, netuid), count)
  const sum = upscaled(weights).reduce((total, weight) => total + weight, 0)
  const limit = store.get(s.MaxWeightsLimit, netuid)
  return firstFailure(
    () => (new Set(dests).size === dests.length ? done : fail('DuplicateUids')),
    () => (dests.length > count ? fail('UidsLengthExceedUidsInSubNet') : done),
    () => (dests.every((uid) => uid < count) ? done : fail('UidVecContainInvalidOne')),
    () => (dests.length < least ? fail('WeightVecLengthIsLow') : done),
    () => (limit < 65_535 && 65_535 * 65_535 > limit * sum ? fail('MaxWeightExceeded') : done),
  )
}

/**
 * Call 0: a validator says what each uid is worth. Fee-free.
 * @source subtensor `subnets/weights.rs` do_set_weights
 */
export function setWeights(ctx: Ctx, hotkey: string, vote: WeightVote): Outcome {
  const { store, block } = ctx
  const { netuid, dests, weights } = vote
  const uid = store.get(s.Uids, netuid, hotkey)
  const open = firstFailure(
    () => (store.get(s.CommitRevealWeightsEnabled, netuid) ? fail('CommitRevealEnabled') : done),
    () => (dests.length === weights.length ? done : fail('WeightVecNotEqualSize')),
    () => (netuid === ROOT ? fail('CanNotSetRootNetworkWeights') : done),
    () => (subnetExists(store, netuid) ? done : fail('MechanismDoesNotExist')),
  )
  if (!open.ok) return open
  if (uid === undefined) return fail('HotKeyNotRegisteredInSubNet')
  const allowed = firstFailure(
    () => mayVote(ctx, hotkey, vote, uid),
    () => wellFormed(ctx, vote),
  )
  if (!allowed.ok) return allowed
  const scaled = upscaled(weights)
  store.set(
    s.Weights,
    [netuid, uid],
    dests.map((to, i) => [to, scaled[i] ?? 0]),
  )
  store.update(s.LastUpdate, [netuid], (list) => list.map((at, i) => (i === uid ? BigInt(block) : at)))
  ctx.emit({ type: 'SubtensorModule', value: { type: 'WeightsSet', value: [netuid, uid] } })
  return done
}

import type { HyperparamEntry, SubnetHyperparamsV2 } from '../../definitions/types/subnet-info.ts'
import { activityCutoff } from '../coinbase/epoch.ts'
import { subtensorModule } from '../core/pallets.ts'
import type { Store } from '../core/store.ts'

const s = subtensorModule.storage

/** A subnet's parameters, as the two older APIs give them. */
export function hyperparameters(store: Store, netuid: number): SubnetHyperparamsV2 {
  const [alpha_low, alpha_high] = store.get(s.AlphaValues, netuid)
  return {
    rho: store.get(s.Rho, netuid),
    kappa: store.get(s.Kappa, netuid),
    immunity_period: store.get(s.ImmunityPeriod, netuid),
    min_allowed_weights: store.get(s.MinAllowedWeights, netuid),
    max_weights_limit: store.get(s.MaxWeightsLimit, netuid),
    tempo: store.get(s.Tempo, netuid),
    min_difficulty: store.get(s.MinDifficulty, netuid),
    max_difficulty: store.get(s.MaxDifficulty, netuid),
    weights_version: store.get(s.WeightsVersionKey, netuid),
    weights_rate_limit: store.get(s.WeightsSetRateLimit, netuid),
    adjustment_interval: store.get(s.AdjustmentInterval, netuid),
    activity_cutoff: activityCutoff(store, netuid),
    registration_allowed: store.get(s.NetworkRegistrationAllowed, netuid),
    target_regs_per_interval: store.get(s.TargetRegistrationsPerInterval, netuid),
    min_burn: store.get(s.MinBurn, netuid),
    max_burn: store.get(s.MaxBurn, netuid),
    bonds_moving_avg: store.get(s.BondsMovingAverage, netuid),
    max_regs_per_block: store.get(s.MaxRegistrationsPerBlock, netuid),
    serving_rate_limit: store.get(s.ServingRateLimit, netuid),
    max_validators: store.get(s.MaxAllowedValidators, netuid),
    adjustment_alpha: store.get(s.AdjustmentAlpha, netuid),
    difficulty: store.get(s.Difficulty, netuid),
    commit_reveal_period: store.get(s.RevealPeriodEpochs, netuid),
    commit_reveal_weights_enabled: store.get(s.CommitRevealWeightsEnabled, netuid),
    alpha_high,
    alpha_low,
    liquid_alpha_enabled: store.get(s.LiquidAlphaOn, netuid),
    alpha_sigmoid_steepness: { bits: BigInt(store.get(s.AlphaSigmoidSteepness, netuid)) << 32n },
    yuma_version: store.get(s.Yuma3On, netuid) ? 3 : 2,
    subnet_is_active: store.get(s.SubtokenEnabled, netuid),
    transfers_enabled: store.get(s.TransferToggle, netuid),
    bonds_reset_enabled: store.get(s.BondsResetOn, netuid),
    user_liquidity_enabled: false,
  }
}

const TAO_AMOUNTS: ReadonlySet<string> = new Set(['min_burn', 'max_burn'])

function entryOf(name: string, value: SubnetHyperparamsV2[keyof SubnetHyperparamsV2]): HyperparamEntry {
  if (typeof value === 'boolean') return { name, value: { type: 'Bool', value } }
  if (typeof value === 'number') return { name, value: { type: 'U16', value } }
  if (typeof value === 'object') return { name, value: { type: 'I32F32', value } }
  if (TAO_AMOUNTS.has(name)) return { name, value: { type: 'TaoBalance', value } }
  return { name, value: { type: 'U64', value } }
}

/** The newest form: a list of names and values, the registration price's own parameters included. */
export function namedHyperparameters(store: Store, netuid: number): HyperparamEntry[] {
  const known = Object.entries(hyperparameters(store, netuid)).map(([name, value]) => entryOf(name, value))
  return [
    ...known,
    { name: 'burn_half_life', value: { type: 'U16', value: store.get(s.BurnHalfLife, netuid) } },
    { name: 'burn_increase_mult', value: { type: 'U64F64', value: store.get(s.BurnIncreaseMult, netuid) } },
  ]
}

import { empty, enumeration, unnamed } from '../../scale/enumeration.ts'
import { u16 } from '../../scale/primitives.ts'
import { accountId } from './account.ts'

/** What the owner of a subnet may set there; nobody sets it here. */
const hyperparameter = enumeration('pallet_subtensor::utils::rate_limiting::Hyperparameter', {
  Unknown: empty(0),
  ServingRateLimit: empty(1),
  MaxDifficulty: empty(2),
  AdjustmentAlpha: empty(3),
  MaxWeightLimit: empty(4),
  ImmunityPeriod: empty(5),
  MinAllowedWeights: empty(6),
  Kappa: empty(7),
  Rho: empty(8),
  ActivityCutoff: empty(9),
  PowRegistrationAllowed: empty(10),
  MinBurn: empty(11),
  MaxBurn: empty(12),
  BondsMovingAverage: empty(13),
  BondsPenalty: empty(14),
  CommitRevealEnabled: empty(15),
  LiquidAlphaEnabled: empty(16),
  AlphaValues: empty(17),
  WeightCommitInterval: empty(18),
  TransferEnabled: empty(19),
  AlphaSigmoidSteepness: empty(20),
  Yuma3Enabled: empty(21),
  BondsResetEnabled: empty(22),
  ImmuneNeuronLimit: empty(23),
  RecycleOrBurn: empty(24),
  MaxAllowedUids: empty(25),
  BurnHalfLife: empty(26),
  BurnIncreaseMult: empty(27),
  SubnetEmissionEnabled: empty(28),
  MinChildkeyTake: empty(29),
  ActivityCutoffFactorMilli: empty(30),
  TriggerEpoch: empty(31),
})

/** Whose change, or which, the chain remembers the block of. */
export const rateLimitKey = enumeration(
  'pallet_subtensor::RateLimitKey',
  {
    SetSNOwnerHotkey: unnamed(0, [u16]),
    OwnerHyperparamUpdate: unnamed(1, [u16, hyperparameter]),
    NetworkLastRegistered: empty(2),
    LastTxBlock: unnamed(3, [accountId]),
    LastTxBlockChildKeyTake: unnamed(4, [accountId]),
    LastTxBlockDelegateTake: unnamed(5, [accountId]),
    AddStakeBurn: unnamed(6, [u16]),
  },
  { AccountId: accountId.shape },
)

import { alphaAssets, subtensorModule, swap } from '../core/pallets.ts'
import type { Store } from '../core/store.ts'

const s = subtensorModule.storage

/** One value for each subnet. What is not here outlives a subnet, as on the chain: its counter, epochs that were triggered, and more. */
const VALUES = [
  s.NetworksAdded,
  s.SubnetOwner,
  s.SubnetOwnerHotkey,
  s.SubnetworkN,
  s.NetworkRegisteredAt,
  s.Active,
  s.Emission,
  s.Consensus,
  s.Incentive,
  s.Dividends,
  s.LastUpdate,
  s.ValidatorPermit,
  s.ValidatorTrust,
  s.Tempo,
  s.Kappa,
  s.Difficulty,
  s.MaxAllowedUids,
  s.ImmunityPeriod,
  s.ActivityCutoff,
  s.MinAllowedWeights,
  s.RegistrationsThisInterval,
  s.BurnRegistrationsThisInterval,
  s.RegistrationsThisBlock,
  s.SubnetTAO,
  s.SubnetAlphaIn,
  s.SubnetAlphaOut,
  s.SubnetAlphaInEmission,
  s.SubnetAlphaOutEmission,
  s.SubnetTaoInEmission,
  s.SubnetProtocolAlpha,
  s.SubnetVolume,
  s.SubnetMovingPrice,
  s.TokenSymbol,
  s.SubnetMechanism,
  s.NetworkRegistrationAllowed,
  s.NetworkPowRegistrationAllowed,
  s.TransferToggle,
  s.SubnetLocked,
  s.FirstEmissionBlockNumber,
  s.SubtokenEnabled,
  s.PendingValidatorEmission,
  s.PendingServerEmission,
  s.PendingRootAlphaDivs,
  s.PendingOwnerCut,
  s.BlocksSinceLastStep,
  s.LastMechansimStepBlock,
  s.LastAdjustmentBlock,
  s.ServingRateLimit,
  s.Rho,
  s.AlphaSigmoidSteepness,
  s.MaxAllowedValidators,
  s.BondsMovingAverage,
  s.BondsPenalty,
  s.BondsResetOn,
  s.WeightsSetRateLimit,
  s.TargetRegistrationsPerInterval,
  s.CommitRevealWeightsEnabled,
  s.RevealPeriodEpochs,
  s.BurnHalfLife,
  s.BurnIncreaseMult,
  s.Burn,
  s.MinBurn,
  s.MaxBurn,
  s.MinDifficulty,
  s.MaxDifficulty,
  s.EMAPriceHalvingBlocks,
  s.RAORecycledForRegistration,
  s.MaxRegistrationsPerBlock,
  s.WeightsVersionKey,
  s.LiquidAlphaOn,
  s.Yuma3On,
  s.AlphaValues,
  s.ImmuneOwnerUidsLimit,
  s.MechanismCountCurrent,
  s.MechanismEmissionSplit,
  s.CollateralLockShare,
  s.CollateralDrainRatio,
  alphaAssets.storage.AlphaBurned,
  alphaAssets.storage.AlphaRecycled,
  swap.storage.SwapBalancer,
  swap.storage.PalSwapInitialized,
  swap.storage.FeeRate,
]

/** Maps whose keys begin with the subnet. */
const MAPS = [
  s.Keys,
  s.Uids,
  s.BlockAtRegistration,
  s.Weights,
  s.Bonds,
  s.Axons,
  s.Prometheus,
  s.NeuronCertificates,
  s.AlphaDividendsPerSubnet,
  s.RootAlphaDividendsPerSubnet,
  s.PendingChildKeys,
  s.LastHotkeySwapOnNetuid,
  s.MinerCollateral,
  s.ColdkeyMinerCollateral,
]

/** Maps by account, then by subnet. */
const BY_ACCOUNT = [
  s.IsNetworkMember,
  s.ChildKeys,
  s.ParentKeys,
  s.ChildkeyTake,
  s.AutoStakeDestination,
  s.AutoStakeDestinationColdkeys,
  s.DecayingLock,
  s.TotalHotkeyAlpha,
  s.TotalHotkeyAlphaLastEpoch,
  s.TotalHotkeySharesV2,
]

/** Removes all that is kept of a subnet, its places, stakes, locks, auto-stakes and children. @source subtensor `subnets/dissolution.rs` */
export function forgetSubnet(store: Store, netuid: number): void {
  for (const item of VALUES) store.kv.delete(item.key(netuid))
  for (const item of MAPS) for (const key of store.kv.keys(item.prefix(netuid))) store.kv.delete(key)
  for (const item of BY_ACCOUNT)
    for (const key of store.kv.keys(item.prefix())) if (item.decodeKeys(key)[1] === netuid) store.kv.delete(key)
  for (const [key] of store.entries(s.AlphaV2)) if (key[2] === netuid) store.delete(s.AlphaV2, ...key)
  for (const [key] of store.entries(s.Lock)) if (key[1] === netuid) store.delete(s.Lock, ...key)
  for (const [key] of store.entries(s.TransactionKeyLastBlock))
    if (key[1] === netuid) store.delete(s.TransactionKeyLastBlock, ...key)
}

import { vec } from '../../scale/composites.ts'
import { bool, text, u8, u16, u64 } from '../../scale/primitives.ts'
import { storageMap, storageOptionMap, storageValue } from '../../scale/storage.ts'
import { accountId, ZERO_ACCOUNT } from '../types/account.ts'
import { chainIdentityV2, subnetIdentityV3 } from '../types/identity.ts'
import { recycleOrBurnEnum } from '../types/subtensor.ts'

/** The subnets themselves. */
export const subnetStorage = {
  SubnetLimit: storageValue(u16, 128),
  TotalNetworks: storageValue(u16, 0),
  NetworkImmunityPeriod: storageValue(u64, 1_296_000n),
  StartCallDelay: storageValue(u64, 0n),
  NetworkMinLockCost: storageValue(u64, 1_000_000_000_000n),
  NetworkLastLockCost: storageValue(u64, 1_000_000_000_000n),
  NetworkLockReductionInterval: storageValue(u64, 100_800n),
  SubnetOwnerCut: storageValue(u16, 11_796),
  OwnerCutEnabled: storageMap([['Identity', u16]], bool, true),
  NetworkRateLimit: storageValue(u64, 7200n),
  TokenSymbol: storageMap([['Identity', u16]], text, '𝜏'),
  TransferToggle: storageMap([['Identity', u16]], bool, true),
  SubnetLocked: storageMap([['Identity', u16]], u64, 0n),
  Tempo: storageMap([['Identity', u16]], u16, 360),
  LastEpochBlock: storageMap([['Identity', u16]], u64, 0n),
  PendingEpochAt: storageMap([['Identity', u16]], u64, 0n),
  SubnetEpochIndex: storageMap([['Identity', u16]], u64, 0n),
  FirstEmissionBlockNumber: storageOptionMap([['Identity', u16]], u64),
  SubnetMechanism: storageMap([['Identity', u16]], u16, 0),
  SubnetworkN: storageMap([['Identity', u16]], u16, 0),
  NetworksAdded: storageMap([['Identity', u16]], bool, false),
  NetworkRegisteredAt: storageMap([['Identity', u16]], u64, 0n),
  RegisteredSubnetCounter: storageMap([['Identity', u16]], u64, 0n),
  BlocksSinceLastStep: storageMap([['Identity', u16]], u64, 0n),
  LastMechansimStepBlock: storageMap([['Identity', u16]], u64, 0n),
  SubnetOwner: storageMap([['Identity', u16]], accountId, ZERO_ACCOUNT),
  SubnetOwnerHotkey: storageMap([['Identity', u16]], accountId, ZERO_ACCOUNT),
  RecycleOrBurn: storageMap([['Identity', u16]], recycleOrBurnEnum, { type: 'Burn', value: undefined }),
  SubtokenEnabled: storageMap([['Identity', u16]], bool, false),
  SubnetIdentitiesV3: storageOptionMap([['Blake2128Concat', u16]], subnetIdentityV3),
  IdentitiesV2: storageOptionMap([['Blake2128Concat', accountId]], chainIdentityV2),
  MechanismCountCurrent: storageMap([['Twox64Concat', u16]], u8, 1),
  MaxMechanismCount: storageValue(u8, 2),
  MechanismEmissionSplit: storageOptionMap([['Twox64Concat', u16]], vec(u16)),
}

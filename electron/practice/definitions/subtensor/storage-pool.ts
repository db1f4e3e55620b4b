import { tuple } from '../../scale/composites.ts'
import { bool, u16, u64, u128 } from '../../scale/primitives.ts'
import { storageMap, storageOptionMap, storageValue } from '../../scale/storage.ts'
import { i64F64, i96F32, u96F32 } from '../types/fixed.ts'

/** Pools and emission of each subnet. */
export const poolStorage = {
  SubnetMovingAlpha: storageValue(i96F32, { bits: 12_885n }),
  SubnetMovingPrice: storageMap([['Identity', u16]], i96F32, { bits: 0n }),
  RootProp: storageMap([['Identity', u16]], u96F32, { bits: 0n }),
  SubnetVolume: storageMap([['Identity', u16]], u128, 0n),
  SubnetTAO: storageMap([['Identity', u16]], u64, 0n),
  SubnetAlphaIn: storageMap([['Identity', u16]], u64, 0n),
  SubnetAlphaOut: storageMap([['Identity', u16]], u64, 0n),
  SubnetAlphaInEmission: storageMap([['Identity', u16]], u64, 0n),
  SubnetAlphaOutEmission: storageMap([['Identity', u16]], u64, 0n),
  SubnetTaoInEmission: storageMap([['Identity', u16]], u64, 0n),
  /** Written by the flow-based emission that practice does not run; clients list it. */
  SubnetEmaTaoFlow: storageOptionMap([['Identity', u16]], tuple(u64, i64F64)),
  SubnetEmissionEnabled: storageMap([['Identity', u16]], bool, true),
  SubnetProtocolAlpha: storageMap([['Identity', u16]], u64, 0n),
  PendingServerEmission: storageMap([['Identity', u16]], u64, 0n),
  PendingValidatorEmission: storageMap([['Identity', u16]], u64, 0n),
  PendingRootAlphaDivs: storageMap([['Identity', u16]], u64, 0n),
  PendingOwnerCut: storageMap([['Identity', u16]], u64, 0n),
  EMAPriceHalvingBlocks: storageMap([['Identity', u16]], u64, 201_600n),
}

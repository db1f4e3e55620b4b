import { tuple, vec } from '../../scale/composites.ts'
import { bool, u16, u64 } from '../../scale/primitives.ts'
import { storageMap, storageOptionMap } from '../../scale/storage.ts'
import { accountId, ZERO_ACCOUNT } from '../types/account.ts'
import { axonInfo, neuronCertificate, prometheusInfo } from '../types/neuron.ts'

/** The neurons of each subnet, by uid, and what registering one costs. */
export const neuronStorage = {
  IsNetworkMember: storageMap(
    [
      ['Blake2128Concat', accountId],
      ['Identity', u16],
    ],
    bool,
    false,
  ),
  Uids: storageOptionMap(
    [
      ['Identity', u16],
      ['Blake2128Concat', accountId],
    ],
    u16,
  ),
  Keys: storageMap(
    [
      ['Identity', u16],
      ['Identity', u16],
    ],
    accountId,
    ZERO_ACCOUNT,
  ),
  Active: storageMap([['Identity', u16]], vec(bool), []),
  Consensus: storageMap([['Identity', u16]], vec(u16), []),
  Incentive: storageMap([['Identity', u16]], vec(u16), []),
  Dividends: storageMap([['Identity', u16]], vec(u16), []),
  Emission: storageMap([['Identity', u16]], vec(u64), []),
  LastUpdate: storageMap([['Identity', u16]], vec(u64), []),
  ValidatorTrust: storageMap([['Identity', u16]], vec(u16), []),
  ValidatorPermit: storageMap([['Identity', u16]], vec(bool), []),
  Weights: storageMap(
    [
      ['Identity', u16],
      ['Identity', u16],
    ],
    vec(tuple(u16, u16)),
    [],
  ),
  Bonds: storageMap(
    [
      ['Identity', u16],
      ['Identity', u16],
    ],
    vec(tuple(u16, u16)),
    [],
  ),
  BlockAtRegistration: storageMap(
    [
      ['Identity', u16],
      ['Identity', u16],
    ],
    u64,
    0n,
  ),
  Axons: storageOptionMap(
    [
      ['Identity', u16],
      ['Blake2128Concat', accountId],
    ],
    axonInfo,
  ),
  NeuronCertificates: storageOptionMap(
    [
      ['Identity', u16],
      ['Blake2128Concat', accountId],
    ],
    neuronCertificate,
  ),
  Prometheus: storageOptionMap(
    [
      ['Identity', u16],
      ['Blake2128Concat', accountId],
    ],
    prometheusInfo,
  ),
  Burn: storageMap([['Identity', u16]], u64, 100_000_000n),
  RAORecycledForRegistration: storageMap([['Identity', u16]], u64, 0n),
  RegistrationsThisBlock: storageMap([['Identity', u16]], u16, 0),
  RegistrationsThisInterval: storageMap([['Identity', u16]], u16, 0),
  BurnRegistrationsThisInterval: storageMap([['Identity', u16]], u16, 0),
  LastAdjustmentBlock: storageMap([['Identity', u16]], u64, 0n),
}

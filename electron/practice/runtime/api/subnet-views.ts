import type { DynamicInfo, SubnetState } from '../../definitions/types/dynamic-info.ts'
import type { Metagraph } from '../../definitions/types/metagraph.ts'
import type { SubnetInfov2 } from '../../definitions/types/subnet-info.ts'
import type { Ctx } from '../core/ctx.ts'
import { subtensorModule } from '../core/pallets.ts'
import type { Store } from '../core/store.ts'
import { subnetExists } from '../stake/checks.ts'
import { hyperparameters } from './hyperparameters.ts'
import { dividendColumns, neuronColumns } from './neuron-columns.ts'

const s = subtensorModule.storage

/** `undefined` for a subnet that does not exist, else what `view` makes of it. */
export const ifThere = <T>(ctx: Ctx, netuid: number, view: (ctx: Ctx, netuid: number) => T): T | undefined =>
  subnetExists(ctx.store, netuid) ? view(ctx, netuid) : undefined

/** Pool, emission and schedule, under the names that several APIs share. */
function poolView(store: Store, netuid: number) {
  return {
    netuid,
    owner_hotkey: store.get(s.SubnetOwnerHotkey, netuid),
    owner_coldkey: store.get(s.SubnetOwner, netuid),
    tempo: store.get(s.Tempo, netuid),
    last_step: store.get(s.LastMechansimStepBlock, netuid),
    blocks_since_last_step: store.get(s.BlocksSinceLastStep, netuid),
    alpha_in: store.get(s.SubnetAlphaIn, netuid),
    alpha_out: store.get(s.SubnetAlphaOut, netuid),
    tao_in: store.get(s.SubnetTAO, netuid),
    alpha_out_emission: store.get(s.SubnetAlphaOutEmission, netuid),
    alpha_in_emission: store.get(s.SubnetAlphaInEmission, netuid),
    tao_in_emission: store.get(s.SubnetTaoInEmission, netuid),
    pending_alpha_emission: store.get(s.PendingServerEmission, netuid) + store.get(s.PendingValidatorEmission, netuid),
    pending_root_emission: store.get(s.PendingRootAlphaDivs, netuid),
    subnet_volume: store.get(s.SubnetVolume, netuid),
    network_registered_at: store.get(s.NetworkRegisteredAt, netuid),
    moving_price: store.get(s.SubnetMovingPrice, netuid),
  }
}

const nameOf = (store: Store, netuid: number): string => store.get(s.SubnetIdentitiesV3, netuid)?.subnet_name ?? ''

export const dynamicInfoOf = ({ store }: Ctx, netuid: number): DynamicInfo => ({
  ...poolView(store, netuid),
  subnet_name: nameOf(store, netuid),
  token_symbol: store.get(s.TokenSymbol, netuid),
  emission: store.get(s.SubnetTaoInEmission, netuid),
  subnet_identity: store.get(s.SubnetIdentitiesV3, netuid),
})

export function metagraphOf(ctx: Ctx, netuid: number): Metagraph {
  const { store, block } = ctx
  return {
    ...hyperparameters(store, netuid),
    ...poolView(store, netuid),
    ...neuronColumns(ctx, netuid),
    ...dividendColumns(ctx, netuid),
    name: nameOf(store, netuid),
    symbol: store.get(s.TokenSymbol, netuid),
    identity: store.get(s.SubnetIdentitiesV3, netuid),
    block: BigInt(block),
    subnet_emission: store.get(s.SubnetTaoInEmission, netuid),
    num_uids: store.get(s.SubnetworkN, netuid),
    max_uids: store.get(s.MaxAllowedUids, netuid),
    burn: store.get(s.Burn, netuid),
    pow_registration_allowed: store.get(s.NetworkPowRegistrationAllowed, netuid),
  }
}

export const subnetStateOf = (ctx: Ctx, netuid: number): SubnetState => ({
  netuid,
  ...neuronColumns(ctx, netuid),
  emission_history: [],
})

export function subnetInfoOf({ store }: Ctx, netuid: number): SubnetInfov2 {
  const all = hyperparameters(store, netuid)
  return {
    ...all,
    netuid,
    max_allowed_validators: all.max_validators,
    scaling_law_power: 50,
    subnetwork_n: store.get(s.SubnetworkN, netuid),
    max_allowed_uids: store.get(s.MaxAllowedUids, netuid),
    blocks_since_last_step: store.get(s.BlocksSinceLastStep, netuid),
    network_modality: 0,
    network_connect: [],
    emission_value: store.get(s.SubnetTaoInEmission, netuid),
    burn: store.get(s.Burn, netuid),
    owner: store.get(s.SubnetOwner, netuid),
    identity: store.get(s.SubnetIdentitiesV3, netuid),
  }
}

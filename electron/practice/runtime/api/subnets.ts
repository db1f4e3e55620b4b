import { netuidsOf } from '../coinbase/coinbase.ts'
import { nextEpochBlock } from '../coinbase/epoch.ts'
import type { Ctx } from '../core/ctx.ts'
import { subtensorModule } from '../core/pallets.ts'
import { subnetAccount } from '../stake/subnet-account.ts'
import { subnetPrice } from '../subnets/price.ts'
import { subnetToPrune } from '../subnets/to-prune.ts'
import type { HandlersOf } from './handlers.ts'
import { hyperparameters, namedHyperparameters } from './hyperparameters.ts'
import { selectiveOf } from './selective.ts'
import { dynamicInfoOf, ifThere, metagraphOf, subnetInfoOf, subnetStateOf } from './subnet-views.ts'

const s = subtensorModule.storage

const everySubnet = <T>(ctx: Ctx, view: (ctx: Ctx, netuid: number) => T): T[] =>
  netuidsOf(ctx.store).map((netuid) => view(ctx, netuid))

const ofSubnetInfo = (ctx: Ctx, netuid: number) => {
  const info = subnetInfoOf(ctx, netuid)
  return { ...info, emission_values: info.emission_value }
}

export const subnetHandlers: {
  readonly [A in 'SubnetInfoRuntimeApi' | 'SubnetRegistrationRuntimeApi']: HandlersOf<A>
} = {
  SubnetRegistrationRuntimeApi: { get_network_registration_cost: subnetPrice },
  SubnetInfoRuntimeApi: {
    get_subnet_info: (ctx, { netuid }) => ifThere(ctx, netuid, ofSubnetInfo),
    get_subnets_info: (ctx) => everySubnet(ctx, ofSubnetInfo),
    get_subnet_info_v2: (ctx, { netuid }) => ifThere(ctx, netuid, subnetInfoOf),
    get_subnets_info_v2: (ctx) => everySubnet(ctx, subnetInfoOf),
    get_subnet_hyperparams: (ctx, { netuid }) => ifThere(ctx, netuid, ({ store }) => hyperparameters(store, netuid)),
    get_subnet_hyperparams_v2: (ctx, { netuid }) => ifThere(ctx, netuid, ({ store }) => hyperparameters(store, netuid)),
    get_subnet_hyperparams_v3: (ctx, { netuid }) =>
      ifThere(ctx, netuid, ({ store }) => namedHyperparameters(store, netuid)),
    get_all_dynamic_info: (ctx) => everySubnet(ctx, dynamicInfoOf),
    get_dynamic_info: (ctx, { netuid }) => ifThere(ctx, netuid, dynamicInfoOf),
    get_all_metagraphs: (ctx) => everySubnet(ctx, metagraphOf),
    get_metagraph: (ctx, { netuid }) => ifThere(ctx, netuid, metagraphOf),
    get_all_mechagraphs: (ctx) => everySubnet(ctx, metagraphOf),
    // Every subnet here has exactly one mechanism, number 0.
    get_mechagraph: (ctx, { netuid, mecid }) => (mecid === 0 ? ifThere(ctx, netuid, metagraphOf) : undefined),
    get_subnet_state: (ctx, { netuid }) => ifThere(ctx, netuid, subnetStateOf),
    get_selective_metagraph: (ctx, { netuid, metagraph_indexes }) =>
      ifThere(ctx, netuid, () => selectiveOf(ctx, netuid, metagraph_indexes)),
    get_selective_mechagraph: (ctx, { netuid, subid, metagraph_indexes }) =>
      subid === 0 ? ifThere(ctx, netuid, () => selectiveOf(ctx, netuid, metagraph_indexes)) : undefined,
    get_coldkey_auto_stake_hotkey: ({ store }, { coldkey, netuid }) =>
      store.get(s.AutoStakeDestination, coldkey, netuid),
    get_subnet_to_prune: subnetToPrune,
    get_subnet_account_id: (ctx, { netuid }) => ifThere(ctx, netuid, () => subnetAccount(netuid)),
    get_next_epoch_start_block: (ctx, { netuid }) =>
      ctx.store.has(s.FirstEmissionBlockNumber, netuid) ? nextEpochBlock(ctx.store, netuid) : undefined,
  },
}

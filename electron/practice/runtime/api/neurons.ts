import type { Ctx } from '../core/ctx.ts'
import { subtensorModule } from '../core/pallets.ts'
import { seatCount } from '../neurons/seats.ts'
import { ownerOf, stakeOf } from '../stake/ledger.ts'
import type { HandlersOf } from './handlers.ts'
import { NO_AXON, neuronColumns } from './neuron-columns.ts'

const s = subtensorModule.storage
const NO_PROMETHEUS = { block: 0n, version: 0, ip: 0n, port: 0, ip_type: 0 }

type Columns = ReturnType<typeof neuronColumns>

function stakersOf({ store }: Ctx, hotkey: string, netuid: number): [string, bigint][] {
  return store
    .entries(s.AlphaV2, hotkey)
    .filter(([[, , id]]) => id === netuid)
    .map(([[, coldkey]]) => [coldkey, stakeOf(store, { hotkey, coldkey, netuid })])
}

function liteOf(ctx: Ctx, { netuid, uid }: { netuid: number; uid: number }, columns: Columns) {
  const { store } = ctx
  const hotkey = store.get(s.Keys, netuid, uid)
  return {
    hotkey,
    coldkey: ownerOf(store, hotkey),
    uid,
    netuid,
    active: columns.active[uid] ?? false,
    axon_info: columns.axons[uid] ?? NO_AXON,
    prometheus_info: store.get(s.Prometheus, netuid, hotkey) ?? NO_PROMETHEUS,
    stake: stakersOf(ctx, hotkey, netuid),
    rank: 0,
    emission: columns.emission[uid] ?? 0n,
    incentive: columns.incentives[uid] ?? 0,
    consensus: columns.consensus[uid] ?? 0,
    trust: 0,
    validator_trust: store.get(s.ValidatorTrust, netuid)[uid] ?? 0,
    dividends: columns.dividends[uid] ?? 0,
    last_update: columns.last_update[uid] ?? 0n,
    validator_permit: columns.validator_permit[uid] ?? false,
    pruning_score: columns.pruning_score[uid] ?? 0,
  }
}

const fullOf = (ctx: Ctx, at: { netuid: number; uid: number }, columns: Columns) => ({
  ...liteOf(ctx, at, columns),
  weights: ctx.store.get(s.Weights, at.netuid, at.uid),
  bonds: ctx.store.get(s.Bonds, at.netuid, at.uid),
})

function everyOf<T>(
  ctx: Ctx,
  netuid: number,
  of: (ctx: Ctx, at: { netuid: number; uid: number }, c: Columns) => T,
): T[] {
  const columns = neuronColumns(ctx, netuid)
  return columns.hotkeys.map((_, uid) => of(ctx, { netuid, uid }, columns))
}

const exists = (ctx: Ctx, { netuid, uid }: { netuid: number; uid: number }): boolean =>
  uid < seatCount(ctx.store, netuid)

export const neuronHandlers: { readonly NeuronInfoRuntimeApi: HandlersOf<'NeuronInfoRuntimeApi'> } = {
  NeuronInfoRuntimeApi: {
    get_neurons: (ctx, { netuid }) => everyOf(ctx, netuid, fullOf),
    get_neuron: (ctx, at) => (exists(ctx, at) ? fullOf(ctx, at, neuronColumns(ctx, at.netuid)) : undefined),
    get_neurons_lite: (ctx, { netuid }) => everyOf(ctx, netuid, liteOf),
    get_neuron_lite: (ctx, at) => (exists(ctx, at) ? liteOf(ctx, at, neuronColumns(ctx, at.netuid)) : undefined),
  },
}

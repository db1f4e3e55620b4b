import type { Ctx } from '../core/ctx.ts'
import { subtensorModule } from '../core/pallets.ts'
import { hotkeysOf, isSeatImmune, seatsOf } from '../neurons/seats.ts'
import type { AxonInfo } from '../neurons/serve.ts'
import { alphaWeight, rootWeightOn } from '../neurons/stake-weight.ts'
import { ownerOf } from '../stake/ledger.ts'

const s = subtensorModule.storage

export const NO_AXON: AxonInfo = {
  block: 0n,
  version: 0,
  ip: 0n,
  port: 0,
  ip_type: 0,
  protocol: 0,
  placeholder1: 0,
  placeholder2: 0,
}

/** Informational, as on mainnet: 65,535 for whoever cannot be replaced now, else the share of the best emission. */
function pruningScores(ctx: Ctx, netuid: number): number[] {
  const seats = seatsOf(ctx, netuid)
  const best = seats.reduce((most, { emission }) => (emission > most ? emission : most), 1n)
  return seats.map((seat) =>
    seat.immortal || isSeatImmune(ctx, netuid, seat) ? 65_535 : Number((seat.emission * 65_535n) / best),
  )
}

/** Everything about the neurons of a subnet, in parallel lists by uid. */
export function neuronColumns(ctx: Ctx, netuid: number) {
  const { store } = ctx
  const hotkeys = hotkeysOf(store, netuid)
  const coldkeys = hotkeys.map((hotkey) => ownerOf(store, hotkey))
  const alpha = hotkeys.map((hotkey) => alphaWeight(store, hotkey, netuid))
  const tao = hotkeys.map((hotkey) => rootWeightOn(store, hotkey, netuid))
  return {
    hotkeys,
    coldkeys,
    identities: coldkeys.map((coldkey) => store.get(s.IdentitiesV2, coldkey)),
    axons: hotkeys.map((hotkey) => store.get(s.Axons, netuid, hotkey) ?? NO_AXON),
    active: store.get(s.Active, netuid),
    validator_permit: store.get(s.ValidatorPermit, netuid),
    pruning_score: pruningScores(ctx, netuid),
    last_update: store.get(s.LastUpdate, netuid),
    emission: store.get(s.Emission, netuid),
    dividends: store.get(s.Dividends, netuid),
    incentives: store.get(s.Incentive, netuid),
    consensus: store.get(s.Consensus, netuid),
    // Empty since the chain stopped keeping them.
    trust: hotkeys.map(() => 0),
    rank: hotkeys.map(() => 0),
    block_at_registration: hotkeys.map((_, uid) => store.get(s.BlockAtRegistration, netuid, uid)),
    alpha_stake: alpha,
    tao_stake: tao,
    total_stake: alpha.map((own, uid) => own + (tao[uid] ?? 0n)),
  }
}

/** Dividends of the last epoch per hotkey: root's part as alpha that was sold, and the subnet's own. */
export function dividendColumns({ store }: Ctx, netuid: number) {
  const hotkeys = hotkeysOf(store, netuid)
  const pairs = (item: typeof s.AlphaDividendsPerSubnet): [string, bigint][] =>
    hotkeys.map((hotkey) => [hotkey, store.get(item, netuid, hotkey)])
  return {
    tao_dividends_per_hotkey: pairs(s.RootAlphaDividendsPerSubnet),
    alpha_dividends_per_hotkey: pairs(s.AlphaDividendsPerSubnet),
  }
}

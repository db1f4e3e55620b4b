import type { Ctx } from '../core/ctx.ts'
import { subtensorModule } from '../core/pallets.ts'
import type { Store } from '../core/store.ts'
import { mint } from '../money/balances.ts'
import { injectLiquidity } from '../pool/pool.ts'
import { ROOT } from '../stake/ledger.ts'
import { poolOf, priceOf, savePool } from '../stake/pools.ts'
import { subnetAccount } from '../stake/subnet-account.ts'
import { blockEmission, injection, movedPrice, portions } from './emission.ts'

const s = subtensorModule.storage
/** `TaoWeight` counts in parts of 2^64 − 1. */
const FULL = (1n << 64n) - 1n

export const netuidsOf = (store: Store): number[] =>
  store
    .entries(s.NetworksAdded)
    .filter(([, added]) => added)
    .map(([[netuid]]) => netuid)
    .sort((a, b) => a - b)

/** Subnets that were started and get emission at this block. */
const emittingNetuids = ({ store, block }: Ctx): number[] =>
  netuidsOf(store).filter((netuid) => {
    const first = store.get(s.FirstEmissionBlockNumber, netuid)
    return (
      netuid !== ROOT && first !== undefined && first <= BigInt(block) && store.get(s.SubnetEmissionEnabled, netuid)
    )
  })

const alphaIssuance = (store: Store, netuid: number): bigint =>
  store.get(s.SubnetAlphaIn, netuid) + store.get(s.SubnetAlphaOut, netuid)

/** Root's TAO at the weight it has among alpha. */
const weightedRoot = (store: Store): bigint => (store.get(s.SubnetTAO, ROOT) * store.get(s.TaoWeight)) / FULL

/** Adds this block's TAO and alpha to one subnet. @param share rao */
function inject(ctx: Ctx, netuid: number, share: bigint): void {
  const { store } = ctx
  const alphaEmission = blockEmission(alphaIssuance(store, netuid))
  const parts = injection(share, priceOf(store, netuid), alphaEmission)
  const pool = injectLiquidity(poolOf(store, netuid), parts.tao, parts.alphaIn)
  if (pool) {
    savePool(store, netuid, pool)
    mint(ctx, subnetAccount(netuid), parts.tao)
    store.update(s.TotalStake, [], (total) => total + parts.tao)
  }
  store.set(s.SubnetTaoInEmission, [netuid], pool ? parts.tao : 0n)
  store.set(s.SubnetAlphaInEmission, [netuid], pool ? parts.alphaIn : 0n)
  store.set(s.SubnetAlphaOutEmission, [netuid], parts.alphaOut)
  store.update(s.SubnetAlphaOut, [netuid], (out) => out + parts.alphaOut)
  const cut = store.get(s.OwnerCutEnabled, netuid) ? store.get(s.SubnetOwnerCut) : 0
  const waiting = portions(parts.alphaOut, cut, {
    weighted: weightedRoot(store),
    alpha: alphaIssuance(store, netuid),
  })
  store.update(s.PendingOwnerCut, [netuid], (sum) => sum + waiting.owner)
  store.update(s.PendingServerEmission, [netuid], (sum) => sum + waiting.miners)
  store.update(s.PendingValidatorEmission, [netuid], (sum) => sum + waiting.validators)
  store.update(s.PendingRootAlphaDivs, [netuid], (sum) => sum + waiting.root)
}

function followPrice({ store, block }: Ctx, netuid: number): void {
  const first = store.get(s.FirstEmissionBlockNumber, netuid) ?? 0n
  const speed = {
    alpha: store.get(s.SubnetMovingAlpha).bits,
    age: BigInt(block) - first,
    halving: store.get(s.EMAPriceHalvingBlocks, netuid),
  }
  store.update(s.SubnetMovingPrice, [netuid], ({ bits }) => ({ bits: movedPrice(bits, priceOf(store, netuid), speed) }))
}

/**
 * One block's emission: TAO by each subnet's share of the slow prices, alpha by each subnet's own curve. What owners,
 * miners and validators get waits for the subnet's epoch.
 * @source subtensor `coinbase/run_coinbase.rs`
 */
export function runCoinbase(ctx: Ctx): void {
  const { store } = ctx
  const emission = blockEmission(store.get(s.TotalIssuance))
  store.set(s.BlockEmission, [], emission)
  const netuids = emittingNetuids(ctx)
  const prices = netuids.map((netuid) => store.get(s.SubnetMovingPrice, netuid).bits)
  const all = prices.reduce((sum, price) => sum + price, 0n)
  netuids.forEach((netuid, at) => {
    inject(ctx, netuid, all === 0n ? 0n : (emission * (prices[at] ?? 0n)) / all)
  })
  for (const netuid of netuids) followPrice(ctx, netuid)
}

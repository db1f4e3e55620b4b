import { netuidsOf } from '../coinbase/coinbase.ts'
import type { Ctx } from '../core/ctx.ts'
import { subtensorModule } from '../core/pallets.ts'
import { type Availability, availabilityOf, convictionsOn, lockOf } from '../locks/locks.ts'
import { swapFee } from '../pool/pool.ts'
import { NOBODY, type Position, ROOT, stakeOf } from '../stake/ledger.ts'
import { feeRateOf } from '../stake/pools.ts'
import type { HandlersOf } from './handlers.ts'

const s = subtensorModule.storage

function infoOf({ store }: Ctx, position: Position) {
  const { hotkey, coldkey, netuid } = position
  return {
    hotkey,
    coldkey,
    netuid,
    stake: stakeOf(store, position),
    locked: 0n,
    // The hotkey's last dividends, not the staker's; the chain has it so.
    emission: store.get(s.AlphaDividendsPerSubnet, netuid, hotkey),
    tao_emission: 0n,
    drain: 0n,
    is_registered: store.has(s.Uids, netuid, hotkey),
  }
}

/** Every position of a coldkey that is worth something. */
function positionsOf(ctx: Ctx, coldkey: string) {
  const netuids = netuidsOf(ctx.store)
  return ctx.store
    .get(s.StakingHotkeys, coldkey)
    .flatMap((hotkey) =>
      netuids
        .filter((netuid) => ctx.store.has(s.AlphaV2, hotkey, coldkey, netuid))
        .map((netuid) => infoOf(ctx, { hotkey, coldkey, netuid })),
    )
    .filter(({ stake }) => stake > 0n)
}

/** What a coldkey has on each subnet, over all hotkeys, and how much of it may leave. */
function availability(ctx: Ctx, coldkey: string, netuids: readonly number[] | undefined) {
  const staked = new Set(positionsOf(ctx, coldkey).map(({ netuid }) => netuid))
  return [...staked]
    .filter((netuid) => netuids === undefined || netuids.includes(netuid))
    .sort((a, b) => a - b)
    .map((netuid): [number, Availability] => [netuid, availabilityOf(ctx, coldkey, netuid)])
}

type End = readonly [string, number] | undefined

/** Swap fee of a movement of `amount` in the origin's unit: none within a subnet or between root and free TAO. */
function stakeFee({ store }: Ctx, origin: End, destination: End, amount: bigint): bigint {
  const from = origin?.[1] ?? ROOT
  const to = destination?.[1] ?? ROOT
  if (from === to) return 0n
  return swapFee(amount, feeRateOf(store, from === ROOT ? to : from))
}

/** Who has most conviction; as long as nobody has any, the owner's hotkey. */
function mostConvicted(ctx: Ctx, netuid: number): string | undefined {
  const [first] = [...convictionsOn(ctx, netuid)]
    .filter(([, bits]) => bits > 0n)
    .sort(([, a], [, b]) => (a < b ? 1 : -1))
  const hotkey = first?.[0] ?? ctx.store.get(s.SubnetOwnerHotkey, netuid)
  return hotkey === NOBODY ? undefined : hotkey
}

export const stakeHandlers: { readonly StakeInfoRuntimeApi: HandlersOf<'StakeInfoRuntimeApi'> } = {
  StakeInfoRuntimeApi: {
    get_stake_info_for_coldkey: (ctx, { coldkey_account }) => positionsOf(ctx, coldkey_account),
    get_stake_info_for_coldkeys: (ctx, { coldkey_accounts }) =>
      coldkey_accounts.map((coldkey) => [coldkey, positionsOf(ctx, coldkey)] as const),
    get_stake_info_for_hotkey_coldkey_netuid: (ctx, { hotkey_account, coldkey_account, netuid }) =>
      infoOf(ctx, { hotkey: hotkey_account, coldkey: coldkey_account, netuid }),
    get_stake_availability_for_coldkeys: (ctx, { coldkey_accounts, netuids }) =>
      // A BTreeMap is written in the order of its keys.
      [...new Set(coldkey_accounts)].sort().map((coldkey) => [coldkey, availability(ctx, coldkey, netuids)]),
    get_stake_fee: (ctx, { origin, destination, amount }) => stakeFee(ctx, origin, destination, amount),
    get_coldkey_lock: (ctx, { coldkey, netuid }) => lockOf(ctx, coldkey, netuid)?.state,
    get_hotkey_conviction: (ctx, { hotkey, netuid }) => ({ bits: convictionsOn(ctx, netuid).get(hotkey) ?? 0n }),
    get_most_convicted_hotkey_on_subnet: (ctx, { netuid }) => mostConvicted(ctx, netuid),
  },
}

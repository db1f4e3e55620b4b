import { netuidsOf } from '../coinbase/coinbase.ts'
import type { Ctx } from '../core/ctx.ts'
import { subtensorModule } from '../core/pallets.ts'
import { ownerOf, stakeOf } from '../stake/ledger.ts'
import type { HandlersOf } from './handlers.ts'

const s = subtensorModule.storage

/** Coldkeys behind a hotkey, each with its alpha per subnet. */
function nominatorsOf({ store }: Ctx, hotkey: string): [string, [number, bigint][]][] {
  const byColdkey = new Map<string, [number, bigint][]>()
  for (const [[, coldkey, netuid]] of store.entries(s.AlphaV2, hotkey)) {
    const stake = stakeOf(store, { hotkey, coldkey, netuid })
    if (stake > 0n) byColdkey.set(coldkey, [...(byColdkey.get(coldkey) ?? []), [netuid, stake]])
  }
  return [...byColdkey]
}

function infoOf(ctx: Ctx, hotkey: string) {
  const { store } = ctx
  const seats = netuidsOf(store).flatMap((netuid) => {
    const uid = store.get(s.Uids, netuid, hotkey)
    return uid === undefined ? [] : [{ netuid, permit: store.get(s.ValidatorPermit, netuid)[uid] ?? false }]
  })
  return {
    delegate_ss58: hotkey,
    take: store.get(s.Delegates, hotkey),
    nominators: nominatorsOf(ctx, hotkey),
    owner_ss58: ownerOf(store, hotkey),
    registrations: seats.map(({ netuid }) => netuid),
    validator_permits: seats.filter(({ permit }) => permit).map(({ netuid }) => netuid),
    // Mainnet's figures here are unreliable; nothing is better than a wrong yield.
    return_per_1000: 0n,
    total_daily_return: 0n,
  }
}

type Info = ReturnType<typeof infoOf>
const withStake = (info: Info, netuid: number, stake: bigint): [Info, [number, bigint]] => [info, [netuid, stake]]

const delegatesOf = ({ store }: Ctx): string[] => store.entries(s.Delegates).map(([[hotkey]]) => hotkey)

export const delegateHandlers: { readonly DelegateInfoRuntimeApi: HandlersOf<'DelegateInfoRuntimeApi'> } = {
  DelegateInfoRuntimeApi: {
    get_delegates: (ctx) => delegatesOf(ctx).map((hotkey) => infoOf(ctx, hotkey)),
    get_delegate: (ctx, { delegate_account }) =>
      ctx.store.has(s.Delegates, delegate_account) ? infoOf(ctx, delegate_account) : undefined,
    get_delegated: (ctx, { delegatee_account }) =>
      ctx.store
        .get(s.StakingHotkeys, delegatee_account)
        .filter((hotkey) => ctx.store.has(s.Delegates, hotkey))
        .flatMap((hotkey) =>
          netuidsOf(ctx.store).flatMap((netuid) => {
            const stake = stakeOf(ctx.store, { hotkey, coldkey: delegatee_account, netuid })
            return stake > 0n ? [withStake(infoOf(ctx, hotkey), netuid, stake)] : []
          }),
        ),
  },
}

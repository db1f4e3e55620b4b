import type { Ctx } from '../core/ctx.ts'
import { subtensorModule } from '../core/pallets.ts'
import type { Store } from '../core/store.ts'
import { toU16, UNIT, type Verdict, type Voter, yumaConsensus } from '../epoch/consensus.ts'
import { hotkeysOf } from '../neurons/seats.ts'
import { stakeWeight } from '../neurons/stake-weight.ts'
import { hotkeyAlpha } from '../stake/ledger.ts'
import { payEpoch } from './payout.ts'

const s = subtensorModule.storage
const MILLION = 1_000_000n

/** Blocks of silence after which a validator counts as gone. */
export const activityCutoff = (store: Store, netuid: number): bigint =>
  (BigInt(store.get(s.ActivityCutoffFactorMilli, netuid)) * BigInt(store.get(s.Tempo, netuid))) / 1000n

function votersOf({ store, block }: Ctx, netuid: number, hotkeys: readonly string[]): Voter[] {
  const permits = store.get(s.ValidatorPermit, netuid)
  const updates = store.get(s.LastUpdate, netuid)
  const cutoff = activityCutoff(store, netuid)
  return hotkeys.map((hotkey, uid) => ({
    stake: stakeWeight(store, hotkey, netuid),
    permit: permits[uid] ?? false,
    active: BigInt(block) - (updates[uid] ?? 0n) <= cutoff,
    lastUpdate: Number(updates[uid] ?? 0n),
    registeredAt: Number(store.get(s.BlockAtRegistration, netuid, uid)),
    weights: permits[uid] ? store.get(s.Weights, netuid, uid) : [],
    bonds: permits[uid] ? store.get(s.Bonds, netuid, uid) : [],
  }))
}

/** Permits of the next epoch: the largest stakes that reach the threshold. */
function permitsOf(store: Store, netuid: number, voters: readonly Voter[]): boolean[] {
  const threshold = store.get(s.StakeThreshold)
  const ranked = voters
    .map(({ stake }, uid) => ({ stake, uid }))
    .filter(({ stake }) => stake > 0n && stake >= threshold)
    .sort((a, b) => (a.stake === b.stake ? a.uid - b.uid : a.stake < b.stake ? 1 : -1))
    .slice(0, store.get(s.MaxAllowedValidators, netuid))
  const chosen = new Set(ranked.map(({ uid }) => uid))
  return voters.map((_, uid) => chosen.has(uid))
}

function saveVerdict(ctx: Ctx, netuid: number, voters: readonly Voter[], verdict: Verdict): void {
  const { store, block } = ctx
  store.set(
    s.Active,
    [netuid],
    voters.map((voter) => voter.active),
  )
  store.set(s.Consensus, [netuid], verdict.consensus.map(toU16))
  store.set(s.Incentive, [netuid], verdict.incentive.map(toU16))
  store.set(s.Dividends, [netuid], verdict.dividends.map(toU16))
  store.set(s.ValidatorTrust, [netuid], verdict.validatorTrust.map(toU16))
  const permits = permitsOf(store, netuid, voters)
  store.set(s.ValidatorPermit, [netuid], permits)
  permits.forEach((permit, uid) => {
    const bonds = verdict.bonds[uid] ?? []
    if (permit && bonds.length > 0)
      store.set(
        s.Bonds,
        [netuid, uid],
        bonds.map(([to, bond]) => [to, bond]),
      )
    else store.delete(s.Bonds, netuid, uid)
  })
  store.set(s.LastEpochBlock, [netuid], BigInt(block))
  store.set(s.LastMechansimStepBlock, [netuid], BigInt(block))
  store.set(s.BlocksSinceLastStep, [netuid], 0n)
  store.update(s.SubnetEpochIndex, [netuid], (index) => index + 1n)
}

/** `BondsMovingAverage` is what stays of old bonds, in millionths; the rest comes from new ones. */
const bondsAlpha = (store: Store, netuid: number): bigint =>
  ((MILLION - store.get(s.BondsMovingAverage, netuid)) * UNIT) / MILLION

/** Judges the weights of one subnet and pays what has been waiting. */
export function runEpoch(ctx: Ctx, netuid: number): void {
  const { store } = ctx
  const hotkeys = hotkeysOf(store, netuid)
  const voters = votersOf(ctx, netuid, hotkeys)
  const kappa = (BigInt(store.get(s.Kappa, netuid)) * UNIT) / 65_535n
  const verdict = yumaConsensus(voters, kappa, bondsAlpha(store, netuid))
  payEpoch(ctx, { netuid, hotkeys, voters, verdict })
  saveVerdict(ctx, netuid, voters, verdict)
  for (const hotkey of hotkeys)
    store.set(s.TotalHotkeyAlphaLastEpoch, [hotkey, netuid], hotkeyAlpha(store, hotkey, netuid))
}

/** The block at which the next epoch of a subnet is due. */
export function nextEpochBlock(store: Store, netuid: number): bigint {
  const regular = store.get(s.LastEpochBlock, netuid) + BigInt(store.get(s.Tempo, netuid))
  const triggered = store.get(s.PendingEpochAt, netuid)
  return triggered > 0n && triggered < regular ? triggered : regular
}

import type { AppError } from '../../../../shared/errors.ts'
import type { Result } from '../../../../shared/result.ts'
import type { Intent } from '../../../../shared/signing/intent.ts'
import { heldBefore } from '../../../../shared/staking/held-before.ts'
import type { PoolFacts } from '../../../../shared/staking/judge-price.ts'
import { batchOf, intentOfMove } from '../../../../shared/staking/move-intent.ts'
import {
  destinationOf,
  type Holdings,
  type MovesSnapshot,
  originOf,
  placeKey,
  type StakeMove,
  type SubnetFacts,
} from '../../../../shared/staking/stake-move.ts'
import type { Netuid, Rao, Ss58 } from '../../../../shared/units/amounts.ts'
import type { ChooseMoves } from '../../staking.port.ts'
import { Answer, asFlag, asNumber } from '../answer.ts'
import { badAnswer, fail } from '../failure.ts'
import { FEATURES } from '../runtime/features.ts'
import type { Runtime } from '../runtime/runtime.ts'
import type { Stored } from '../runtime/storage-item.ts'
import type { Ask, View } from '../view.ts'
import { existentialDepositOf, freeOf, nonceOf } from './account.ts'
import { minStakeOf } from './min-stake.ts'
import { feeBasisOf, poolAsks, poolOf } from './pool-facts.ts'
import { readAvailable, readHeld } from './portfolio.ts'
import { ROOT, readPrice, readPrices } from './prices.ts'
import { feeRateOf, quoteMoves } from './quote-moves.ts'
import type { PricesElsewhere } from './second-word.ts'

const ACCOUNT = 'System.Account'
const ADDED = 'SubtensorModule.NetworksAdded'
const STARTED = 'SubtensorModule.SubtokenEnabled'
const TRANSFERS = 'SubtensorModule.TransferToggle'
const OWNER = 'SubtensorModule.Owner'
const UIDS = 'SubtensorModule.Uids'
const FEE_RATE = 'Swap.FeeRate'
const LAST_STAKE = 'SubtensorModule.LastColdkeyHotkeyStakeBlock'
const ROOT_HOLD = 'SubtensorModule.RootStakeUnlockInterval'

export interface MovesAsk {
  readonly choose: ChooseMoves
  readonly oneByOne: boolean
  /** Subnets whose price is needed before anything is chosen, besides those that are held. */
  readonly priced?: readonly Netuid[]
  /** Network fee of a call by this signer. */
  readonly feeOf: (call: Intent, nonce: number) => Promise<Rao>
  /** Prices as another endpoint states them; absent: there is none to ask. */
  readonly elsewhere?: (netuids: readonly Netuid[]) => Promise<PricesElsewhere>
}

/** All that a plan of moves needs, at the view's block. */
export async function readMoves(view: View, coldkey: Ss58, ask: MovesAsk): Promise<MovesSnapshot> {
  view.runtime.need(FEATURES.moves)
  const { account, holdings } = await readHoldings(view, coldkey, ask.priced ?? [])
  const chosen: Result<readonly StakeMove[], AppError> = ask.choose(holdings)
  if (!chosen.ok) return fail(chosen.error)
  const moves = chosen.value
  const intents = moves.map((move) => intentOfMove(move))
  const canBatch = view.runtime.has({ calls: ['Utility.batch_all', 'Utility.force_batch'] })
  const together = canBatch && !ask.oneByOne && intents.length > 1
  const calls = together ? [batchOf(intents, 'all')] : intents
  const places = await readPlaces(view, coldkey, moves)
  const [prices, quotes, txFees, elsewhere] = await Promise.all([
    pricesFor(view, holdings, moves.flatMap(touched)),
    quoteMoves(view, moves, { held: heldBefore(moves, holdings), feeRates: places.feeRates }),
    Promise.all(calls.map((call) => ask.feeOf(call, nonceOf(account)))),
    ask.elsewhere?.([...places.pools.keys()]),
  ])
  return {
    ...holdings,
    prices,
    moves,
    quotes,
    txFees,
    canBatch,
    existentialDeposit: existentialDepositOf(view.runtime),
    alive: account.present && new Answer(account.value, ACCOUNT).number('providers') > 0,
    subnets: places.subnets,
    hotkeysKnown: places.hotkeysKnown,
    registeredThere: places.registeredThere,
    rootHoldBlocks: places.rootHoldBlocks,
    rootHeldUntil: places.rootHeldUntil,
    pools: places.pools,
    feeRates: places.feeRates,
    elsewhere,
    feeBasis: feeBasisOf(view.runtime),
  }
}

/** Four requests at once. */
async function readHoldings(
  view: View,
  coldkey: Ss58,
  priced: readonly Netuid[],
): Promise<{ readonly account: Stored; readonly holdings: Holdings }> {
  const [[account], positions, available, all] = await Promise.all([
    view.storage([[ACCOUNT, coldkey]]),
    readHeld(view, coldkey),
    readAvailable(view, coldkey),
    readPrices(view),
  ])
  if (!account) return badAnswer(ACCOUNT)
  const { block } = view
  const minStake = minStakeOf(view.runtime)
  const prices = await pricesFor(view, { prices: all }, [...positions.map(({ netuid }) => netuid), ...priced])
  return { account, holdings: { coldkey, block, free: freeOf(account), minStake, positions, available, prices } }
}

/** Prices of the subnets involved. Where the runtime does not tell all at once, one request each. */
async function pricesFor(
  view: View,
  { prices }: Pick<Holdings, 'prices'>,
  netuids: readonly Netuid[],
): Promise<Holdings['prices']> {
  const missing = [...new Set(netuids)].filter((netuid) => !prices.has(netuid))
  if (missing.length === 0 || !view.runtime.has(FEATURES.price)) return prices
  const found = await Promise.all(missing.map(async (netuid) => [netuid, await readPrice(view, netuid)] as const))
  return new Map([...prices, ...found])
}

const touched = (move: StakeMove): readonly Netuid[] =>
  [originOf(move), destinationOf(move)].flatMap((place) => (place ? [place.netuid] : []))

interface Places {
  readonly subnets: ReadonlyMap<Netuid, SubnetFacts>
  readonly hotkeysKnown: ReadonlyMap<Ss58, boolean>
  readonly registeredThere: ReadonlySet<string>
  readonly feeRates: ReadonlyMap<Netuid, number>
  readonly rootHoldBlocks: number | undefined
  readonly rootHeldUntil: ReadonlyMap<Ss58, number>
  readonly pools: ReadonlyMap<Netuid, PoolFacts>
}

/** Every subnet and hotkey that the moves touch: one request for all of them. */
async function readPlaces(view: View, coldkey: Ss58, moves: readonly StakeMove[]): Promise<Places> {
  const destinations = moves.map(destinationOf).filter((place) => place !== undefined)
  const all = [...moves.map(originOf).filter((place) => place !== undefined), ...destinations]
  const netuids = [...new Set(all.map(({ netuid }) => netuid))]
  const hotkeys = [...new Set(all.map(({ hotkey }) => hotkey))]
  const there = [...new Map(destinations.map((place) => [placeKey(place.hotkey, place.netuid), place])).values()]
  const optional = (name: string, keys: readonly (readonly unknown[])[]): readonly Ask[] =>
    knows(view.runtime, name) ? keys.map((key): Ask => [name, ...key]) : []
  const perSubnet = netuids.map((netuid) => [netuid])
  const pooled = netuids.filter((netuid) => netuid !== ROOT)
  const fromRoot = all.filter(({ netuid }) => netuid === ROOT).map(({ hotkey }) => hotkey)
  const lists: readonly (readonly Ask[])[] = [
    perSubnet.map((key): Ask => [ADDED, ...key]),
    perSubnet.map((key): Ask => [STARTED, ...key]),
    optional(TRANSFERS, perSubnet),
    optional(FEE_RATE, perSubnet),
    hotkeys.map((hotkey): Ask => [OWNER, hotkey]),
    there.map(({ hotkey, netuid }): Ask => [UIDS, netuid, hotkey]),
    optional(ROOT_HOLD, [[]]),
    pooled.flatMap((netuid) => poolAsks(view.runtime, netuid)),
    optional(
      LAST_STAKE,
      fromRoot.map((hotkey) => [coldkey, hotkey]),
    ),
  ]
  const answers = await view.storage(lists.flat())
  let at = 0
  const [
    added = [],
    started = [],
    transfers = [],
    rates = [],
    owners = [],
    uids = [],
    hold = [],
    pools = [],
    last = [],
  ] = lists.map((list) => {
    at += list.length
    return answers.slice(at - list.length, at)
  })
  const rootHoldBlocks = hold[0] && asNumber(hold[0].value, ROOT_HOLD)
  return {
    subnets: new Map(
      netuids.map((netuid, index) => [
        netuid,
        {
          exists: flag(added[index], ADDED) ?? false,
          started: flag(started[index], STARTED) ?? false,
          transfersAllowed: flag(transfers[index], TRANSFERS),
        },
      ]),
    ),
    hotkeysKnown: new Map(hotkeys.map((hotkey, index) => [hotkey, owners[index]?.present === true])),
    registeredThere: new Set(
      there.filter((_, index) => uids[index]?.present).map(({ hotkey, netuid }) => placeKey(hotkey, netuid)),
    ),
    feeRates: ratesOf(netuids, rates),
    rootHoldBlocks,
    rootHeldUntil: heldUntil(fromRoot, last, rootHoldBlocks),
    pools: poolsOf(view, pooled, pools),
  }
}

const ratesOf = (netuids: readonly Netuid[], rates: readonly Stored[]): Places['feeRates'] =>
  new Map(
    netuids.flatMap((netuid, index) => {
      const rate = rates[index]
      return rate ? [[netuid, feeRateOf(rate)] as const] : []
    }),
  )

/** A change that the chain did not note holds nothing. */
const heldUntil = (
  hotkeys: readonly Ss58[],
  last: readonly Stored[],
  holdBlocks: number | undefined,
): Places['rootHeldUntil'] =>
  new Map(
    hotkeys.flatMap((hotkey, index) => {
      const since = last[index]
      if (!holdBlocks || !since?.present) return []
      return [[hotkey, asNumber(since.value, LAST_STAKE) + holdBlocks] as const]
    }),
  )

const knows = (runtime: Runtime, name: string): boolean => runtime.has({ storage: [name] })
const flag = (stored: Stored | undefined, name: string): boolean | undefined => stored && asFlag(stored.value, name)

/** Each has the same number of answers, in their order. */
function poolsOf(view: View, netuids: readonly Netuid[], answers: readonly Stored[]): Places['pools'] {
  const each = netuids.length === 0 ? 0 : answers.length / netuids.length
  return new Map(
    netuids.flatMap((netuid, index) => {
      const pool = poolOf(view, answers.slice(index * each, (index + 1) * each))
      return pool ? [[netuid, pool] as const] : []
    }),
  )
}

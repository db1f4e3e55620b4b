import type { ValidatorRow, ValidatorTable } from '../../../../shared/subnets/validator-table.ts'
import { type Alpha, alpha, isAlpha, type Netuid, type Ss58 } from '../../../../shared/units/amounts.ts'
import { Answer, asAddress, asAlpha, asBigint, asFlag, asNumber, asRao } from '../answer.ts'
import { badAnswer, fail } from '../failure.ts'
import { FEATURES } from '../runtime/features.ts'
import type { Stored } from '../runtime/storage-item.ts'
import type { Ask, View } from '../view.ts'
import { columnsOf } from './metagraph-columns.ts'
import { ROOT } from './prices.ts'
import { statedIdentity } from './stated-identity.ts'

const METAGRAPH = 'SubnetInfoRuntimeApi.get_selective_metagraph'

/** Field numbers of the selective metagraph. @source subtensor `rpc_info/metagraph.rs`, `SelectiveMetagraphIndex` */
const FIELDS = {
  tempo: 8,
  last_step: 9,
  activity_cutoff: 28,
  hotkeys: 52,
  coldkeys: 53,
  identities: 54,
  validator_permit: 57,
  last_update: 59,
  dividends: 61,
  block_at_registration: 66,
  alpha_stake: 67,
  tao_stake: 68,
  total_stake: 69,
} as const

/** Per validator, all in one query. In this order below; an item that the runtime lacks is left out, and so unknown. */
const DELEGATES = 'SubtensorModule.Delegates'
const DIVIDENDS = 'SubtensorModule.AlphaDividendsPerSubnet'
const STAKE_THEN = 'SubtensorModule.TotalHotkeyAlphaLastEpoch'
const STAKE_NOW = 'SubtensorModule.TotalHotkeyAlpha'
const SHARES = 'SubtensorModule.TotalHotkeySharesV2'
const SHARE = 'SubtensorModule.AlphaV2'

interface Seat {
  readonly uid: number
  readonly hotkey: Ss58
  readonly ownerColdkey: Ss58
}

/** Everyone with a permit: one metagraph and one storage query. */
export async function readValidatorTable(view: View, netuid: Netuid): Promise<ValidatorTable> {
  view.runtime.need(FEATURES.validators)
  const answer = await view.api(METAGRAPH, netuid, Object.values(FIELDS))
  const graph = answer === undefined ? fail({ code: 'stake/unknown-subnet', netuid }) : new Answer(answer, 'Metagraph')
  const seats = seatsOf(graph, netuid)
  const stored = await readStored(view, netuid, seats)
  const cell = columnsOf(graph)
  const rows = seats.map((seat, index): ValidatorRow => {
    const at = (name: keyof typeof FIELDS) => cell(name, seat.uid)
    return {
      ...seat,
      identity: statedIdentity(at('identities')),
      stake: asAlpha(at('alpha_stake'), 'alpha_stake'),
      rootWeight: asRao(at('tao_stake'), 'tao_stake'),
      totalStake: asAlpha(at('total_stake'), 'total_stake'),
      dividendsShare: asNumber(at('dividends'), 'dividends'),
      lastUpdate: asNumber(at('last_update'), 'last_update'),
      registeredAt: asNumber(at('block_at_registration'), 'block_at_registration'),
      ...(stored[index] ?? {}),
    }
  })
  return {
    netuid,
    block: view.block,
    tempo: graph.number('tempo'),
    lastEpoch: graph.number('last_step'),
    activityCutoff: graph.number('activity_cutoff'),
    rows: rows.sort((a, b) => (a.totalStake === b.totalStake ? a.uid - b.uid : a.totalStake > b.totalStake ? -1 : 1)),
  }
}

/** Root has seats, not permits: everyone there takes stake. */
function seatsOf(graph: Answer, netuid: Netuid): readonly Seat[] {
  const hotkeys = graph.list('hotkeys')
  const cell = columnsOf(graph)
  return hotkeys
    .map((hotkey, uid) => ({
      uid,
      hotkey: asAddress(hotkey, 'hotkeys'),
      ownerColdkey: asAddress(cell('coldkeys', uid), 'coldkeys'),
    }))
    .filter(({ uid }) => netuid === ROOT || asFlag(cell('validator_permit', uid), 'validator_permit'))
}

type FromStorage = Partial<Pick<ValidatorRow, 'takePpm' | 'dividends' | 'stakeLastEpoch' | 'ownStake'>>

async function readStored(view: View, netuid: Netuid, seats: readonly Seat[]): Promise<readonly FromStorage[]> {
  const asksOf = ({ hotkey, ownerColdkey }: Seat): readonly Ask[] =>
    [
      [DELEGATES, hotkey] as const,
      [DIVIDENDS, netuid, hotkey] as const,
      [STAKE_THEN, hotkey, netuid] as const,
      [STAKE_NOW, hotkey, netuid] as const,
      [SHARES, hotkey, netuid] as const,
      [SHARE, hotkey, ownerColdkey, netuid] as const,
    ].filter(([item]) => view.runtime.has({ storage: [item] }))
  const asks = seats.map(asksOf)
  const stored = await view.storage(asks.flat())
  let next = 0
  return asks.map((own) => {
    const found = new Map(own.map(([item]) => [item, stored[next++]]))
    return storedOf((item) => found.get(item))
  })
}

function storedOf(find: (item: string) => Stored | undefined): FromStorage {
  const take = find(DELEGATES)
  const [dividends, then, now] = [DIVIDENDS, STAKE_THEN, STAKE_NOW].map((item) => find(item)?.value)
  const [all, own] = [find(SHARES)?.value, find(SHARE)?.value]
  return {
    ...(take?.present ? { takePpm: takePpm(take.value) } : {}),
    ...(dividends === undefined ? {} : { dividends: asAlpha(dividends, DIVIDENDS) }),
    ...(then === undefined ? {} : { stakeLastEpoch: asAlpha(then, STAKE_THEN) }),
    ...(now === undefined || all === undefined || own === undefined
      ? {}
      : { ownStake: partOf(asAlpha(now, STAKE_NOW), own, all) }),
  }
}

/** `u16` or, since mid-2026, `PerU16`: the same 65,535ths. */
const takePpm = (take: unknown): number => Math.round((asNumber(take, DELEGATES) * 1_000_000) / 65_535)

/** Far more than shares ever need; a node that says more would have us compute with giant numbers. */
const MOST_DIGITS = 60n

/**
 * What a share of all shares is of the whole, both kept as mantissa × 10^exponent. For display: the chain's own rounding may
 * differ by one unit.
 * @source subtensor `primitives/share-pool`: alpha = TotalHotkeyAlpha × share / TotalHotkeySharesV2
 */
export function partOf(whole: Alpha, share: unknown, all: unknown): Alpha {
  const [own, sum] = [share, all].map((value) => {
    const float = new Answer(value, 'SafeFloat')
    return {
      mantissa: asBigint(float.raw('mantissa'), 'SafeFloat'),
      exponent: asBigint(float.raw('exponent'), 'SafeFloat'),
    }
  })
  if (!own || !sum || own.mantissa === 0n || sum.mantissa === 0n) return alpha(0n)
  const shift = own.exponent - sum.exponent
  if (shift > MOST_DIGITS || shift < -MOST_DIGITS) return shift < 0n ? alpha(0n) : badAnswer('SafeFloat')
  const numerator = whole * own.mantissa * 10n ** (shift > 0n ? shift : 0n)
  // A thousandth more before it is cut: shares keep 21 digits, and a position of exactly 5 must not read as 4.
  const divisor = sum.mantissa * 10n ** (shift < 0n ? -shift : 0n)
  const part = (numerator * 1000n + divisor) / (divisor * 1000n)
  return isAlpha(part) ? part : badAnswer('SafeFloat')
}

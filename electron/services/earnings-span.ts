import { bookEpoch } from '../../shared/earnings/book-epoch.ts'
import { type EpochTold, NOTHING_SEEN, type SpanFacts } from '../../shared/earnings/epoch-parts.ts'
import type { EpochRow, RowSource } from '../../shared/earnings/epoch-row.ts'
import { alpha, type Netuid, netuid as netuidOf, type RaoPerAlpha, type Ss58 } from '../../shared/units/amounts.ts'
import type { EpochSnapshot, StakeEvents, StakeFlow, Upheaval } from '../chain/earnings.port.ts'
import type { PositionMark } from '../storage/storage.port.ts'

/** An epoch that ended in a block of the span, on a subnet where the account has a part; or what ends a row as an epoch does. */
export interface EndedEpoch {
  readonly netuid: Netuid
  readonly block: number
  readonly tempo: number
  /** No epoch: an event changed positions and does not say by how much, so that it explains its own block, and nothing else. */
  readonly upheaval?: boolean | undefined
}

interface Span {
  readonly genesis: string
  readonly coldkey: Ss58
  readonly hotkeys: readonly Ss58[]
  /** Booked are the blocks after this one, through `through`. */
  readonly from: number
  readonly through: number
  readonly marks: readonly PositionMark[]
  readonly seen: StakeEvents
  /** Oldest first; each block of them has a snapshot. */
  readonly ended: readonly EndedEpoch[]
  readonly snapshots: ReadonlyMap<number, EpochSnapshot>
  /** When a block was booked, or made; ms since 1970. */
  readonly timeOf: (block: number) => number
  readonly via: RowSource
}

/** Its stake changes at the epochs of other subnets, and by claims; own epochs it has none. */
export const ROOT = netuidOf(0)
/** What one epoch puts behind a hotkey on root without an event: its take, and what it owes those behind it. */
const ROOT_DEPOSITS = 2
/** The price may have moved since the unstake that was followed by clearing. */
const DUST_MARGIN = 2n
/** Prices are rao per this much alpha. */
const PAR = 1_000_000_000n

type Place = { readonly netuid: Netuid; readonly hotkey: Ss58 }
export const keyOf = (p: { readonly netuid: number; readonly hotkey: string }): string => `${p.netuid}/${p.hotkey}`
const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, one) => total + one, 0n)

/** Books all epochs of some blocks, from what was read of them. */
export function bookSpan(span: Span): { readonly rows: readonly EpochRow[]; readonly marks: readonly PositionMark[] } {
  const book = new SpanBook(span)
  for (const epoch of span.ended) book.end(epoch)
  return book.close()
}

/** What is asked of the block of an epoch: also every hotkey that may have got, or sent, something there. */
export function snapshotAsk(
  of: {
    readonly account: { readonly coldkey: Ss58; readonly hotkeys: readonly Ss58[] }
    readonly marks: readonly PositionMark[]
    readonly seen: StakeEvents
  },
  { block, netuids }: { readonly block: number; readonly netuids: readonly Netuid[] },
): { readonly block: number; readonly netuids: readonly Netuid[]; readonly hotkeys: readonly Ss58[] } {
  const { coldkey, hotkeys } = of.account
  const here = [...of.marks, ...of.seen.autoStaked.filter(({ owner }) => owner === coldkey)]
  const held = here.flatMap((one) => (netuids.includes(one.netuid) ? one.hotkey : []))
  return { block, netuids, hotkeys: [...new Set([...hotkeys, ...held])] }
}

/** A swap of the coldkey brings positions, and no event tells which: those of its end had nothing at `from`. */
export function withBrought(
  { genesis, coldkey }: { readonly genesis: string; readonly coldkey: Ss58 },
  marks: readonly PositionMark[],
  { from, stakes }: { readonly from: number; readonly stakes: EpochSnapshot['after'] },
): readonly PositionMark[] {
  const known = new Set(marks.map(keyOf))
  const empty = { genesis, coldkey, block: from, alpha: alpha(0n), flows: 0n, span: NOTHING_SEEN }
  return [...marks, ...stakes.filter((one) => !known.has(keyOf(one))).map((one) => ({ ...one, ...empty }))]
}
export const hasColdkeySwap = ({ upheavals }: StakeEvents): boolean =>
  upheavals.some(({ cause }) => cause === 'coldkey-swap')

/**
 * Blocks with an event that changes positions of the account without a move, by subnet. The stake is read right before and right
 * after each of them, so that the event explains what changed in its block, to the unit.
 */
export const upheavalsIn = (
  { upheavals, flows }: StakeEvents,
  marks: readonly PositionMark[],
): readonly (EndedEpoch & { readonly upheaval: true })[] =>
  upheavals.flatMap((one) => {
    const held = [...marks, ...flows].filter((place) => concerns(one, place)).map(({ netuid }) => netuid)
    return [...new Set(held)].map((netuid) => ({ netuid, block: one.block, tempo: 1, upheaval: true as const }))
  })

class SpanBook {
  readonly #span: Span
  readonly #marks: Map<string, PositionMark>
  readonly #flows: ReadonlyMap<string, readonly StakeFlow[]>
  readonly #moves: ReadonlyMap<string, readonly { readonly block: number }[]>
  readonly #rows: EpochRow[] = []

  constructor(span: Span) {
    this.#span = span
    this.#marks = new Map(span.marks.map((mark) => [keyOf(mark), mark]))
    this.#flows = Map.groupBy(span.seen.flows, keyOf)
    this.#moves = Map.groupBy(span.seen.moves, keyOf)
    for (const flow of span.seen.flows) this.#markOf(flow)
    // What a hotkey becomes holds its stake, without a move: from here on, not from the epoch that shows it.
    for (const { hotkeys = [], netuid } of span.seen.upheavals)
      for (const mark of span.marks)
        if (hotkeys.includes(mark.hotkey) && (netuid ?? mark.netuid) === mark.netuid)
          for (const hotkey of hotkeys) this.#markOf({ netuid: mark.netuid, hotkey })
  }

  /** A position that was not there before was empty at `from`, up to where everything is booked. */
  #markOf({ netuid, hotkey }: Place): PositionMark {
    const { genesis, coldkey, from } = this.#span
    const key = keyOf({ netuid, hotkey })
    const found = this.#marks.get(key)
    if (found) return found
    const made = { genesis, coldkey, netuid, hotkey, block: from, alpha: alpha(0n), flows: 0n, span: NOTHING_SEEN }
    this.#marks.set(key, made)
    return made
  }

  end(epoch: EndedEpoch): void {
    const snapshot = this.#span.snapshots.get(epoch.block)
    if (!snapshot) return
    const isMet = this.#span.seen.upheavals.filter(({ block }) => block === epoch.block)
    const here = (place: Place) =>
      place.netuid === epoch.netuid && (!epoch.upheaval || isMet.some((one) => concerns(one, place)))
    const known = [...this.#marks.values(), ...snapshot.before, ...snapshot.after, ...minersIn(snapshot)].filter(here)
    for (const { netuid, hotkey } of new Map(known.map((place) => [keyOf(place), place])).values())
      this.#endOf(this.#markOf({ netuid, hotkey }), epoch, snapshot)
    this.#checkSwap(epoch)
  }

  /** What a hotkey loses to another one the other one gets. What does not cancel is not explained by it. */
  #checkSwap({ netuid, block, upheaval }: EndedEpoch): void {
    const isOfSwap = (row: EpochRow) =>
      row.netuid === netuid && row.epochBlock === block && row.parts?.cause === 'hotkey-swap'
    const swapped = this.#rows.filter(isOfSwap)
    const left = sum(swapped.map(({ parts }) => parts?.unexplained ?? 0n))
    const most = BigInt(swapped.length * (1 + this.#movesAt(netuid, block)))
    // Where an epoch ran in the same block, something may have come as well.
    if (left >= -most && (left <= most || !upheaval)) return
    for (const [at, row] of this.#rows.entries())
      if (isOfSwap(row) && row.parts) this.#rows[at] = { ...row, parts: { ...row.parts, cause: undefined } }
  }

  #movesAt(netuid: Netuid, block: number): number {
    return this.#span.seen.moves.filter((move) => move.netuid === netuid && move.block === block).length
  }

  #endOf(mark: PositionMark, epoch: EndedEpoch, snapshot: EpochSnapshot): void {
    const { genesis, coldkey, hotkeys, timeOf, via } = this.#span
    const key = keyOf(mark)
    const stakeAfter = stakeIn(snapshot.after, key)
    const place = snapshot.places.find((one) => keyOf(one) === key)
    const until = this.#carried(mark, epoch.block)
    const told = this.#told(mark, epoch.block, snapshot)
    if (mark.netuid === ROOT && isQuiet(until, stakeAfter, told)) return
    if (epoch.upheaval && isUntouched(until, stakeAfter, told)) return
    const row = bookEpoch(
      until,
      {
        epochBlock: epoch.block,
        tempo: epoch.tempo,
        stakeAfter,
        price: this.#priceOf(mark.netuid, epoch.block),
        uid: place?.uid,
        ownHotkey: place?.owned === true || hotkeys.includes(mark.hotkey),
        atMs: timeOf(epoch.block),
        told,
        // Without what was seen since the mark there are no parts.
        via: until.span ? via : 'snapshots',
      },
      { genesis, coldkey },
    )
    // A removed subnet, or another hotkey, is no epoch.
    if (row) this.#rows.push(epoch.upheaval ? { ...row, epochs: 0 } : row)
    this.#marks.set(key, { ...mark, block: epoch.block, alpha: stakeAfter, flows: 0n, span: NOTHING_SEEN })
  }

  /** In the block of a removal another subnet may have got the number: what is read there is the price of another token. */
  #priceOf(netuid: Netuid, block: number): RaoPerAlpha | undefined {
    const { seen, snapshots } = this.#span
    const isGone = seen.upheavals.some(
      (one) => one.cause === 'subnet-removed' && one.netuid === netuid && one.block === block,
    )
    return isGone ? undefined : snapshots.get(block)?.prices.get(netuid)
  }

  #told(mark: PositionMark, block: number, snapshot: EpochSnapshot): EpochTold {
    const key = keyOf(mark)
    const { seen, coldkey } = this.#span
    const place = snapshot.places.find((one) => keyOf(one) === key)
    const incentive = seen.incentives.find((one) => one.block === block && one.netuid === mark.netuid)
    const sentHere = seen.autoStaked.filter((one) => one.block === block && one.netuid === mark.netuid)
    const away = sentHere.filter(({ hotkey, destination }) => hotkey === mark.hotkey && destination !== hotkey)
    const arrivals = sentHere.filter(({ hotkey, destination }) => destination === mark.hotkey && destination !== hotkey)
    return {
      stakeRightBefore: stakeIn(snapshot.before, key),
      flowsInBlock: sum((this.#flows.get(key) ?? []).filter((f) => f.block === block).map((f) => f.alpha)),
      movesInBlock: this.#movesOf(mark, (move) => move.block === block),
      othersInBlock: this.#othersOf(mark, (move) => move.block === block),
      ...(place?.alone === undefined ? {} : { alone: place.alone }),
      ...upheavalAt(seen, mark, { block, stakeAfter: stakeIn(snapshot.after, key) }),
      incentive: place?.uid === undefined ? 0n : (incentive?.byUid[place.uid] ?? 0n),
      owned: place?.owned ?? false,
      ...(place?.uid === undefined ? {} : { uid: place.uid }),
      permit: mark.netuid === ROOT ? place?.owned === true : (place?.permit ?? false),
      hasChildren: mark.netuid === ROOT ? false : place?.hasChildren,
      claimed: mark.netuid === ROOT && seen.claims.includes(block),
      dustBelow: dustIn(snapshot, mark.netuid),
      ownsSubnet: place?.ownsSubnet ?? false,
      takesOwnerCut: place?.takesOwnerCut ?? false,
      ...(away[0] ? { sent: { alpha: sum(away.map((one) => one.alpha)), hotkey: away[0].destination } } : {}),
      arrived: sum(arrivals.filter(({ owner }) => owner === coldkey).map((one) => one.alpha)),
      arrivals: arrivals.length,
    }
  }

  /** The mark with everything that was seen up to the end of `block`. */
  #carried(mark: PositionMark, block: number): PositionMark {
    const since = Math.max(mark.block, this.#span.from)
    const isIn = (one: { readonly block: number }) => one.block > since && one.block <= block
    const flows = (this.#flows.get(keyOf(mark)) ?? []).filter(isIn)
    const moves = this.#movesOf(mark, isIn)
    // Where the stake was read right before and right after a block, its events explain nothing of other blocks.
    const { upheavals } = this.#span.seen
    const earlier = upheavals.filter((one) => isIn(one) && !this.#span.snapshots.has(one.block) && concerns(one, mark))
    const seen = earlier.map(({ cause }) => cause)
    const others = mark.span?.others
    const span: SpanFacts | undefined = mark.span && {
      feeAlpha: mark.span.feeAlpha + sum(flows.map((flow) => flow.feeAlpha)),
      feeTao: mark.span.feeTao + sum(flows.map((flow) => flow.feeTao)),
      ...(mark.span.flowsIn === undefined
        ? {}
        : { flowsIn: mark.span.flowsIn + sum(flows.map((flow) => (flow.alpha > 0n ? flow.alpha : 0n))) }),
      moves: mark.span.moves + moves,
      ...(others === undefined ? {} : { others: others + this.#othersOf(mark, isIn) }),
      seen: [...new Set([...mark.span.seen, ...seen])],
    }
    return { ...mark, flows: mark.flows + sum(flows.map((flow) => flow.alpha)), ...(span ? { span } : {}) }
  }

  /** Of the moves behind the hotkey, those of others: a move of one's own is among the flows. */
  #othersOf(mark: PositionMark, isIn: (one: { readonly block: number }) => boolean): number {
    return Math.max(0, this.#movesOf(mark, isIn) - (this.#flows.get(keyOf(mark)) ?? []).filter(isIn).length)
  }

  /** How often a position may have been rounded. */
  #movesOf(mark: PositionMark, isIn: (one: { readonly block: number }) => boolean): number {
    const { shifts, incentives } = this.#span.seen
    const silent = shifts.filter((block) => isIn({ block })).length * 2
    const epochs = mark.netuid === ROOT ? incentives.filter(isIn).length * ROOT_DEPOSITS : 0
    return (this.#moves.get(keyOf(mark)) ?? []).filter(isIn).length + silent + epochs
  }

  close(): { readonly rows: readonly EpochRow[]; readonly marks: readonly PositionMark[] } {
    const { through } = this.#span
    const marks = [...this.#marks.values()].map((mark) => this.#carried(mark, through))
    // What is empty, and was not moved, need not be looked after.
    const matters = ({ alpha: held, flows, span }: PositionMark) =>
      held !== 0n || flows !== 0n || (span?.seen.length ?? 0) > 0
    return { rows: this.#rows, marks: marks.filter(matters) }
  }
}

/** Nothing but own moves changes a stake where no epoch ended. */
const NO_EPOCH = {
  flowsInBlock: 0n,
  movesInBlock: 0,
  incentive: 0n,
  owned: false,
  permit: false,
  hasChildren: false,
  ownsSubnet: false,
  takesOwnerCut: false,
  arrived: 0n,
  arrivals: 0,
}

/**
 * Rows of what was moved since the last epoch, up to a block where counting stops.
 * @param to.stakes at the end of that block
 */
export function closeSpan(to: {
  readonly genesis: string
  readonly coldkey: Ss58
  readonly marks: readonly PositionMark[]
  readonly stakes: EpochSnapshot['after']
  readonly through: number
  readonly atMs: number
  readonly via: RowSource
}): readonly EpochRow[] {
  const { genesis, coldkey, through: epochBlock, atMs, via } = to
  const empty = { genesis, coldkey, alpha: alpha(0n), flows: 0n, span: NOTHING_SEEN }
  const marks = new Map<string, PositionMark>(
    to.stakes.map((at) => [keyOf(at), { ...at, ...empty, block: epochBlock - 1 }]),
  )
  for (const mark of to.marks) marks.set(keyOf(mark), mark)
  return [...marks.values()].flatMap((mark) => {
    const stakeAfter = stakeIn(to.stakes, keyOf(mark))
    if (mark.block >= epochBlock || (mark.flows === 0n && mark.alpha === stakeAfter)) return []
    const told = mark.span ? { ...NO_EPOCH, stakeRightBefore: stakeAfter } : undefined
    const end = { epochBlock, tempo: 1, stakeAfter, ownHotkey: false, atMs, told, via }
    const row = bookEpoch(mark, end, { genesis, coldkey })
    return row ? [{ ...row, epochs: 0 }] : []
  })
}

const stakeIn = (stakes: EpochSnapshot['before'], key: string) =>
  stakes.find((one) => keyOf(one) === key)?.alpha ?? alpha(0n)

/** Own hotkeys with a place: their incentive may go elsewhere, so that they hold nothing. */
const minersIn = ({ places }: EpochSnapshot) => places.filter(({ owned, uid }) => owned && uid !== undefined)

/** A removed subnet leaves nothing; where something is left, that is not what it did. */
const upheavalAt = (
  { upheavals }: StakeEvents,
  place: Place,
  { block, stakeAfter }: { readonly block: number; readonly stakeAfter: bigint },
): Pick<EpochTold, 'upheaval'> => {
  const met = upheavals.find((one) => one.block === block && concerns(one, place))
  return met === undefined || (met.cause === 'subnet-removed' && stakeAfter !== 0n) ? {} : { upheaval: met.cause }
}

const concerns = ({ hotkeys, netuid }: Upheaval, place: Place): boolean =>
  (hotkeys?.includes(place.hotkey) ?? true) && (netuid === undefined || netuid === place.netuid)

const within = (amount: bigint, most: number): boolean => (amount < 0n ? -amount : amount) <= BigInt(most)

/** Nothing changed in the block of an event but by own moves: they wait for the next epoch. */
function isUntouched(until: PositionMark, stakeAfter: bigint, told: EpochTold): boolean {
  const early = told.stakeRightBefore - until.alpha - (until.flows - told.flowsInBlock)
  return stakeAfter - told.stakeRightBefore === told.flowsInBlock && within(early, until.span?.moves ?? 0)
}

/** Stake on root to which nothing came: it has no row, and what others round is carried to the next one. */
function isQuiet(until: PositionMark, stakeAfter: bigint, told: EpochTold): boolean {
  const early = told.stakeRightBefore - until.alpha - (until.flows - told.flowsInBlock)
  const credited = stakeAfter - told.stakeRightBefore - told.flowsInBlock
  if (!within(early, until.span?.moves ?? 0)) return false
  return credited === 0n || (!told.owned && !told.claimed && within(credited, told.movesInBlock))
}

/** 1e-9 alpha that the chain would clear. */
function dustIn({ dust, prices }: EpochSnapshot, netuid: Netuid): bigint | undefined {
  const price: RaoPerAlpha | undefined = prices.get(netuid)
  return dust === undefined || price === undefined || price === 0n ? undefined : (dust * DUST_MARGIN * PAR) / price
}

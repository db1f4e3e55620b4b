import { bookEpoch } from '../../shared/earnings/book-epoch.ts'
import { type EpochTold, NOTHING_SEEN, type SpanFacts } from '../../shared/earnings/epoch-parts.ts'
import type { EpochRow } from '../../shared/earnings/epoch-row.ts'
import { alpha, type Netuid, type Ss58 } from '../../shared/units/amounts.ts'
import type { EpochSnapshot, StakeEvents, StakeFlow, Upheaval } from '../chain/earnings.port.ts'
import type { PositionMark } from '../storage/storage.port.ts'

/** An epoch that ended in a block of the span, on a subnet where the account has a part. */
export interface EndedEpoch {
  readonly netuid: Netuid
  readonly block: number
  readonly tempo: number
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
  readonly atMs: number
}

type Place = { readonly netuid: Netuid; readonly hotkey: Ss58 }
export const keyOf = (p: { readonly netuid: number; readonly hotkey: string }): string => `${p.netuid}/${p.hotkey}`
const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, one) => total + one, 0n)

/** Books all epochs of some blocks, from what was read of them. */
export function bookSpan(span: Span): { readonly rows: readonly EpochRow[]; readonly marks: readonly PositionMark[] } {
  const book = new SpanBook(span)
  for (const epoch of span.ended) book.end(epoch)
  return book.close()
}

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
    const here = (place: Place) => place.netuid === epoch.netuid
    const known = [...this.#marks.values(), ...snapshot.before, ...snapshot.after, ...minersIn(snapshot)].filter(here)
    for (const { netuid, hotkey } of new Map(known.map((place) => [keyOf(place), place])).values())
      this.#endOf(this.#markOf({ netuid, hotkey }), epoch, snapshot)
  }

  #endOf(mark: PositionMark, epoch: EndedEpoch, snapshot: EpochSnapshot): void {
    const { genesis, coldkey, hotkeys, atMs } = this.#span
    const key = keyOf(mark)
    const stakeAfter = stakeIn(snapshot.after, key)
    const place = snapshot.places.find((one) => keyOf(one) === key)
    const until = this.#carried(mark, epoch.block)
    const row = bookEpoch(
      until,
      {
        epochBlock: epoch.block,
        tempo: epoch.tempo,
        stakeAfter,
        price: snapshot.prices.get(mark.netuid),
        uid: place?.uid,
        ownHotkey: place?.owned === true || hotkeys.includes(mark.hotkey),
        atMs,
        told: this.#told(mark, epoch.block, snapshot),
      },
      { genesis, coldkey },
    )
    if (row) this.#rows.push(row)
    this.#marks.set(key, { ...mark, block: epoch.block, alpha: stakeAfter, flows: 0n, span: NOTHING_SEEN })
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
      movesInBlock: (this.#moves.get(key) ?? []).filter((move) => move.block === block).length,
      incentive: place?.uid === undefined ? 0n : (incentive?.byUid[place.uid] ?? 0n),
      owned: place?.owned ?? false,
      ...(place?.uid === undefined ? {} : { uid: place.uid }),
      permit: place?.permit ?? false,
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
    const moves = (this.#moves.get(keyOf(mark)) ?? []).filter(isIn).length
    const seen = this.#span.seen.upheavals.filter((one) => isIn(one) && concerns(one, mark)).map(({ cause }) => cause)
    const span: SpanFacts | undefined = mark.span && {
      feeAlpha: mark.span.feeAlpha + sum(flows.map((flow) => flow.feeAlpha)),
      feeTao: mark.span.feeTao + sum(flows.map((flow) => flow.feeTao)),
      moves: mark.span.moves + moves,
      seen: [...new Set([...mark.span.seen, ...seen])],
    }
    return { ...mark, flows: mark.flows + sum(flows.map((flow) => flow.alpha)), ...(span ? { span } : {}) }
  }

  close(): { readonly rows: readonly EpochRow[]; readonly marks: readonly PositionMark[] } {
    const { through } = this.#span
    return { rows: this.#rows, marks: [...this.#marks.values()].map((mark) => this.#carried(mark, through)) }
  }
}

const stakeIn = (stakes: EpochSnapshot['before'], key: string) =>
  stakes.find((one) => keyOf(one) === key)?.alpha ?? alpha(0n)

/** Own hotkeys with a place: their incentive may go elsewhere, so that they hold nothing. */
const minersIn = ({ places }: EpochSnapshot) => places.filter(({ owned, uid }) => owned && uid !== undefined)

const concerns = ({ hotkeys, netuid }: Upheaval, place: Place): boolean =>
  (hotkeys?.includes(place.hotkey) ?? true) && (netuid === undefined || netuid === place.netuid)

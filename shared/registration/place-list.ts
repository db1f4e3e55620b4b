import type { AppError } from '../errors.ts'
import type { TransactionRecord } from '../transactions/transaction.ts'
import { addRao, type Netuid, type Rao, rao, type Ss58, subRao } from '../units/amounts.ts'
import type { ManyPlan, PlaceToBuy } from './plan-many.ts'

/** A place of a list, and how far it is. */
export interface ListedPlace extends PlaceToBuy {
  /** `failed`: a block refused it; its network fee is paid, the place is not. What came into no block waits again. */
  readonly state: 'waiting' | 'sending' | 'done' | 'failed'
  /** Names the transaction that was made of it, also after a crash. Absent of one that is done: it was there before. */
  readonly preparedId?: string | undefined
  /** rao: limit and fee of what was signed. */
  readonly agreed?: Rao | undefined
  /** Absent of one that is done: the chain did not tell it. */
  readonly uid?: number | undefined
  readonly block?: number | undefined
  /** rao, with what of it is bound and without the fee, as the chain's events tell it. */
  readonly paid?: bigint | undefined
  /** What kept it from being bought when it was last tried. */
  readonly error?: AppError | undefined
}

/** Several places that were agreed to as one, and are bought one after the other. */
export interface PlaceList {
  readonly id: string
  readonly genesis: string
  readonly coldkey: Ss58
  readonly netuid: Netuid
  readonly tolerancePpm: number
  /** Agreed to for all of them, fees included. */
  readonly mostCost: Rao
  readonly startedAtMs: number
  readonly places: readonly ListedPlace[]
}

/** A list, and whether it is being carried out at this moment: that is never kept, nor is what broke it off. */
export type KnownPlaceList = PlaceList & {
  readonly now: 'running' | 'stopping' | 'resting'
  readonly broken?: AppError | undefined
}

export const placeListOf = (
  { coldkey, netuid, tolerancePpm, buys }: ManyPlan,
  facts: Pick<PlaceList, 'id' | 'genesis' | 'startedAtMs'>,
): PlaceList => ({
  ...{ ...facts, coldkey, netuid, tolerancePpm },
  mostCost: buys.reduce((all, { mostCost }) => addRao(all, mostCost), rao(0n)),
  places: buys.map((place) => ({ ...place, state: 'waiting' })),
})

/** Which one is next; one whose end is not known comes before all others. `undefined`: none */
export function nextPlace({ places }: PlaceList): number | undefined {
  const sending = places.findIndex(({ state }) => state === 'sending')
  const next = sending < 0 ? places.findIndex(({ state }) => state === 'waiting') : sending
  return next < 0 ? undefined : next
}

export const withPlace = (list: PlaceList, index: number, change: Partial<ListedPlace>): PlaceList => ({
  ...list,
  places: list.places.map((place, at) => (at === index ? { ...place, ...change } : place)),
})

/** Of what was agreed to for all, less all that was signed for, as if each cost the most; also one that was refused. Unit: rao */
export function leftOf({ mostCost, places }: PlaceList): Rao {
  const signed = places.map(({ state, agreed }) => (state === 'waiting' ? rao(0n) : (agreed ?? rao(0n))))
  return subRao(mostCost, signed.reduce(addRao, rao(0n))) ?? rao(0n)
}

const IS_THROUGH: ReadonlySet<TransactionRecord['stage']> = new Set(['in-block', 'finalized'])

/** Whether its end is open: then nothing may be sent behind it. */
export const isOpenRecord = ({ stage }: TransactionRecord): boolean => stage !== 'failed' && !IS_THROUGH.has(stage)

/**
 * Where a place stands by the record of its transaction, also if a block that had it lost to another one.
 * @param record `undefined`: there is none, so nothing ever left
 */
export function settledPlace(place: ListedPlace, record: TransactionRecord | undefined): ListedPlace {
  if (place.preparedId === undefined || (place.state !== 'sending' && place.state !== 'done')) return place
  if (!record) return place.state === 'done' ? place : { ...place, state: 'waiting', agreed: undefined }
  const { stage, outcome, error } = record
  // Into no block came what has no outcome: it took no fee, and can be tried anew.
  if (stage === 'failed' && !outcome) return { ...place, state: 'waiting', agreed: undefined, error }
  if (stage === 'failed') return { ...place, state: 'failed', error }
  if (!IS_THROUGH.has(stage)) return place
  const { registeredUid: uid, block, placeRao: paid } = outcome ?? {}
  return { ...place, state: 'done', uid, block, paid, error: undefined }
}

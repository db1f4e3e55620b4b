import type { Netuid, Ss58 } from '../units/amounts.ts'
import { immunityRoom, type Places, replacedNext, standingOf, summaryOf } from './places.ts'
import type { Pace } from './recorded-course.ts'
import { rankFromBottom, type Survival, survivalOf } from './survival.ts'

/** A place of one of our hotkeys. */
export interface OwnPlace {
  readonly netuid: Netuid
  readonly uid: number
  readonly hotkey: Ss58
  readonly registeredAt: number
}

/** Why a place cannot be replaced now: it is new, its owner owns the subnet, or too few are outside of immunity. */
export type Protection = 'immune' | 'owner' | 'few-others'

/** What may happen to one of our places, all of one block. */
export interface WatchedPlace extends OwnPlace {
  readonly block: number
  /** 1e-9 alpha of the last whole epoch. */
  readonly emission: bigint
  readonly taken: number
  readonly most: number
  /** Absent: it may be replaced. */
  readonly protection?: Protection | undefined
  readonly immuneUntilBlock: number
  /** Blocks of immunity that are left; 0: none. */
  readonly immuneBlocks: number
  /** 1 = the next to go among those that may be replaced; of an immune one, where it would stand at its pay of now. */
  readonly fromBottom?: number | undefined
  /** How many may be replaced now. */
  readonly mortal: number
  /** With how many registrations from now it goes, free places counted. Absent: it cannot be replaced now. */
  readonly registrationsLeft?: number | undefined
  readonly pace?: Pace | undefined
  /** Absent: too little was seen, or it cannot be replaced at all. */
  readonly survival?: Survival | undefined
}

function protectionOf(all: Places, uid: number, isQueued: boolean): Protection | undefined {
  if (isQueued) return undefined
  const place = all.places.find((one) => one.uid === uid)
  if (place?.ownersOwn) return 'owner'
  return standingOf(all, uid)?.immune ? 'immune' : 'few-others'
}

/**
 * How long one of our places may be kept, by the chain's rule of who goes and by how fast others come.
 * @param recorded absent: as many as still hold their place, which is at the least so many
 * @returns `undefined`: nobody has this uid
 */
export function watchPlace(
  all: Places,
  { netuid, uid }: Pick<OwnPlace, 'netuid' | 'uid'>,
  recorded: Pace | undefined,
): WatchedPlace | undefined {
  const place = all.places.find((one) => one.uid === uid)
  const standing = standingOf(all, uid)
  if (!place || !standing) return undefined
  const { registeredLately, inBlocks, taken, most } = summaryOf(all)
  const pace: Pace = recorded ?? { registrations: registeredLately, blocks: inBlocks, from: 'still-there' }
  const free = Math.max(0, most - taken)
  const protection = protectionOf(all, uid, standing.fromBottom !== undefined)
  const immuneBlocks = protection === 'immune' ? Math.max(0, standing.immuneUntilBlock - all.block) : 0
  const others = replacedNext(all).filter((one) => one.uid !== uid)
  const fromBottom =
    standing.fromBottom ??
    (protection === 'immune'
      ? rankFromBottom(
          others.map(({ emission }) => emission),
          place.emission,
        )
      : undefined)
  return {
    ...{ netuid, uid, hotkey: place.hotkey, registeredAt: place.registeredAt, block: all.block },
    ...{ emission: place.emission, taken, most, protection, immuneBlocks, fromBottom, pace },
    immuneUntilBlock: standing.immuneUntilBlock,
    mortal: standing.mortal,
    registrationsLeft: standing.fromBottom === undefined ? undefined : free + standing.fromBottom,
    survival:
      fromBottom === undefined
        ? undefined
        : survivalOf({
            immuneBlocks,
            freePlaces: free,
            fromBottom,
            registrations: pace.registrations,
            blocks: pace.blocks,
            immunity: { blocks: all.immunityBlocks, room: immunityRoom(all) },
          }),
  }
}

export interface LostPlace extends OwnPlace {
  readonly because: 'replaced' | 'subnet-removed' | 'uid-removed'
}

/**
 * Places that were ours and are not any more. A uid whose registration is still the same went to another hotkey by a swap: it was not
 * lost.
 * @param now of each subnet that was read; `gone`: the chain has no such subnet. A subnet that is in neither was not read
 */
export function lostPlaces(
  known: readonly OwnPlace[],
  now: { readonly read: ReadonlyMap<Netuid, Places>; readonly gone: ReadonlySet<Netuid> },
): readonly LostPlace[] {
  return known.flatMap((place): readonly LostPlace[] => {
    if (now.gone.has(place.netuid)) return [{ ...place, because: 'subnet-removed' }]
    const subnet = now.read.get(place.netuid)
    if (!subnet) return []
    // Another subnet has its number: nobody took this place.
    if (subnet.since !== undefined && place.registeredAt >= 0 && place.registeredAt < subnet.since)
      return [{ ...place, because: 'subnet-removed' }]
    const there = subnet.places.find(({ uid }) => uid === place.uid)
    if (!there) return [{ ...place, because: 'uid-removed' }]
    return there.registeredAt === place.registeredAt ? [] : [{ ...place, because: 'replaced' }]
  })
}

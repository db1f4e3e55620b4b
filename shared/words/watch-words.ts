import type { Pace } from '../registration/recorded-course.ts'
import type { WatchedPlace } from '../registration/watch.ts'
import { aboutTime } from './alert-words.ts'
import { writeBlocks } from './plain-text.ts'

const DAY_MS = 86_400_000

/** A minute says nothing of a day: in less than this only what was counted is said. */
const LEAST_MS = 3_600_000

/** Registrations in a day, to one decimal: some chains make more blocks in it than others. Empty where too little was watched. */
function perDay({ registrations, blocks }: Pace, blockMs: number): string {
  const ms = blocks * blockMs
  return ms < LEAST_MS ? '' : `, which is ${((registrations * DAY_MS) / ms).toFixed(1)} a day`
}

/** How fast places are taken, and what that rests on. */
export function paceSentence(pace: Pace | undefined, blockMs: number): string {
  if (!pace || pace.blocks === 0) return 'How many register in a day is unknown: too little was watched yet.'
  const seen = `in ${writeBlocks(pace.blocks)}, ${aboutTime(pace.blocks * blockMs)}`
  const rate = perDay(pace, blockMs)
  return pace.from === 'recorded'
    ? `Registrations seen ${seen}: ${pace.registrations}${rate}.`
    : `Registrations ${seen}: at least ${pace.registrations}${rate === '' ? '' : `${rate} or more`}.`
}

const STAYS = {
  owner: 'It cannot be replaced: the owner of the subnet keeps this place.',
  'few-others': 'It cannot be replaced now: too few places are outside of immunity. That may change with each block.',
} as const

/** Where a place stands, by the chain's own rule. @param block newest one: immunity runs on between two looks */
export function standingSentence(place: WatchedPlace, block: number, blockMs: number): string {
  const immuneBlocks = Math.max(0, place.immuneUntilBlock - block)
  const { protection, immuneUntilBlock, fromBottom, mortal, registrationsLeft, taken, most } = place
  if (protection === 'immune') {
    const where =
      fromBottom === undefined ? '' : ` At its pay of now it would then stand at place ${fromBottom} from the bottom.`
    return `It is immune until block ${immuneUntilBlock}: ${writeBlocks(immuneBlocks)}, ${aboutTime(immuneBlocks * blockMs)}.${where}`
  }
  if (protection !== undefined) return STAYS[protection]
  if (fromBottom === undefined || registrationsLeft === undefined) return 'Where it stands is unknown.'
  const free = most > taken ? ` Free places that will be taken first: ${most - taken}.` : ''
  const goes =
    registrationsLeft === 1
      ? 'It goes with the next registration.'
      : `It goes with registration ${registrationsLeft} from now.`
  return `It stands at place ${fromBottom} from the bottom of ${mortal} that may be replaced.${free} ${goes}`
}

/** How long it may be kept. A forecast, with what it rests on. */
export function keptSentence({ survival, protection }: WatchedPlace, blockMs: number): string {
  if (protection === 'owner') return 'It is kept as long as the subnet has its owner.'
  if (!survival) return 'How long it is kept is unknown.'
  const { leastBlocks, expectedBlocks, mostBlocks, because } = survival
  const least = leastBlocks * blockMs < 60_000 ? 'any moment' : aboutTime(leastBlocks * blockMs)
  if (because === 'no-registrations' || mostBlocks === undefined)
    return `Nobody was seen to register: it is likely kept for ${aboutTime(leastBlocks * blockMs)} or longer.`
  return `If others come as they came and its pay stays, it is kept for ${aboutTime(expectedBlocks * blockMs)}; likely between ${least} and ${aboutTime(mostBlocks * blockMs)}.`
}

/** What may happen to the subnet itself. */
export function removalSentence(of: {
  readonly netuid: number
  readonly next: number | undefined
  readonly freeSubnets: number | undefined
  readonly immuneBlocks: number | undefined
  readonly blockMs: number
}): string {
  const { netuid, next, freeSubnets, immuneBlocks, blockMs } = of
  const free =
    freeSubnets === undefined
      ? 'How many places for subnets are free is unknown.'
      : freeSubnets === 0
        ? 'No place for subnets is free: the next new subnet removes one.'
        : `Free places for subnets: ${freeSubnets}. No subnet is removed before they are taken.`
  if (next === netuid) return `This subnet is the next that the chain would remove. ${free}`
  if (immuneBlocks !== undefined && immuneBlocks > 0)
    return `The subnet itself cannot be removed for ${writeBlocks(immuneBlocks)}, ${aboutTime(immuneBlocks * blockMs)}. ${free}`
  const other =
    next === undefined ? 'The chain would remove no subnet now.' : `The chain would remove subnet ${next} next.`
  return `${other} ${free}`
}

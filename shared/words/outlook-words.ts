import type { GroupOutlook, Outlook } from '../registration/outlook.ts'

export const GROUP_WORDS: Readonly<Record<GroupOutlook['who'], string>> = {
  lowQuartile: 'as the lowest quarter',
  median: 'as the middle one',
  highQuartile: 'as the best quarter',
}

const percent = (ppm: number): string => `${Math.round(ppm / 10_000)} %`

/** Who got what, in one sentence. */
export function paidSentence({ distribution }: Outlook): string {
  if (!distribution) return 'Too few mine here to say what a miner gets.'
  const { miners, earnNothingPpm, topTenPpm, best } = distribution
  if (best === 0n) return `None of the ${miners} miners got anything at the last epoch.`
  const nothing = earnNothingPpm === 0 ? 'each got something' : `${percent(earnNothingPpm)} got nothing`
  const top = miners > 10 && topTenPpm > 0 ? `, and the best ten got ${percent(topTenPpm)} of it all` : ''
  return `Of ${miners} miners at the last epoch ${nothing}${top}.`
}

const VERDICTS: Readonly<Record<GroupOutlook['earnsBackInTime'], string>> = {
  yes: 'would earn it back before the place is likely lost, were everything to stay as it is',
  unsure: 'may or may not earn it back before the place is lost',
  no: 'would not earn it back before the place is lost',
  unknown: 'nobody can say whether it is earned back in time',
}

/** What it means for the price of a place, by the miner in the middle: half of all do worse. */
export function outlookSentence({ groups, distribution }: Outlook): string {
  const median = groups.find(({ who }) => who === 'median')
  if (!median || distribution?.best === 0n) return 'Whether a place earns its price back is unknown.'
  if (median.earnsBackInTime === 'unknown')
    return 'What the middle miner gets cannot be valued: whether it is earned back is unknown.'
  return `A place that is paid as the middle one of them ${VERDICTS[median.earnsBackInTime]}.`
}

const BECAUSE: Readonly<Record<NonNullable<GroupOutlook['survival']>['because'], string>> = {
  'free-places': 'Places are free, and as long as they are nobody is replaced.',
  'immune-then-queue': 'A new place cannot be replaced at first; then the lowest goes with each registration.',
  queue: 'The lowest place goes with each registration.',
  'no-registrations': 'Nobody registered lately: how long a place is kept has no upper bound that could be told.',
}

/** What the forecast of a place's life rests on. */
export function survivalSentence({ groups, summary, pace }: Outlook): string {
  const because = groups.find(({ survival }) => survival)?.survival?.because
  const free = summary.most - summary.taken
  const counted =
    pace.from === 'recorded'
      ? `Registrations seen in ${pace.blocks} watched blocks: ${pace.registrations}`
      : `Registrations seen in the last ${pace.blocks} blocks: at least ${pace.registrations}`
  const seen = `${counted}; free places: ${free}; safe for now: ${summary.immune}.`
  return because === undefined ? seen : `${BECAUSE[because]} ${seen}`
}

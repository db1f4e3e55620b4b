import { type Alpha, alpha, type Netuid, type Rao } from '../units/amounts.ts'
import {
  type Distribution,
  distributionOf,
  type Places,
  type PlacesSummary,
  replacedNext,
  summaryOf,
} from './places.ts'
import { type PricePoint, type PriceRules, projectedPrices } from './price-course.ts'
import { rankFromBottom, type Survival, survivalOf } from './survival.ts'

/** Of all miners by what they got: a quarter got no more than the low one, a quarter no less than the high one. */
export const GROUPS = ['lowQuartile', 'median', 'highQuartile'] as const
export type Group = (typeof GROUPS)[number]

/** What it would mean to earn as one of them does. */
export interface GroupOutlook {
  readonly who: Group
  readonly alphaPerEpoch: Alpha
  readonly alphaPerDay: Alpha
  /** What the sale of a day's alpha would bring now, by the chain. `undefined`: the chain could not say. */
  readonly taoPerDay?: Rao | undefined
  /** Blocks until the most that a place costs is earned back. `undefined`: never, at this pay, or unknown. */
  readonly earnsBackBlocks?: number | undefined
  readonly survival?: Survival | undefined
  /** `unknown` where one of both is; `unsure` where the range of the one meets the other. */
  readonly earnsBackInTime: 'yes' | 'unsure' | 'no' | 'unknown'
}

export interface Outlook {
  readonly netuid: Netuid
  readonly block: number
  readonly price: Rao
  readonly rules: PriceRules
  readonly open: boolean
  readonly tempo: number
  readonly lastEpochBlock: number
  readonly immunityBlocks: number
  readonly summary: PlacesSummary
  /** Of the last epoch. `undefined`: too few mine to say. */
  readonly distribution?: Distribution | undefined
  /** How many epochs, the last one and those right before it, the pay of `groups` is the mean of; 0 where too few mine to say. */
  readonly epochs: number
  /** If nobody registers: every hour of 12 s blocks, for a day. */
  readonly projected: readonly PricePoint[]
  readonly groups: readonly GroupOutlook[]
}

export interface OutlookFacts extends Places {
  readonly netuid: Netuid
  readonly price: Rao
  readonly rules: PriceRules
  readonly open: boolean
  readonly tempo: number
  readonly lastEpochBlock: number
  /** Those before the last one whose state the node still has, newest first. */
  readonly earlier?: readonly PaidEpoch[]
}

/** What each uid without a permit got in one epoch, 1e-9 alpha. */
export interface PaidEpoch {
  readonly block: number
  readonly emissions: readonly bigint[]
}

const DAY_BLOCKS = 7_200
const AHEAD = { blocks: DAY_BLOCKS, steps: 24 }

/** Of those without a permit: the chain pays validators by dividends, which are in the same number. */
export const minersOf = ({ places }: Places): Distribution | undefined =>
  distributionOf(places.filter(({ permit }) => !permit).map(({ emission }) => emission))

interface Pay extends Readonly<Record<Group, bigint>> {
  readonly epochs: number
}

/** Means over the epochs of what each group got in each, cut. An epoch in which too few mined ends the row of them. */
function payOf(facts: OutlookFacts): Pay | undefined {
  const each = [minersOf(facts), ...(facts.earlier ?? []).map(({ emissions }) => distributionOf(emissions))]
  const until = each.indexOf(undefined)
  const known = (until < 0 ? each : each.slice(0, until)).filter((one) => one !== undefined)
  if (known.length === 0) return undefined
  const mean = (who: Group): bigint => known.reduce((sum, one) => sum + one[who], 0n) / BigInt(known.length)
  return {
    epochs: known.length,
    lowQuartile: mean('lowQuartile'),
    median: mean('median'),
    highQuartile: mean('highQuartile'),
  }
}

/**
 * Alpha of a day of 12 s blocks at the mean pay of the epochs that are known; 0 where the subnet runs no epochs.
 * @returns 1e-9 alpha, cut; in the order of {@link GROUPS}; empty where too few mine to say
 */
export function payPerDay(facts: OutlookFacts): readonly Alpha[] {
  const pay = payOf(facts)
  if (!pay) return []
  return GROUPS.map((who) => alpha(facts.tempo <= 0 ? 0n : (pay[who] * BigInt(DAY_BLOCKS)) / BigInt(facts.tempo)))
}

/**
 * What is to be known before a place is paid for. It promises nothing: the pay is of a few epochs, and a newcomer begins without any.
 *
 * @param sold what the sale of each of `payPerDay` brings
 * @param mostCost rao; price, room and fee
 */
export function outlookOf(facts: OutlookFacts, sold: readonly (Rao | undefined)[], mostCost: Rao): Outlook {
  const { netuid, block, price, rules, open, tempo, lastEpochBlock, immunityBlocks } = facts
  const summary = summaryOf(facts)
  const distribution = minersOf(facts)
  const pay = payOf(facts)
  const daily = payPerDay(facts)
  const mortal = replacedNext(facts).map(({ emission }) => emission)
  const groups = !pay
    ? []
    : GROUPS.map((who, index): GroupOutlook => {
        const taoPerDay = sold[index]
        const survival = survivalOf({
          immuneBlocks: immunityBlocks,
          freePlaces: Math.max(0, summary.most - summary.taken),
          fromBottom: rankFromBottom(mortal, pay[who]),
          registrations: summary.registeredLately,
          blocks: summary.inBlocks,
        })
        const earnsBackBlocks =
          taoPerDay === undefined || taoPerDay === 0n
            ? undefined
            : Number((mostCost * BigInt(DAY_BLOCKS) + taoPerDay - 1n) / taoPerDay)
        return {
          who,
          alphaPerEpoch: alpha(pay[who]),
          alphaPerDay: daily[index] ?? alpha(0n),
          taoPerDay,
          earnsBackBlocks,
          survival,
          earnsBackInTime: inTime(taoPerDay, earnsBackBlocks, survival),
        }
      })
  return {
    ...{ netuid, block, price, rules, open, tempo, lastEpochBlock, immunityBlocks, summary, distribution, groups },
    epochs: pay?.epochs ?? 0,
    projected: projectedPrices({ block, price }, rules, AHEAD),
  }
}

function inTime(
  taoPerDay: Rao | undefined,
  earnsBack: number | undefined,
  survival: Survival | undefined,
): GroupOutlook['earnsBackInTime'] {
  if (taoPerDay === undefined) return 'unknown'
  if (earnsBack === undefined) return 'no'
  if (!survival) return 'unknown'
  if (earnsBack <= survival.leastBlocks) return 'yes'
  return survival.mostBlocks !== undefined && earnsBack > survival.mostBlocks ? 'no' : 'unsure'
}

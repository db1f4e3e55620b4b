import { type Alpha, alpha, type Netuid, type Rao } from '../units/amounts.ts'
import { boundOf, type Collateral } from './collateral.ts'
import {
  type Distribution,
  distributionOf,
  immunityRoom,
  type Places,
  type PlacesSummary,
  replacedNext,
  summaryOf,
} from './places.ts'
import { type PricePoint, type PriceRules, projectedPrices } from './price-course.ts'
import type { Pace } from './recorded-course.ts'
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
  /** What the survival of `groups` rests on. */
  readonly pace: Pace
  /** What the subnet binds of the price of a place. `undefined`: the chain does not say. */
  readonly collateral?: Collateral | undefined
  /** Of the price of now, without what a hotkey has bound from before; 0: none. `undefined`: unknown. */
  readonly bound?: Rao | undefined
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
  /** As recorded here. Absent: it was not watched for long enough; then those that still hold their place are counted. */
  readonly pace?: Pace | undefined
  /** `undefined`: the chain does not say. */
  readonly collateral?: Collateral | undefined
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

/** Blocks until the cost is earned back at this pay a day. @returns `undefined`: never, or the pay is not known */
const blocksToEarn = (cost: Rao, taoPerDay: Rao | undefined): number | undefined =>
  taoPerDay === undefined || taoPerDay === 0n
    ? undefined
    : Number((cost * BigInt(DAY_BLOCKS) + taoPerDay - 1n) / taoPerDay)

/** The same outlook for who pays another sum: with more room for a rise, or at a price that fell. @param mostCost rao */
export function outlookAt(outlook: Outlook, mostCost: Rao): Outlook {
  const groups = outlook.groups.map((group): GroupOutlook => {
    const earnsBackBlocks = blocksToEarn(mostCost, group.taoPerDay)
    return { ...group, earnsBackBlocks, earnsBackInTime: inTime(group.taoPerDay, earnsBackBlocks, group.survival) }
  })
  return { ...outlook, groups }
}

/**
 * What is to be known before a place is paid for. It promises nothing: the pay is of a few epochs, and a newcomer begins without any.
 *
 * @param sold what the sale of each of `payPerDay` brings
 * @param mostCost rao; price, room and fee
 */
export function outlookOf(facts: OutlookFacts, sold: readonly (Rao | undefined)[], mostCost: Rao): Outlook {
  const { netuid, block, price, rules, open, tempo, lastEpochBlock, immunityBlocks, collateral } = facts
  const summary = summaryOf(facts)
  const { registeredLately, inBlocks } = summary
  const pace: Pace = facts.pace ?? { registrations: registeredLately, blocks: inBlocks, from: 'still-there' }
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
          registrations: pace.registrations,
          blocks: pace.blocks,
          immunity: { blocks: immunityBlocks, room: immunityRoom(facts) },
        })
        const earnsBackBlocks = blocksToEarn(mostCost, taoPerDay)
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
    ...{
      netuid,
      block,
      price,
      rules,
      open,
      tempo,
      lastEpochBlock,
      immunityBlocks,
      summary,
      pace,
      distribution,
      groups,
    },
    ...(collateral ? { collateral, bound: boundOf(price, collateral) } : {}),
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

import type { HoldReason } from '../mining/hold.ts'
import type { CareSettings, HeatLimits } from './care-settings.ts'
import { type CareReadings, freshOf, type WhyUnknown } from './readings.ts'
import { isWithin, type WallTime } from './schedule.ts'

/** The battery is left for good only when the mains have held so long: a loose plug flickers. Unit: ms. */
export const MAINS_FOR_MS = 15_000

/** A part that got too hot and has not cooled down since. */
export interface HotPart {
  readonly sinceMs: number
  /** The last that was read. */
  readonly celsius: number
}

/** What was judged before and still counts. */
export interface CareMemory {
  readonly hot: Readonly<Record<string, HotPart>>
  readonly onBattery: boolean
  /** Since when the mains are back, while the battery still counts. */
  readonly mainsSinceMs?: number | undefined
}
export const NOTHING_BEFORE: CareMemory = { hot: {}, onBattery: false }

export type CareRule = 'heat' | 'battery' | 'idle'
/** A rule that is on and whose reading cannot be had, and what happens instead. */
export interface BlindRule {
  readonly rule: CareRule
  /** `graphics card GPU 0`, `processor`; of a temperature. */
  readonly part?: string | undefined
  readonly why: WhyUnknown
  readonly does: 'go-on' | 'hold'
}

export interface CareJudgement {
  readonly reasons: readonly HoldReason[]
  readonly blind: readonly BlindRule[]
  readonly memory: CareMemory
}

export interface CareNow {
  readonly readings: CareReadings
  readonly settings: CareSettings
  readonly nowMs: number
  readonly wall: WallTime
  /** When the schedule lets it go on, ms since 1970. */
  readonly scheduleFromMs?: number | undefined
  readonly before: CareMemory
}

interface Temperature {
  readonly part: string
  readonly limits: HeatLimits
  readonly celsius: number | undefined
  readonly why: WhyUnknown
}

/** All parts that compute, with what is known of their temperature. */
function temperatures({ readings, settings, nowMs }: CareNow): readonly Temperature[] {
  const { heat } = settings
  if (!heat) return []
  const gpus = freshOf(readings.gpus, nowMs)
  const cards = gpus.state === 'known' ? gpus.value : []
  const processor = freshOf(readings.processorC, nowMs)
  return [
    ...cards.map((card) => ({
      part: cards.length === 1 ? 'graphics card' : `graphics card ${card.name}`,
      limits: heat.gpu,
      celsius: card.temperatureC,
      why: 'not-offered' as const,
    })),
    ...(gpus.state === 'unknown' && gpus.why !== 'no-device' && gpus.why !== 'no-tool'
      ? [{ part: 'graphics card', limits: heat.gpu, celsius: undefined, why: gpus.why }]
      : []),
    {
      part: 'processor',
      limits: heat.processor,
      celsius: processor.state === 'known' ? processor.value : undefined,
      why: processor.state === 'unknown' ? processor.why : 'not-offered',
    },
  ]
}

/** Whether a part counts as hot now, with hysteresis; a part that cannot be read stays what it was. */
function hotNow(
  { limits, celsius }: Pick<Temperature, 'limits' | 'celsius'>,
  before: HotPart | undefined,
  { nowMs, atLeastMs }: { readonly nowMs: number; readonly atLeastMs: number },
): HotPart | undefined {
  if (celsius === undefined) return before
  if (!before) return celsius >= limits.stopAtC ? { sinceMs: nowMs, celsius } : undefined
  const cooled = celsius < limits.resumeBelowC && nowMs - before.sinceMs >= atLeastMs
  return cooled ? undefined : { sinceMs: before.sinceMs, celsius }
}

function judgeHeat(now: CareNow): Pick<CareJudgement, 'reasons' | 'blind'> & { readonly hot: CareMemory['hot'] } {
  const { heat } = now.settings
  if (!heat) return { reasons: [], blind: [], hot: {} }
  const parts = temperatures(now)
  // A card that was hot and is no longer named: it has not been seen to be cool.
  const gone = Object.keys(now.before.hot).filter((part) => !parts.some((one) => one.part === part))
  const all = [
    ...parts,
    ...gone.map((part) => ({
      part,
      limits: part === 'processor' ? heat.processor : heat.gpu,
      celsius: undefined,
      why: 'no-answer' as const,
    })),
  ]
  const hot: Record<string, HotPart> = {}
  const reasons: HoldReason[] = []
  for (const one of all) {
    const isHot = hotNow(one, now.before.hot[one.part], { nowMs: now.nowMs, atLeastMs: heat.atLeastMs })
    if (!isHot) continue
    hot[one.part] = isHot
    const { stopAtC: limitCelsius, resumeBelowC: resumesAtCelsius } = one.limits
    reasons.push({ kind: 'too-hot', part: one.part, celsius: isHot.celsius, limitCelsius, resumesAtCelsius })
  }
  // Where something can be read, what cannot be is said; where nothing can, the rule is blind and does what was chosen.
  const unread = all.filter(({ celsius }) => celsius === undefined)
  const allBlind = unread.length === all.length
  const does = allBlind ? heat.ifUnknown : 'go-on'
  const blind = unread.map(({ part, why }): BlindRule => ({ rule: 'heat', part, why, does: hot[part] ? 'hold' : does }))
  if (allBlind && heat.ifUnknown === 'hold' && reasons.length === 0) reasons.push({ kind: 'heat-unknown' })
  return { reasons, blind, hot }
}

function judgeBattery(now: CareNow): CareJudgement {
  const { readings, settings, nowMs, before } = now
  const nothing = { reasons: [], blind: [], memory: { ...NOTHING_BEFORE } }
  if (!settings.battery) return nothing
  const battery = freshOf(readings.battery, nowMs)
  if (battery.state === 'unknown') return { ...nothing, blind: [{ rule: 'battery', why: battery.why, does: 'go-on' }] }
  const { onBattery, chargePercent } = battery.value
  const mainsSinceMs = onBattery ? undefined : (before.mainsSinceMs ?? nowMs)
  const still = before.onBattery && mainsSinceMs !== undefined && nowMs - mainsSinceMs < MAINS_FOR_MS
  if (!onBattery && !still) return nothing
  const charge = chargePercent === undefined ? {} : { chargePercent }
  return {
    reasons: [{ kind: 'on-battery', ...charge }],
    blind: [],
    memory: { hot: {}, onBattery: true, ...(mainsSinceMs === undefined ? {} : { mainsSinceMs }) },
  }
}

function judgeIdle({ readings, settings, nowMs }: CareNow): Pick<CareJudgement, 'reasons' | 'blind'> {
  const waitMs = settings.idleAfterMs
  if (waitMs === undefined) return { reasons: [], blind: [] }
  const idle = freshOf(readings.idleMs, nowMs)
  // Whoever wants it only while nobody is there does not want it where nobody can tell.
  if (idle.state === 'unknown')
    return { reasons: [{ kind: 'in-use', waitMs }], blind: [{ rule: 'idle', why: idle.why, does: 'hold' }] }
  return { reasons: idle.value >= waitMs ? [] : [{ kind: 'in-use', waitMs }], blind: [] }
}

function judgeSchedule({ settings, wall, scheduleFromMs }: CareNow): readonly HoldReason[] {
  const { schedule } = settings
  if (!schedule || isWithin(schedule, wall)) return []
  return [{ kind: 'schedule', ...(scheduleFromMs === undefined ? {} : { untilMs: scheduleFromMs }) }]
}

/**
 * Why a miner has to wait now. Pure. Heat and battery remember: a part that got too hot counts as hot until it was read to be below the
 * lower limit, and at least as long as was asked for, so a lost sensor never lets it go on.
 */
export function judgeCare(now: CareNow): CareJudgement {
  const heat = judgeHeat(now)
  const battery = judgeBattery(now)
  const idle = judgeIdle(now)
  const free = now.settings.freesModel ? { freesModel: true } : {}
  const reasons = [...heat.reasons, ...battery.reasons, ...judgeSchedule(now), ...idle.reasons]
  return {
    reasons: reasons.map((reason) => ({ ...reason, ...free })),
    blind: [...heat.blind, ...battery.blind, ...idle.blind],
    memory: { ...battery.memory, hot: heat.hot },
  }
}

import { wallTime } from '../../shared/care/schedule.ts'
import { incomesOf, type MinedEpoch } from '../../shared/profit/income.ts'
import { USUAL_RULE } from '../../shared/profit/profit-rule.ts'
import { DEFAULT_PROFIT, type ProfitSettings } from '../../shared/profit/profit-settings.ts'
import { emptySlot, type ProfitSlot } from '../../shared/profit/profit-slot.ts'
import type { ProfitView } from '../../shared/profit/profit-view.ts'
import { reckon } from '../../shared/profit/reckon.ts'
import { dayStart, QUARTER_MS } from '../../shared/profit/tariff.ts'
import { netuid, ss58 } from '../../shared/units/amounts.ts'
import type { Scene } from './fake-host.ts'
import { gaveUp as working } from './mine-scenes.ts'

const NOW = Date.now()
const DAY = 86_400_000
const EUR = (n: number) => BigInt(Math.round(n * 1e9))
const MINER = { netuid: netuid(7), hotkey: ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty') }
const NIGHT = { days: [0, 1, 2, 3, 4, 5, 6], fromMinute: 22 * 60, toMinute: 6 * 60, nanosPerKwh: EUR(0.19) }

const SAID: ProfitSettings = {
  ...DEFAULT_PROFIT,
  tariff: { nanosPerKwh: EUR(0.31), bands: [NIGHT] },
  power: { by: 'measured', extraWatts: 90 },
  hardware: { priceNanos: EUR(2_400), resaleNanos: EUR(400), lifeDays: 1_460 },
  nanosPerTao: EUR(312.45),
}
const BY_LEDGER = {
  ...MINER,
  paidRao: 412_000_000n,
  paidBy: 'ledger',
  keptDays: 9.4,
  lowDays: 30,
  expectedDays: 61,
  highDays: 118,
} as const

/** The same each time, and not even. */
const wave = (n: number): number => Math.sin(n * 1.7) * 0.6 + Math.sin(n * 0.31) * 0.4

interface Story {
  readonly settings?: Partial<ProfitSettings>
  readonly days?: number
  /** 1e-9 alpha an epoch, and how much it varies of itself. */
  readonly alpha?: number
  readonly wild?: number
  readonly partial?: boolean
  readonly noPrice?: boolean
  readonly noPlace?: boolean
  readonly more?: Partial<ProfitView>
}

function view(story: Story): ProfitView {
  const { days = 7, alpha = 300_000_000, wild = 0.3 } = story
  const settings: ProfitSettings = { ...SAID, spanDays: days > 7 ? 30 : 7, ...story.settings }
  const fromMs = days < 1 ? NOW - days * DAY : dayStart(dayStart(NOW, wallTime) - (days - 1) * DAY + DAY / 2, wallTime)
  const count = Math.floor((NOW - fromMs) / QUARTER_MS)
  const slots = Array.from({ length: count }, (_, n): ProfitSlot => {
    const watts = 310 + 40 * wave(n)
    const sum = { ms: QUARTER_MS, measuredMs: QUARTER_MS, wattHours: watts / 4 }
    const rests = n % 96 > 88
    const slot = { ...emptySlot(fromMs + n * QUARTER_MS), partial: story.partial ?? false, miner: MINER }
    return rests ? { ...slot, held: { ...sum, wattHours: 14 } } : { ...slot, mining: sum }
  })
  const epochs = Array.from({ length: Math.floor((NOW - fromMs) / (DAY / 20)) }, (_, n): MinedEpoch => {
    const mined = Math.max(0, alpha * (1 + wild * wave(n)))
    const price = BigInt(Math.round(21_000_000 * (1 + 0.02 * wave(n / 9))))
    return {
      ...MINER,
      atMs: Math.floor(fromMs + (n + 0.5) * (DAY / 20)),
      alpha: BigInt(Math.round(mined)),
      price,
      epochs: 1,
    }
  })
  const span = { fromMs, toMs: NOW }
  const incomes = incomesOf(epochs, span)
  const { nanosPerTao } = settings
  const price = nanosPerTao === undefined || story.noPrice ? undefined : { nanosPerTao, ppm: 0 }
  return {
    settings,
    atMs: NOW,
    play: false,
    price: price ? { by: 'figure', nanosPerTao: price.nanosPerTao } : { by: 'nobody', why: 'off' },
    result: reckon({
      ...span,
      settings,
      slots,
      epochs,
      incomes,
      saleRao: incomes.map(({ alphaPerDay }) => (alphaPerDay.amount * 203n) / 10_000n),
      places: [story.noPlace ? { ...MINER, paidBy: 'nobody', keptDays: 0.2 } : BY_LEDGER],
      sales: [{ atMs: NOW - DAY, feeRao: 130_000n }],
      price,
      clock: wallTime,
    }),
    rule: { state: 'off' },
    ...story.more,
  }
}

const scene = (profit: ProfitView): Scene => ({
  ...working,
  answers: { ...working.answers, 'profit.watch': (_input, emit) => emit({ data: profit }) },
})
const none = ({ result: _, ...rest }: ProfitView): ProfitView => rest
const RULE = { ...SAID, rule: USUAL_RULE }
export const profitScenes = {
  offline: scene(none({ ...view({}), offline: true })),
  nothing: scene(none({ ...view({}), settings: DEFAULT_PROFIT, price: { by: 'nobody', why: 'off' } })),
  fewEpochs: scene(view({ days: 0.09, noPlace: true })),
  gain: scene(
    view({ settings: RULE, more: { rule: { state: 'watches', says: 'brings', brings: EUR(1.59), saves: EUR(0.11) } } }),
  ),
  loss: scene(view({ alpha: 4_000_000 })),
  belowError: scene(view({ alpha: 34_000_000, wild: 3 })),
  open: scene(view({ partial: true, settings: { power: { by: 'measured' }, hardware: undefined } })),
  apart: scene(view({ noPrice: true })),
  paused: scene(
    view({
      settings: RULE,
      alpha: 5_000_000,
      more: {
        rule: {
          ...{ state: 'paused', says: 'costs', brings: EUR(0.0312), saves: EUR(0.1054), sinceMs: NOW - 3 * 3_600_000 },
          changesAtMs: NOW + 1_800_000,
        },
      },
    }),
  ),
  practice: scene(view({ more: { play: true } })),
  extreme: scene(
    view({
      days: 30,
      alpha: 900_000_000_000,
      settings: {
        currency: 'IDR',
        nanosPerTao: EUR(5_123_456),
        tariff: { nanosPerKwh: EUR(1_444.7), bands: [NIGHT, { ...NIGHT, days: [6, 0], fromMinute: 0, toMinute: 0 }] },
        machine: { use: 'shared', sharePercent: 33.3 },
        power: { by: 'said', watts: 2_400, idleWatts: 180 },
      },
    }),
  ),
  failed: {
    ...working,
    answers: {
      ...working.answers,
      'profit.watch': (_input, emit) => emit({ error: { code: 'chain/not-connected' } }),
    },
  } satisfies Scene,
} as const

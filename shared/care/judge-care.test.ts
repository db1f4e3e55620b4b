import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CareSettings, careProblem, DEFAULT_CARE, USUAL_HEAT } from './care-settings.ts'
import { type CareMemory, type CareNow, judgeCare, MAINS_FOR_MS, NOTHING_BEFORE } from './judge-care.ts'
import { type CareReadings, type GpuReading, type Reading, TOO_OLD_MS, unknown } from './readings.ts'

const NOW = 1_000_000
const known = <T>(value: T, atMs = NOW): Reading<T> => ({ state: 'known', value, source: 'test', atMs })
const card = (temperatureC?: number, name = 'GPU 0'): GpuReading => ({ name, source: 'nvidia-smi', temperatureC })
const CALM: CareReadings = {
  atMs: NOW,
  gpus: known([card(60)]),
  processorC: known(50),
  battery: known({ onBattery: false }),
  idleMs: known(0),
  power: [],
}
const now = (change: Partial<CareReadings>, more: Partial<CareNow> = {}): CareNow => ({
  readings: { ...CALM, ...change },
  settings: DEFAULT_CARE,
  nowMs: NOW,
  wall: { day: 1, minute: 600 },
  before: NOTHING_BEFORE,
  ...more,
})
const kinds = (asked: CareNow) => judgeCare(asked).reasons.map(({ kind }) => kind)
const settings = (change: Partial<CareSettings>): CareSettings => ({ ...DEFAULT_CARE, ...change })

describe('heat', () => {
  test('nothing is held while all is calm', () => {
    const { reasons, blind, memory } = judgeCare(now({}))
    expect({ reasons, blind, memory }).toEqual({ reasons: [], blind: [], memory: NOTHING_BEFORE })
  })

  test('says what is hot, by how much, and where it goes on', () =>
    expect(judgeCare(now({ gpus: known([card(87)]) })).reasons).toEqual([
      { kind: 'too-hot', part: 'graphics card', celsius: 87, limitCelsius: 85, resumesAtCelsius: 75 },
    ]))

  test('names the one of several cards; the processor has limits of its own', () =>
    expect(judgeCare(now({ gpus: known([card(60), card(91, 'GPU 1')]), processorC: known(96) })).reasons).toMatchObject(
      [
        { part: 'graphics card GPU 1', celsius: 91 },
        { part: 'processor', limitCelsius: 95 },
      ],
    ))

  test('the model leaves memory where that was asked for', () =>
    expect(
      judgeCare(now({ gpus: known([card(87)]) }, { settings: settings({ freesModel: true }) })).reasons,
    ).toMatchObject([{ freesModel: true }]))

  test.each([
    ['below the lower limit, and long enough', 74.9, 60_000, []],
    ['exactly at the lower limit', 75, 60_000, ['too-hot']],
    ['cool, and not long enough', 40, 59_999, ['too-hot']],
    ['between the limits', 80, 3_600_000, ['too-hot']],
  ])('%s', (_name, celsius, sinceMs, expected) => {
    const before = { ...NOTHING_BEFORE, hot: { 'graphics card': { sinceMs: NOW - sinceMs, celsius: 90 } } }
    expect(kinds(now({ gpus: known([card(celsius)]) }, { before }))).toEqual(expected)
  })

  test('a sensor that is lost never lets a hot card go on, and that is said', () => {
    const before = { ...NOTHING_BEFORE, hot: { 'graphics card': { sinceMs: 0, celsius: 90 } } }
    for (const gpus of [
      known([card()]),
      known([]),
      unknown('nvidia-smi', 'no-answer'),
      known([card(40)], NOW - TOO_OLD_MS - 1),
    ]) {
      const judged = judgeCare(now({ gpus }, { before }))
      expect(judged.reasons).toMatchObject([{ kind: 'too-hot', celsius: 90 }])
      expect(judged.blind).toContainEqual(expect.objectContaining({ part: 'graphics card', does: 'hold' }))
    }
  })

  const dark = { gpus: unknown('nvidia-smi', 'no-tool'), processorC: unknown('hwmon', 'not-offered') }
  test('where nothing can be read it goes on and says so, or holds where that was chosen', () => {
    expect(judgeCare(now(dark))).toMatchObject({
      reasons: [],
      blind: [{ rule: 'heat', part: 'processor', why: 'not-offered', does: 'go-on' }],
    })
    const careful = settings({ heat: { ...USUAL_HEAT, ifUnknown: 'hold' } })
    expect(kinds(now(dark, { settings: careful }))).toEqual(['heat-unknown'])
    expect(kinds(now({ ...dark, processorC: known(50) }, { settings: careful }))).toEqual([])
    expect(judgeCare(now(dark, { settings: settings({ heat: undefined }) })).blind).toEqual([])
  })

  test('it never flaps: between two stops of one card it was read to be cool, and each stop lasts', () => {
    const step = fc.record({
      celsius: fc.option(fc.integer({ min: 20, max: 110 }), { nil: undefined }),
      afterMs: fc.integer({ min: 0, max: 40_000 }),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let before: CareMemory = NOTHING_BEFORE
        let atMs = 0
        let heldSinceMs: number | undefined
        for (const { celsius, afterMs } of steps) {
          atMs += afterMs
          const gpus = known([card(celsius)], atMs)
          const { reasons, memory } = judgeCare(now({ gpus, processorC: known(50, atMs) }, { nowMs: atMs, before }))
          const held = reasons.length > 0
          if (celsius !== undefined && celsius >= USUAL_HEAT.gpu.stopAtC) expect(held).toBe(true)
          if (heldSinceMs === undefined && held) expect(celsius).toBeGreaterThanOrEqual(USUAL_HEAT.gpu.stopAtC)
          if (heldSinceMs !== undefined && !held) {
            expect(celsius).toBeLessThan(USUAL_HEAT.gpu.resumeBelowC)
            expect(atMs - heldSinceMs).toBeGreaterThanOrEqual(USUAL_HEAT.atLeastMs)
          }
          heldSinceMs = held ? (heldSinceMs ?? atMs) : undefined
          before = memory
        }
      }),
    )
  })
})

describe('battery', () => {
  const flat = known({ onBattery: true, chargePercent: 41 })
  test('holds on battery, and until the mains have held for a while', () => {
    const first = judgeCare(now({ battery: flat }))
    expect(first.reasons).toEqual([{ kind: 'on-battery', chargePercent: 41 }])
    const back = judgeCare(now({}, { before: first.memory }))
    expect(back.reasons).toEqual([{ kind: 'on-battery' }])
    const at = (afterMs: number) => ({ nowMs: NOW + afterMs, before: back.memory })
    expect(kinds(now({}, at(MAINS_FOR_MS - 1)))).toEqual(['on-battery'])
    expect(kinds(now({}, at(MAINS_FOR_MS)))).toEqual([])
    // The plug was loose: the wait begins anew.
    const again = judgeCare(now({ battery: flat }, at(MAINS_FOR_MS - 1)))
    expect(again.memory.mainsSinceMs).toBeUndefined()
  })

  test('unknown goes on and says so; off asks for nothing', () => {
    const battery = unknown('the system', 'not-offered')
    expect(judgeCare(now({ battery }))).toMatchObject({ reasons: [], blind: [{ rule: 'battery', does: 'go-on' }] })
    expect(kinds(now({ battery: flat }, { settings: settings({ battery: false }) }))).toEqual([])
  })
})

describe('input and hours', () => {
  const away = settings({ idleAfterMs: 300_000 })
  test('holds until nobody has touched the computer for the whole time', () => {
    expect(judgeCare(now({ idleMs: known(299_999) }, { settings: away })).reasons).toEqual([
      { kind: 'in-use', waitMs: 300_000 },
    ])
    expect(kinds(now({ idleMs: known(300_000) }, { settings: away }))).toEqual([])
  })

  test('holds, and says so, where nobody can tell any more', () =>
    expect(judgeCare(now({ idleMs: unknown('the desktop', 'no-answer') }, { settings: away }))).toMatchObject({
      reasons: [{ kind: 'in-use' }],
      blind: [{ rule: 'idle', why: 'no-answer', does: 'hold' }],
    }))

  test('holds outside of the hours, with their next beginning', () => {
    const schedule = [{ days: [1], fromMinute: 600, toMinute: 660 }]
    const at = (minute: number) =>
      now({}, { settings: settings({ schedule }), wall: { day: 1, minute }, scheduleFromMs: 5 })
    expect(kinds(at(600))).toEqual([])
    expect(judgeCare(at(660)).reasons).toEqual([{ kind: 'schedule', untilMs: 5 }])
  })
})

test.each<[RegExp, Partial<CareSettings>]>([
  [/graphics card have to be between 40 and 110/, { heat: { ...USUAL_HEAT, gpu: { stopAtC: 111, resumeBelowC: 70 } } }],
  [/processor have to be between/, { heat: { ...USUAL_HEAT, processor: { stopAtC: 90, resumeBelowC: 39 } } }],
  [/go on below the temperature/, { heat: { ...USUAL_HEAT, gpu: { stopAtC: 80, resumeBelowC: 80 } } }],
  [/up to one hour/, { heat: { ...USUAL_HEAT, atLeastMs: 3_600_001 } }],
  [/one minute and twelve hours/, { idleAfterMs: 59_999 }],
  [/without hours/, { schedule: [] }],
])('%s', (problem, change) => expect(careProblem(settings(change))).toMatch(problem))

test('the usual settings have no problem', () => expect(careProblem(DEFAULT_CARE)).toBeUndefined())

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  isActive,
  MINER_IDLE,
  MINER_STEPS,
  type MinerEvent,
  type MinerState,
  minerSteps,
  reduceMiner,
} from './miner-machine.ts'

const run = (...events: readonly MinerEvent[]): MinerState => events.reduce(reduceMiner, MINER_IDLE)
const finished = (step: (typeof MINER_STEPS)[number]): MinerEvent => ({ kind: 'finished', step, value: `${step} done` })
const started: MinerEvent = { kind: 'started' }
const TO_MINING = [started, finished('check'), finished('load'), finished('serve'), finished('announce')]
const error = { code: 'mining/port-taken', port: 8091 } as const

describe('reduceMiner', () => {
  test('goes through every step in order', () => {
    const phases = TO_MINING.map((_, i) => run(...TO_MINING.slice(0, i + 1)).phase)
    expect(phases).toEqual(['checking', 'loading', 'serving', 'announcing', 'mining'])
    expect(run(...TO_MINING, { kind: 'stopAsked' }).phase).toBe('stopping')
    expect(run(...TO_MINING, { kind: 'stopAsked' }, { kind: 'stopped' })).toEqual(MINER_IDLE)
  })

  test('keeps the step that failed, why, and what was found before; then can start again', () => {
    const failed = run(started, finished('check'), finished('load'), { kind: 'failed', error })
    expect(failed).toEqual({
      phase: 'failed',
      step: 'serve',
      values: { check: 'check done', load: 'load done' },
      error,
    })
    expect(reduceMiner(failed, started)).toEqual({ phase: 'checking', step: 'check', values: {} })
    expect(reduceMiner(failed, { kind: 'stopAsked' })).toEqual(MINER_IDLE)
  })

  test('shows progress of the step under way only', () => {
    const loading = run(started, finished('check'), { kind: 'told', step: 'load', fraction: 1.4, value: 'a.gguf' })
    expect(loading).toEqual({
      phase: 'loading',
      step: 'load',
      values: { check: 'check done', load: 'a.gguf' },
      fraction: 1,
    })
    expect(reduceMiner(loading, { kind: 'told', step: 'serve', value: 'x' })).toBe(loading)
    expect(reduceMiner(loading, finished('load'))).not.toHaveProperty('fraction')
  })

  test.each([
    ['a step that is not under way', [started, finished('load')], 'checking'],
    ['a second start', [started, finished('check'), started], 'loading'],
    ['a late answer after stop', [started, { kind: 'stopAsked' }, finished('check')], 'stopping'],
    ['a late failure after stop', [started, { kind: 'stopAsked' }, { kind: 'failed', error }], 'stopping'],
    ['a failure of nothing', [{ kind: 'failed', error }], 'idle'],
    ['the end of a stop that nobody asked for', [...TO_MINING, { kind: 'stopped' }], 'mining'],
    ['the end of mining', [...TO_MINING, finished('mine')], 'mining'],
    [
      'a second failure',
      [started, { kind: 'failed', error }, { kind: 'failed', error: { code: 'keys/locked' } }],
      'failed',
    ],
  ] as const)('ignores %s', (_what, events, phase) =>
    expect(run(...(events as readonly MinerEvent[])).phase).toBe(phase),
  )

  test('whatever happens, a stop always ends idle, and only a failure has an error', () => {
    const step = fc.constantFrom(...MINER_STEPS)
    const event: fc.Arbitrary<MinerEvent> = fc.oneof(
      fc.constantFrom<MinerEvent>(started, { kind: 'stopAsked' }, { kind: 'stopped' }, { kind: 'failed', error }),
      step.map(finished),
      fc.record({ kind: fc.constant('told' as const), step, fraction: fc.double({ noNaN: true }) }),
    )
    fc.assert(
      fc.property(fc.array(event), (events) => {
        const state = run(...events)
        expect(state.error !== undefined).toBe(state.phase === 'failed')
        const stopped = reduceMiner(reduceMiner(state, { kind: 'stopAsked' }), { kind: 'stopped' })
        expect(stopped).toEqual(MINER_IDLE)
        expect(isActive(stopped)).toBe(false)
      }),
    )
  })
})

describe('minerSteps', () => {
  const statesOf = (state: MinerState) => minerSteps(state).map((step) => step.state)

  test('before, during and after', () => {
    expect(statesOf(MINER_IDLE)).toEqual(['waiting', 'waiting', 'waiting', 'waiting', 'waiting'])
    expect(statesOf(run(started, finished('check')))).toEqual(['done', 'running', 'waiting', 'waiting', 'waiting'])
    expect(statesOf(run(...TO_MINING))).toEqual(['done', 'done', 'done', 'done', 'running'])
    expect(statesOf(run(started, { kind: 'failed', error }))[0]).toBe('failed')
    const stopping = run(started, finished('check'), { kind: 'stopAsked' })
    expect(statesOf(stopping)).toEqual(['done', 'waiting', 'waiting', 'waiting', 'waiting'])
  })

  test('carries facts and progress', () => {
    const state = run(started, finished('check'), { kind: 'told', step: 'load', fraction: 0.5 })
    expect(minerSteps(state).slice(0, 2)).toEqual([
      { step: 'check', state: 'done', value: 'check done' },
      { step: 'load', state: 'running', fraction: 0.5 },
    ])
  })
})

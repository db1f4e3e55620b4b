import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { goState } from '../contract/one-click.contract.ts'
import { netuid, rao, ss58 } from '../units/amounts.ts'
import {
  covers,
  GO_IDLE,
  GO_STEPS,
  type GoChoice,
  type GoEvent,
  type GoState,
  type GoTerms,
  goSteps,
  maySpend,
  reduceGo,
  resumeStep,
} from './one-click.ts'

const KEY = ss58('5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV')
const CHOICE: GoChoice = {
  network: 'practice',
  genesis: '0xaa',
  coldkey: KEY,
  netuid: netuid(2),
  subnetName: 'Practice chat',
  hotkey: KEY,
  hotkeyName: 'miner',
  adapter: 'practice-chat',
  adapterTitle: 'Practice chat',
  modelId: 'self-test',
  modelName: 'Self-test',
  understood: false,
  tolerancePpm: 300_000,
}
const termsAt = (cost: bigint, more: Partial<GoTerms> = {}): GoTerms => ({
  identity: 'a',
  hardware: 'b',
  place: { price: rao(cost), limitPrice: rao(cost), txFee: rao(0n), mostCost: rao(cost) },
  ...more,
})
/** Of the same price, so much is bound. */
const bindingAt = (cost: bigint, share: number): GoTerms => {
  const { place, ...terms } = termsAt(cost)
  return {
    ...terms,
    place: place && { ...place, collateral: { share, freesPpm: 1_000_000 }, mostBound: rao(cost / 2n) },
  }
}
const checked = (terms: GoTerms, uid?: number): GoEvent => ({
  kind: 'checked',
  terms,
  endpoint: { port: 1 },
  facts: [],
  value: 'ready',
  ...(uid === undefined ? {} : { uid }),
})
const failure = { code: 'chain/not-connected' } as const
const reached = (...events: readonly GoEvent[]): GoState => events.reduce(reduceGo, GO_IDLE)
const TO_ASKING: readonly GoEvent[] = [
  { kind: 'go' },
  { kind: 'chose', choice: CHOICE },
  checked(termsAt(100n)),
  { kind: 'skipped', step: 'download', value: 'here' },
  { kind: 'passed', step: 'benchmark', value: '5 tokens a second' },
]
const TO_REGISTER: readonly GoEvent[] = [...TO_ASKING, { kind: 'agreed', mostCost: rao(100n) }]
const TO_SENT: readonly GoEvent[] = [...TO_REGISTER, { kind: 'sending', preparedId: 'p' }]

const cost = fc.bigInt({ min: 1n, max: 4n })
const terms = fc
  .record({ cost, identity: fc.constantFrom('a', 'a', 'c'), hardware: fc.constantFrom('b', 'b', 'd') })
  .map(({ cost: c, ...more }) => termsAt(c, more))
const anyEvent: fc.Arbitrary<GoEvent> = fc.oneof(
  fc.constant<GoEvent>({ kind: 'go' }),
  fc.constant<GoEvent>({ kind: 'chose', choice: CHOICE }),
  fc.tuple(terms, fc.option(fc.constant(3), { nil: undefined })).map(([t, uid]) => checked(t, uid)),
  fc
    .tuple(fc.constantFrom('passed', 'skipped'), fc.constantFrom('download', 'benchmark'))
    .map(([kind, step]) => ({ kind, step, value: 'x' }) as GoEvent),
  terms.map((t): GoEvent => ({ kind: 'quoted', terms: t })),
  cost.map((c): GoEvent => ({ kind: 'agreed', mostCost: rao(c) })),
  fc.constantFrom('p', 'q').map((preparedId): GoEvent => ({ kind: 'sending', preparedId })),
  fc.constantFrom<GoEvent>(
    { kind: 'signed', preparedId: 's' },
    { kind: 'unsent', error: failure },
    { kind: 'refused', error: failure },
    { kind: 'registered', uid: 3, value: 'uid 3' },
    { kind: 'served', value: 'up' },
    { kind: 'failed', error: failure },
    { kind: 'cancelled' },
    { kind: 'restarted' },
    { kind: 'resumed' },
    { kind: 'ended' },
    { kind: 'dismissed' },
    { kind: 'told', step: 'check', note: 'n', fraction: 2 },
  ),
)
/** Random events hardly ever come far by themselves: most walks begin within one that did. */
const walk = fc
  .tuple(fc.constantFrom([], TO_ASKING, TO_REGISTER, TO_SENT), fc.array(anyEvent, { maxLength: 25 }))
  .map(([begun, more]) => [...begun, ...more])

const runs = { numRuns: 500 }

describe('reduceGo, whatever comes in whatever order', () => {
  test('nothing is sent that nobody agreed to, nor anything dearer, other, or a second time', () => {
    fc.assert(
      fc.property(walk, (events) => {
        let state = GO_IDLE
        let agreedTo: GoTerms | undefined
        for (const event of events) {
          const next = reduceGo(state, event)
          if (event.kind === 'agreed' && next !== state) agreedTo = state.terms
          if (next.sent !== undefined && state.sent === undefined) {
            if (event.kind === 'signed') expect(state.phase).toBe('asking')
            else {
              expect(event.kind).toBe('sending')
              expect(maySpend(state)).toBe(true)
              expect(state.terms?.identity).toBe(agreedTo?.identity)
              expect(state.terms?.hardware).toBe(agreedTo?.hardware)
            }
          }
          // What is on its way stays the only one until its end is known.
          if (state.sent !== undefined && next.sent !== undefined) expect(next.sent).toBe(state.sent)
          state = next
        }
      }),
      runs,
    )
  })

  test('a cancel stops from anywhere, takes back what was agreed to, and keeps sight of what was sent', () => {
    fc.assert(
      fc.property(walk, (events) => {
        const before = reached(...events)
        const now = reduceGo(before, { kind: 'cancelled' })
        expect(['idle', 'stopped', 'failed']).toContain(now.phase)
        expect(now.agreed).toBeUndefined()
        expect(now.sent).toBe(before.sent)
        expect(maySpend(now)).toBe(false)
      }),
      runs,
    )
  })

  test('after a restart it comes back from disk as it was, and goes on at the right step without spending by itself', () => {
    fc.assert(
      fc.property(walk, (events) => {
        const before = reached(...events)
        const onDisk = JSON.stringify(z.encode(goState, before))
        const back = reduceGo(z.decode(goState, JSON.parse(onDisk)), { kind: 'restarted' })
        expect(back.sent).toBe(before.sent)
        expect(['idle', 'stopped', 'failed']).toContain(back.phase)
        const on = reduceGo(back, { kind: 'resumed' })
        if (back.phase === 'idle') {
          expect(on).toEqual(back)
          return
        }
        expect(on.step).toBe(back.sent !== undefined ? 'register' : back.choice ? 'check' : 'choose')
        expect(on.step).toBe(resumeStep(back))
        expect(maySpend(on)).toBe(false)
      }),
      runs,
    )
  })

  test('a place that is ours is not paid for again', () => {
    fc.assert(
      fc.property(walk, (events) => {
        const state = reached(...events)
        const resumed = [{ kind: 'restarted' }, { kind: 'resumed' }] as const
        const has = [...resumed, checked(termsAt(1n), 3)].reduce<GoState>(reduceGo, state)
        if (has.step !== 'download') return
        const on = reduceGo(reduceGo(has, { kind: 'skipped', step: 'download', value: 'x' }), {
          kind: 'skipped',
          step: 'benchmark',
          value: 'x',
        })
        expect([on.step, on.marks.register?.state, maySpend(on)]).toEqual(['serve', 'skipped', false])
      }),
      runs,
    )
  })

  test('always shows eight steps, of which one at most is not done or waiting', () => {
    fc.assert(
      fc.property(walk, (events) => {
        const steps = goSteps(reached(...events))
        expect(steps.map(({ step }) => step)).toEqual(GO_STEPS)
        const others = steps.filter(({ state }) => !['done', 'skipped', 'waiting'].includes(state))
        expect(others.length).toBeLessThanOrEqual(1)
      }),
      runs,
    )
  })
})

describe('the way to mining', () => {
  test('asks before it spends, and goes on once it was agreed to', () => {
    const asking = reached(...TO_ASKING)
    expect([asking.phase, asking.step]).toEqual(['asking', 'confirm'])
    expect(reduceGo(asking, { kind: 'agreed', mostCost: rao(99n) })).toBe(asking)
    const on = reached(...TO_SENT, { kind: 'registered', uid: 3, value: 'uid 3' }, { kind: 'served', value: 'up' })
    expect([on.phase, on.step, on.uid]).toEqual(['mining', 'mine', 3])
    expect(goSteps(on).map(({ state }) => state)).toEqual([
      'done',
      'done',
      'skipped',
      'done',
      'done',
      'done',
      'done',
      'running',
    ])
    expect(reduceGo(on, { kind: 'ended' })).toEqual(GO_IDLE)
  })

  test.each<[string, GoTerms]>([
    ['a dearer place', termsAt(101n)],
    ['another subnet under the same number', termsAt(100n, { identity: 'other' })],
    ['another machine', termsAt(100n, { hardware: 'other' })],
    ['a part that is bound', bindingAt(100n, 32_768)],
  ])('%s goes back to the question', (_what, now) => {
    const asked = reached(...TO_REGISTER, { kind: 'quoted', terms: now })
    expect([asked.phase, asked.step, asked.agreed]).toEqual(['asking', 'confirm', undefined])
    expect(covers(asked)).toBe(false)
    expect(reduceGo(asked, { kind: 'sending', preparedId: 'p' })).toBe(asked)
  })

  test('what was agreed to be bound covers the same share, and neither another nor one that is not known any more', () => {
    const asked = reached(
      { kind: 'go' },
      { kind: 'chose', choice: CHOICE },
      checked(bindingAt(100n, 9)),
      ...TO_ASKING.slice(3),
    )
    const on = reduceGo(asked, { kind: 'agreed', mostCost: rao(100n) })
    expect(covers(on)).toBe(true)
    expect(covers(reduceGo(on, { kind: 'quoted', terms: bindingAt(99n, 9) }))).toBe(true)
    for (const terms of [bindingAt(99n, 8), bindingAt(99n, 10), bindingAt(99n, 0), termsAt(99n)])
      expect(reduceGo(on, { kind: 'quoted', terms })).toMatchObject({ phase: 'asking', step: 'confirm' })
  })

  test('the same terms after a restart are not asked for twice; after a cancel they are', () => {
    const again: readonly GoEvent[] = [{ kind: 'resumed' }, ...TO_ASKING.slice(2)]
    const restarted = [...TO_REGISTER, { kind: 'restarted' } as const, ...again]
    expect(reached(...restarted)).toMatchObject({ phase: 'running', step: 'register' })
    const cancelled = [...TO_REGISTER, { kind: 'cancelled' } as const, ...again]
    expect(reached(...cancelled)).toMatchObject({ phase: 'asking', step: 'confirm' })
  })

  test('what never left may be asked for again; what the chain refused has failed', () => {
    expect(reached(...TO_SENT, { kind: 'unsent', error: failure })).toMatchObject({ phase: 'asking', error: failure })
    expect(reached(...TO_SENT, { kind: 'refused', error: failure })).toMatchObject({
      phase: 'failed',
      step: 'register',
    })
  })

  test('the end of what was sent is noted after a cancel, too', () => {
    const state = reached(...TO_SENT, { kind: 'cancelled' }, { kind: 'registered', uid: 3, value: 'uid 3' })
    expect(state).toMatchObject({ phase: 'stopped', uid: 3 })
    expect(state.sent).toBeUndefined()
  })
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { writeExposition } from './exposition.ts'
import { addTimes, histogramSamples, NO_TIMES } from './histogram.ts'
import { TotalsCounter } from './request-totals.ts'

test('families with help, type, labels and values', () => {
  const text = writeExposition([
    { name: 'a_total', help: 'A, with \\ and\na break.', type: 'counter', samples: [{ labels: { x: '1' }, value: 2 }] },
    { name: 'b_ratio', help: 'B.', type: 'gauge', samples: [{ value: 0.5 }] },
    { name: 'c', help: 'Unknown.', type: 'gauge', samples: [] },
  ])
  expect(text).toBe(
    [
      '# HELP a_total A, with \\\\ and\\na break.',
      '# TYPE a_total counter',
      'a_total{x="1"} 2',
      '# HELP b_ratio B.',
      '# TYPE b_ratio gauge',
      'b_ratio 0.5',
      '',
    ].join('\n'),
  )
})

/** The other way, by the rules of the format alone. */
function readLabel(line: string): string {
  const inside = /^m\{l="((?:\\.|[^"\\\n])*)"\} 1$/.exec(line)?.[1]
  if (inside === undefined) throw new Error(`not a sample: ${line}`)
  return inside.replaceAll(/\\(.)/g, (_, sign: string) => (sign === 'n' ? '\n' : sign))
}

test('whatever a label holds, it stays one line and can be read back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (said) => {
      const text = writeExposition([
        { name: 'm', help: 'M.', type: 'gauge', samples: [{ labels: { l: said }, value: 1 }] },
      ])
      const [, , line, end] = text.split('\n')
      expect(end).toBe('')
      expect(readLabel(line ?? '')).toBe(said)
    }),
    { numRuns: 40 },
  )
})

test('a series stands there once, whatever was gathered', () => {
  const samples = [1, 2].map((value) => ({ labels: { part: 'GPU 0' }, value }))
  const text = writeExposition([{ name: 'm', help: 'M.', type: 'gauge', samples }])
  expect(text.match(/^m\{/gm)).toHaveLength(1)
})

test('a name that the format does not know is refused', () => {
  const family = { help: 'H.', type: 'gauge', samples: [{ value: 1 }] } as const
  expect(() => writeExposition([{ ...family, name: 'a-b' }])).toThrow('a-b')
  expect(() => writeExposition([{ ...family, name: 'a', samples: [{ labels: { 'b c': '' }, value: 1 }] }])).toThrow()
})

test('every time is counted in one bucket, however reports are cut', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 500_000 })), fc.nat(), (times, cut) => {
      const counter = new TotalsCounter()
      let sum = NO_TIMES
      times.forEach((totalMs, at) => {
        counter.count({ atMs: at, reason: 'answered', totalMs })
        if (at === cut % (times.length + 1)) sum = addTimes(sum, counter.take().latency)
      })
      sum = addTimes(sum, counter.take().latency)
      const samples = histogramSamples(sum)
      const value = (suffix: string, le?: string) =>
        samples.find((one) => one.suffix === suffix && one.labels?.['le'] === le)?.value
      if (times.length === 0) {
        expect(samples).toEqual([])
        return
      }
      expect(value('_count')).toBe(times.length)
      expect(value('_bucket', '+Inf')).toBe(times.length)
      expect(value('_bucket', '0.1')).toBe(times.filter((time) => time <= 100).length)
      expect(value('_sum')).toBeCloseTo(times.reduce((all, time) => all + time, 0) / 1_000, 6)
    }),
  )
})

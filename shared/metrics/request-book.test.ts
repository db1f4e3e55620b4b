import { describe, expect, test } from 'vitest'
import { RequestBook } from './request-book.ts'
import { type CountedRequest, TotalsCounter } from './request-totals.ts'
import { Ring } from './ring.ts'
import { SeenCallers } from './seen-callers.ts'
import { DAY_MS, type Span, UPTIME_WINDOW_MS, uptimeOf, withTime } from './uptime.ts'

const NOW = 1_795_000_000_000
const request = (change: Partial<CountedRequest> = {}): CountedRequest => ({
  atMs: NOW,
  caller: 'a',
  reason: 'answered',
  promptTokens: 3,
  completionTokens: 10,
  firstTokenMs: 40,
  totalMs: 100,
  ...change,
})
function reportOf(records: readonly CountedRequest[]) {
  const counter = new TotalsCounter()
  const counts: Record<string, number> = {}
  for (const record of records) {
    counter.count(record)
    counts[record.reason] = (counts[record.reason] ?? 0) + 1
  }
  return { counts, records, totals: counter.take() }
}

describe('the book of requests', () => {
  test('adds up counts, tokens, percentiles and who asked', () => {
    const book = new RequestBook()
    const times = Array.from({ length: 100 }, (_, at) => request({ totalMs: at + 1, firstTokenMs: 5 }))
    book.add(reportOf(times), NOW)
    const { caller: _, ...unsigned } = request({ reason: 'unsigned', totalMs: 1 })
    book.add(reportOf([unsigned, request({ caller: 'b', reason: 'rate', totalMs: 1 })]), NOW)
    expect(book.counts()).toEqual({ answered: 100, unsigned: 1, rate: 1 })
    expect(book.totals()).toMatchObject({ promptTokens: 306, completionTokens: 1_020 })
    expect(book.latency()).toEqual({ p50Ms: 50, p95Ms: 95, p99Ms: 99 })
    expect(book.firstToken()).toEqual({ p50Ms: 5, p95Ms: 5, p99Ms: 5 })
    expect(book.callersSeen()).toBe(2)
    expect(book.callers(9)).toMatchObject([
      { hotkey: 'a', requests: 100, answered: 100, medianMs: 68 },
      { hotkey: 'b', requests: 1, answered: 0 },
    ])
    expect(book.callers(9)[1]).not.toHaveProperty('medianMs')
  })

  test('before the first answer percentiles and rates are absent', () => {
    const book = new RequestBook()
    expect([book.latency(), book.firstToken(), book.requestsPerSecond(NOW)]).toEqual([{}, {}, undefined])
  })

  test('a second without a request counts, one in which nobody looked does not', () => {
    const book = new RequestBook()
    book.add(reportOf([request(), request()]), NOW)
    book.tick(NOW + 1_000, undefined)
    expect(book.requestsPerSecond(NOW + 1_500)).toBe(1)
    expect(book.series('minutes', NOW + 1_500).slots.map(({ answered, speed }) => [answered, speed])).toEqual([
      [2, undefined],
      [0, undefined],
    ])
    expect(book.series('day', NOW + 1_500).stepMs).toBe(60_000)
  })
})

test('a ring forgets what is older than it is long, and keeps gaps as gaps', () => {
  const ring = new Ring(1_000, 3)
  for (const at of [0, 1, 5, 6]) ring.note(at * 1_000 + 7, { answered: 1 })
  expect(ring.slots(6_500).map(({ atMs }) => atMs)).toEqual([5_000, 6_000])
  ring.note(2_000, { answered: 9 })
  expect(ring.slots(6_500).map(({ answered }) => answered)).toEqual([1, 1])
})

test('as many keys as fit are told apart; the one that was silent for longest goes', () => {
  const seen = new SeenCallers()
  for (let at = 0; at < 600; at += 1) seen.count({ hotkey: `k${at}`, requests: 1, answered: 0, lastSeenMs: at })
  expect(seen.size).toBe(512)
  expect(seen.list(1_000).some(({ hotkey }) => hotkey === 'k0')).toBe(false)
  expect(seen.list(1)[0]?.hotkey).toBe('k599')
})

describe('uptime', () => {
  test('is a share of the time since mining was begun first, of 30 days at most', () => {
    const spans: readonly Span[] = [{ fromMs: NOW - 40 * DAY_MS, toMs: NOW - 20 * DAY_MS }]
    expect(uptimeOf(spans, NOW - 40 * DAY_MS, NOW)).toEqual({ upMs: 10 * DAY_MS, ofMs: UPTIME_WINDOW_MS })
    expect(uptimeOf(spans, NOW - 25 * DAY_MS, NOW)).toEqual({ upMs: 5 * DAY_MS, ofMs: 25 * DAY_MS })
    expect(uptimeOf([], undefined, NOW)).toBeUndefined()
  })

  test('grows with each look; a pause is a gap', () => {
    let spans: readonly Span[] = []
    for (let at = 0; at < 5; at += 1) spans = withTime(spans, NOW + at * 1_000, NOW + at * 1_000 + 1_000)
    expect(spans).toEqual([{ fromMs: NOW, toMs: NOW + 5_000 }])
    spans = withTime(spans, NOW + 60_000, NOW + 61_000)
    expect(spans).toHaveLength(2)
  })
})

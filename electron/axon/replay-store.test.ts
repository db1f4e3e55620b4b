import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ReplayStore } from './replay-store.ts'

const KEEP_MS = 13_000
const once = (sender: string, series: string) => ({ sender, series, value: 0n })

describe('ReplayStore', () => {
  test('tells senders and series apart', () => {
    const store = new ReplayStore(KEEP_MS, 0)
    expect(store.use(once('a', '1'), 0)).toBe('new')
    expect(store.use(once('a', '2'), 0)).toBe('new')
    expect(store.use(once('b', '1'), 0)).toBe('new')
    expect(store.use(once('a', '1'), 0)).toBe('seen')
  })

  test('takes a series that counts only upwards', () => {
    const store = new ReplayStore(KEEP_MS, 0)
    const use = (value: bigint) => store.use({ sender: 'a', series: 'x', value }, 0)
    expect([use(5n), use(5n), use(4n), use(6n), use(5n)]).toEqual(['new', 'seen', 'seen', 'new', 'seen'])
    expect(store.knows({ sender: 'a', series: 'x', value: 1n }, 0)).toBe(true)
    expect(store.knows({ sender: 'b', series: 'x', value: 1n }, 0)).toBe(false)
  })

  test('never forgets a mark while its request is fresh, whenever others come', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(9_000), { maxLength: 20 }),
        fc.nat(60_000),
        fc.nat(KEEP_MS - 1),
        (gaps, first, later) => {
          const store = new ReplayStore(KEEP_MS, 0)
          let now = 0
          for (const gap of gaps) {
            now += gap
            store.use(once('other', `${now}`), now)
          }
          now += first
          store.use(once('a', '1'), now)
          const until = now + later
          for (const gap of gaps) {
            if (now + gap > until) break
            now += gap
            store.use(once('other', `${now}`), now)
          }
          expect(store.use(once('a', '1'), until)).toBe('seen')
        },
      ),
    )
  })

  test('has an end for all and for each, and forgets in time', () => {
    const store = new ReplayStore(KEEP_MS, 0)
    for (const sender of ['a', 'b']) {
      for (let i = 0; i < 100_000; i++) store.use(once(sender, `${i}`), 0)
      expect(store.use(once(sender, 'more'), 0)).toBe('full')
    }
    expect(store.use(once('c', '1'), 0)).toBe('full')
    expect(store.use(once('a', '1'), 0)).toBe('seen')
    expect(store.use(once('a', '1'), 2 * KEEP_MS)).toBe('new')
  })

  test('hands everything to its successor, with the last value of each series', () => {
    const store = new ReplayStore(KEEP_MS, 0)
    store.use({ sender: 'a', series: 'x', value: 5n }, 0)
    store.use(once('b', 'y'), 0)
    store.use({ sender: 'a', series: 'x', value: 6n }, KEEP_MS)
    const next = new ReplayStore(KEEP_MS, KEEP_MS)
    for (const mark of store.marks(KEEP_MS)) next.use(mark, KEEP_MS)
    expect(next.use({ sender: 'a', series: 'x', value: 6n }, KEEP_MS)).toBe('seen')
    expect(next.use({ sender: 'a', series: 'x', value: 7n }, KEEP_MS)).toBe('new')
    expect(next.use(once('b', 'y'), KEEP_MS)).toBe('seen')
  })
})

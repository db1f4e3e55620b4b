import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  DEATHS_COUNT_MS,
  NO_DEATHS,
  oneMoreDeath,
  restartsAt,
  STORM_DEATHS,
  waitAfterRefusal,
  waitBeforeRestart,
} from './restarts.ts'

const death = (atMs: number) => ({ atMs, worker: 'llm', reason: 'the process ended' })

test('the waits double, and have an end', () => {
  const after = (deaths: number) => waitBeforeRestart({ deaths: Array.from({ length: deaths }, () => death(0)) })
  expect([0, 1, 2, 3, 4].map(after)).toEqual([500, 500, 1000, 2000, 4000])
  expect(after(40)).toBe(60_000)
  expect([1, 2, 3].map(waitAfterRefusal)).toEqual([60_000, 120_000, 240_000])
  expect(waitAfterRefusal(50)).toBe(3_600_000)
})

test('it gives up exactly when the last hour has seen the most deaths, and nothing brings it back', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: DEATHS_COUNT_MS / 2 }), { maxLength: 20 }), (gaps) => {
      let restarts = NO_DEATHS
      const times: number[] = []
      let gaveUp = false
      let atMs = 0
      for (const gap of gaps) {
        atMs += gap
        times.push(atMs)
        gaveUp ||= times.filter((time) => atMs - time < DEATHS_COUNT_MS).length >= STORM_DEATHS
        restarts = oneMoreDeath(restartsAt(restarts, atMs), death(atMs))
        expect(restarts.gaveUpAtMs !== undefined).toBe(gaveUp)
        expect(restarts.deaths.length).toBeLessThanOrEqual(STORM_DEATHS)
      }
      expect(restartsAt(restarts, atMs + 10 * DEATHS_COUNT_MS).gaveUpAtMs !== undefined).toBe(gaveUp)
    }),
  )
})

test('deaths are forgotten after an hour', () => {
  const one = oneMoreDeath(NO_DEATHS, death(0))
  expect(restartsAt(one, DEATHS_COUNT_MS - 1).deaths).toHaveLength(1)
  expect(restartsAt(one, DEATHS_COUNT_MS).deaths).toEqual([])
})

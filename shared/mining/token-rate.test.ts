import { describe, expect, test } from 'vitest'
import { recentProduced, tokensPerSecond } from './token-rate.ts'

const one = (endedMs: number, tokens: number, tookMs: number) => ({ endedMs, tokens, tookMs })

describe('tokensPerSecond', () => {
  test('is unknown before the first token', () => {
    expect(tokensPerSecond([], 0)).toBeUndefined()
    expect(tokensPerSecond([one(1, 0, 500)], 1)).toBeUndefined()
    expect(tokensPerSecond([one(1, 5, 0)], 1)).toBeUndefined()
  })
  test('counts working time only', () => {
    expect(tokensPerSecond([one(1_000, 30, 1_000), one(9_000, 10, 1_000)], 9_500)).toBe(20)
  })
  test('answers that were made at once add up', () => {
    expect(tokensPerSecond([one(5_000, 40, 4_000), one(5_000, 40, 4_000), one(6_000, 20, 4_000)], 6_500)).toBe(20)
  })
  test('forgets what is older than ten seconds, but never the last', () => {
    const all = [one(1_000, 100, 1_000), one(15_000, 10, 1_000)]
    expect(tokensPerSecond(all, 16_000)).toBe(10)
    expect(tokensPerSecond(all, 60_000)).toBe(10)
    expect(recentProduced(all, 16_000)).toHaveLength(1)
  })
})

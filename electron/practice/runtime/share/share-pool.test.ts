import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NO_SHARES, type SafeFloat } from './safe-float.ts'
import { credit, deposit, type SharePool, withdraw, worthOf } from './share-pool.ts'

const empty: SharePool = { alpha: 0n, shares: NO_SHARES }

describe('a share pool', () => {
  it('gives a first holder exactly what was put in', () => {
    const held = deposit({ pool: empty, share: NO_SHARES }, 1_234_567_890_123n)
    expect(worthOf(held)).toBe(1_234_567_890_123n)
    expect(withdraw(held, 1_234_567_890_123n)).toEqual({ pool: empty, share: NO_SHARES })
    expect(withdraw(held, 1_234_567_890_124n)).toBeUndefined()
  })

  it('keeps the sum of all holdings equal to the whole, through any history', () => {
    const step = fc.record({
      who: fc.integer({ min: 0, max: 4 }),
      kind: fc.constantFrom('deposit', 'withdraw', 'credit'),
      amount: fc.bigInt(1n, 10n ** 16n),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let pool = empty
        const shares: SafeFloat[] = Array(5).fill(NO_SHARES)
        let supply = 0n
        for (const { who, kind, amount } of steps) {
          const holding = { pool, share: shares[who]! }
          const before = worthOf(holding)
          if (kind === 'credit') {
            const next = credit(pool, amount)
            supply += next.alpha - pool.alpha
            pool = next
            continue
          }
          const taken = kind === 'withdraw' ? (amount > before ? before : amount) : 0n
          const after = kind === 'deposit' ? deposit(holding, amount) : withdraw(holding, taken)
          if (!after) throw new Error('a holder could not take what they own')
          supply += kind === 'deposit' ? amount : -taken
          pool = after.pool
          shares[who] = after.share
        }
        expect(pool.alpha).toBe(supply)
        const sum = shares.reduce((total, share) => total + worthOf({ pool, share }), 0n)
        // Each holding is rounded by less than one unit.
        expect(sum - pool.alpha).toBeLessThanOrEqual(1n)
        if (sum > 0n) expect(pool.alpha - sum).toBeLessThanOrEqual(5n)
      }),
      { numRuns: 300 },
    )
  })

  it('shares a credit in proportion', () => {
    const a = deposit({ pool: empty, share: NO_SHARES }, 300n)
    const b = deposit({ pool: a.pool, share: NO_SHARES }, 100n)
    const pool = credit(b.pool, 40n)
    expect(worthOf({ pool, share: a.share })).toBe(330n)
    expect(worthOf({ pool, share: b.share })).toBe(110n)
  })
})

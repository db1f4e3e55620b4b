import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fractionPower, ONE } from './power.ts'

const asNumber = (n: bigint): number => Number(n >> 108n) / 2 ** 52

describe('fractionPower', () => {
  it('agrees with floating point to its precision', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 1n << 70n), fc.bigInt(0n, 1n << 70n), fc.bigInt(1n, 99n), (num, more, percent) => {
        const den = num + more
        const truth = (Number(num) / Number(den)) ** (Number(percent) / Number(100n - percent))
        const { down, up } = fractionPower([num, den], [percent, 100n - percent])
        expect(down).toBeLessThanOrEqual(up)
        expect(Math.abs(asNumber(down) - truth)).toBeLessThan(1e-12)
      }),
    )
  })

  it('brackets a square root exactly', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 1n << 60n), fc.bigInt(0n, 1n << 60n), (num, more) => {
        const den = num + more
        const { down, up } = fractionPower([num, den], [1n, 2n])
        expect(down * down * den <= ONE * ONE * num).toBe(true)
        expect(up * up * den >= ONE * ONE * num).toBe(true)
      }),
    )
  })

  it('knows e', () => {
    // (1/2)^1 through the logarithm, without the shortcut of equal weights.
    const { down, up } = fractionPower([1n, 2n], [1n, 1n])
    expect(down < ONE / 2n && up > ONE / 2n && up - down < 1n << 60n).toBe(true)
  })
})

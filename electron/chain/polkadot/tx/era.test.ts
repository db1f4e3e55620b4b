import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lastBlockOf, mortalEra, PERIOD } from './era.ts'

const block = fc.integer({ min: 0, max: 50_000_000 })

test('an era ends one period after its birth, whichever block of it one looks from', () => {
  fc.assert(
    fc.property(block, fc.integer({ min: 0, max: PERIOD - 1 }), (birth, later) => {
      const era = mortalEra(birth)
      const [low = 0, high = 0] = era.bytes
      expect(lastBlockOf(`Mortal${low}`, high, birth + later)).toBe(era.lastBlock)
      expect(era.lastBlock).toBe(birth + PERIOD - 1)
    }),
  )
})

test('an immortal transaction has no last block', () => {
  expect(lastBlockOf('Immortal', 0, 5)).toBeUndefined()
})

// Vector of `sp_runtime::generic::Era`: period 64, phase 42 is 0xa502.
test('reads the vector of the chain’s own source', () => {
  expect(lastBlockOf('Mortal165', 2, 1_000)).toBe(1_000 - ((1_000 - 42) % 64) + 63)
})

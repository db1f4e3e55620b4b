import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UNIT, type Voter, yumaConsensus } from './consensus.ts'

const half = UNIT / 2n
const tenth = UNIT / 10n
const validator = (
  stake: bigint,
  weights: readonly (readonly [number, number])[],
  more: Partial<Voter> = {},
): Voter => ({
  stake,
  permit: true,
  active: true,
  lastUpdate: 10,
  registeredAt: 1,
  weights,
  bonds: [],
  ...more,
})
const miner = (registeredAt = 1): Voter => validator(0n, [], { permit: false, registeredAt })
const near = (value: bigint | undefined, parts: number) => expect(Number(value) / Number(UNIT)).toBeCloseTo(parts, 9)

describe('yumaConsensus', () => {
  it('pays miners as the weights say when all agree', () => {
    const votes = [[2, 3] as const, [3, 1] as const]
    const { incentive, dividends } = yumaConsensus(
      [validator(60n, votes), validator(40n, votes), miner(), miner()],
      half,
      tenth,
    )
    near(incentive[2], 0.75)
    near(incentive[3], 0.25)
    near(dividends[0], 0.6)
    near(dividends[1], 0.4)
  })

  it('clips a minority that praises its own miner', () => {
    const honest = [[3, 1] as const]
    const { incentive, validatorTrust } = yumaConsensus(
      [validator(40n, honest), validator(35n, honest), validator(25n, [[4, 1]]), miner(), miner()],
      half,
      tenth,
    )
    near(incentive[3], 1)
    near(incentive[4], 0)
    near(validatorTrust[2], 0)
  })

  it('ignores votes without permit, for oneself, from the idle and from before a registration', () => {
    const { incentive } = yumaConsensus(
      [
        validator(50n, [
          [0, 9],
          [4, 1],
          [5, 1],
        ]),
        validator(50n, [[3, 1]], { permit: false }),
        validator(90n, [[3, 1]], { active: false }),
        miner(),
        miner(),
        miner(10),
      ],
      half,
      tenth,
    )
    near(incentive[0], 0)
    near(incentive[3], 0)
    near(incentive[4], 1)
    near(incentive[5], 0)
  })

  it('moves bonds by a tenth per epoch', () => {
    const voters = [validator(50n, [[2, 1]], { bonds: [[2, 65_535]] }), validator(50n, [[2, 1]]), miner()]
    const { dividends } = yumaConsensus(voters, half, tenth)
    near(dividends[0], 0.95)
    near(dividends[1], 0.05)
  })

  it('pays nothing where nobody votes', () => {
    const { incentive, dividends } = yumaConsensus([validator(5n, []), miner()], half, tenth)
    expect([...incentive, ...dividends]).toEqual([0n, 0n, 0n, 0n])
  })

  it('never pays more than everything', () => {
    const votes = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 65_535 })), {
      maxLength: 10,
    })
    const anyVoter = fc
      .record({
        stake: fc.bigInt(0n, 10n ** 18n),
        permit: fc.boolean(),
        active: fc.boolean(),
        weights: votes,
        bonds: votes,
      })
      .map((v) => validator(v.stake, v.weights, v))
    fc.assert(
      fc.property(fc.array(anyVoter, { maxLength: 10 }), (voters) => {
        const { incentive, dividends, consensus } = yumaConsensus(voters, half, tenth)
        for (const parts of [incentive, dividends])
          expect(parts.reduce((sum, part) => sum + part, 0n)).toBeLessThanOrEqual(UNIT)
        for (const part of consensus) expect(part).toBeLessThanOrEqual(UNIT)
      }),
    )
  })
})

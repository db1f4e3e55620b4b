import { describe, expect, it } from 'vitest'
import { alpha, netuid, rao, ss58 } from '../units/amounts.ts'
import { epochYieldPpb, type ValidatorRow, type ValidatorTable, validatorFlags } from './validator-table.ts'

const KEY = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const row = (over: Partial<ValidatorRow> = {}): ValidatorRow => ({
  hotkey: KEY,
  ownerColdkey: KEY,
  uid: 0,
  takePpm: 180_000,
  stake: alpha(1n),
  rootWeight: rao(1n),
  totalStake: alpha(2n),
  dividendsShare: 1,
  dividends: alpha(2_000_000n),
  stakeLastEpoch: alpha(10_000_000_000n),
  lastUpdate: 990,
  registeredAt: 10,
  ...over,
})
const table = (over: Partial<ValidatorTable> = {}): ValidatorTable => ({
  netuid: netuid(8),
  block: 1_000,
  tempo: 360,
  lastEpoch: 900,
  activityCutoff: 100,
  rows: [],
  ...over,
})

describe('epochYieldPpb', () => {
  it('is dividend by stake of the last epoch', () => {
    expect(epochYieldPpb(row(), table())).toBe(200_000n)
  })
  it('of a validator that earned nothing is nothing, which is known', () => {
    expect(epochYieldPpb(row({ dividends: alpha(0n) }), table())).toBe(0n)
  })
  it.each([
    ['root', row(), table({ netuid: netuid(0) })],
    ['not-told', row({ dividends: undefined }), table()],
    ['not-told', row({ stakeLastEpoch: undefined }), table()],
    ['no-epoch', row(), table({ lastEpoch: 0 })],
    ['no-epoch', row({ registeredAt: 901 }), table()],
    ['too-little', row({ stakeLastEpoch: alpha(999_999_999n) }), table()],
    ['too-little', row({ stakeLastEpoch: alpha(0n) }), table()],
  ] as const)('is unknown: %s', (why, of, at) => {
    expect(epochYieldPpb(of, at)).toBe(why)
  })
})

describe('validatorFlags', () => {
  it('names who keeps all, and who set no weights for longer than the cutoff', () => {
    expect(validatorFlags(row({ takePpm: 1_000_000 }), table())).toEqual(['takes-all'])
    expect(validatorFlags(row({ lastUpdate: 900 }), table())).toEqual([])
    expect(validatorFlags(row({ lastUpdate: 899 }), table())).toEqual(['silent'])
    expect(validatorFlags(row({ lastUpdate: 0 }), table({ activityCutoff: undefined }))).toEqual([])
    expect(validatorFlags(row({ lastUpdate: 0 }), table({ netuid: netuid(0) }))).toEqual([])
  })
})

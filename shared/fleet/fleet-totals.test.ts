import { describe, expect, test } from 'vitest'
import { netuid, ss58 } from '../units/amounts.ts'
import { type FleetReport, MOST_UNITS, plainLine } from './fleet-report.ts'
import { fleetTotals } from './fleet-totals.ts'

const A = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const B = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const MAIN = `0x${'11'.repeat(32)}`
const PLAY = `0x${'22'.repeat(32)}`
const KNOWN = new Map([[MAIN, 'finney']] as const)

const earned = (hotkey = A, alpha = 10n, tao: bigint | undefined = 4n, id = 2, sinceBlock = 5) => ({
  ...{ netuid: netuid(id), hotkey, alpha, tao, epochs: 1, sinceBlock },
})
const report = (change: Partial<FleetReport> = {}): FleetReport => ({
  version: '1',
  network: { genesis: MAIN, kind: 'finney' },
  miner: { state: 'off', answered: 0, late: 0, refused: 0 },
  canStart: false,
  hotkeys: [],
  earnings: [],
  alerts: [],
  ...change,
})
const mining = (tokensPerSecond?: number, hotkey = A): FleetReport['miner'] => ({
  ...{ state: 'mining', answered: 1, late: 0, refused: 0, hotkey },
  ...(tokensPerSecond === undefined ? {} : { tokensPerSecond }),
})
const totalsOf = (...reports: readonly (FleetReport | undefined)[]) =>
  fleetTotals(
    reports.map((one, at) => ({ name: `m${at}`, report: one })),
    KNOWN,
  )

describe('totals', () => {
  test('are of those that answer, and say how many that is', () => {
    const totals = totalsOf(report({ power: { watts: 100, partial: false } }), undefined, report())
    expect(totals).toMatchObject({ machines: 3, heard: 2, watts: 100, wattsOf: 1, wattsPartial: false })
    expect(totalsOf(undefined)).toMatchObject({ machines: 1, heard: 0, watts: undefined, networks: [] })
  })

  test('of two chains are two, also where one calls itself by the name of the other', () => {
    const play = report({ network: { genesis: PLAY, kind: 'practice' }, earnings: [earned(B, 90n, 90n)] })
    const liar = report({ network: { genesis: PLAY, kind: 'finney' }, earnings: [earned(A, 70n, 70n)] })
    const main = report({ network: { genesis: MAIN, kind: 'practice' }, earnings: [earned()] })
    expect(totalsOf(play, main).networks.map(({ kind, tao }) => [kind, tao])).toEqual([
      ['finney', 4n],
      ['practice', 90n],
    ])
    expect(totalsOf(liar, main).networks.map(({ kind, tao }) => [kind, tao])).toEqual([
      ['finney', 4n],
      ['other', 70n],
    ])
  })

  test('of two practice networks are two: all of them begin with one block, and each is of its machine', () => {
    const play = (tao: bigint) =>
      report({ network: { genesis: PLAY, kind: 'practice' }, hotkeys: [A], earnings: [earned(A, tao, tao)] })
    const totals = totalsOf(play(3n), play(5n))
    expect(totals.networks.map(({ machine, tao }) => [machine, tao])).toEqual([
      ['m0', 3n],
      ['m1', 5n],
    ])
    expect(totals.shared).toEqual([])
  })

  test('count a hotkey that two machines have once, by the one that counts longer, and say so', () => {
    const one = report({ hotkeys: [A], earnings: [earned(A, 10n, 4n, 2, 50)], miner: mining(5) })
    const longer = report({
      hotkeys: [A, B],
      earnings: [earned(A, 30n, 9n, 2, 7), earned(B, 1n, 1n)],
      miner: mining(6),
    })
    const totals = totalsOf(one, longer)
    expect(totals.networks[0]).toMatchObject({ subnets: [{ netuid: 2, alpha: 31n, tao: 10n, hotkeys: 2 }], tao: 10n })
    expect(totals.shared).toEqual([{ genesis: MAIN, hotkey: A, machines: ['m0', 'm1'], mining: 2 }])
    expect(totals.networks[0]).toMatchObject({ tokensPerSecond: 11, speedOf: 2, mining: 2 })
  })

  test('with something unknown in them are unknown', () => {
    const totals = totalsOf(report({ earnings: [{ ...earned(), tao: undefined }, earned(B, 1n, 1n, 3)] }))
    expect(totals.networks[0]).toMatchObject({ tao: undefined })
    expect(totals.networks[0]?.subnets.map(({ tao }) => tao)).toEqual([undefined, 1n])
    const silent = totalsOf(report({ earnings: undefined, miner: mining() }))
    expect(silent.networks[0]).toMatchObject({ tao: undefined, earningsOf: 0, mining: 1, speedOf: 0 })
    expect(silent.networks[0]?.tokensPerSecond).toBeUndefined()
  })

  test('beyond all that there can be are unknown', () => {
    const totals = totalsOf(report({ earnings: [earned(A, MOST_UNITS, MOST_UNITS), earned(B, 1n, 1n)] }))
    expect(totals.networks[0]?.subnets[0]).toMatchObject({ alpha: undefined, tao: undefined })
  })

  test('leave out a machine that is on no chain', () => {
    expect(totalsOf(report({ network: undefined, earnings: undefined })).networks).toEqual([])
  })
})

test.each([
  ['rig-1', 'rig-1'],
  ['a\nb\u202ec\u0007', 'a b c'],
  ['  a   b ', 'a b'],
  ['eeeeeeeeee', 'eeeeee'],
  ['😀😀😀😀', '😀😀😀'],
  ['eeeee😀', 'eeeee'],
])('%j is written as one plain line of six', (text, line) => {
  expect(plainLine(text, 6)).toBe(line)
})

import { expect, test } from 'vitest'
import { type Alert, alertKey } from '../../shared/alerts/alert.ts'
import type { EpochParts, EpochRow } from '../../shared/earnings/epoch-row.ts'
import { alpha, netuid, ss58 } from '../../shared/units/amounts.ts'
import { alertWords } from '../../shared/words/alert-words.ts'
import { raiseForRedRows } from './earnings-alerts.ts'
import { Listeners } from './live-read.ts'

const ALICE = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const BOB = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const NOTHING: EpochParts = {
  fromBlock: 22,
  mined: 0n,
  validated: 0n,
  staked: 0n,
  ownerCut: 0n,
  unexplained: 0n,
  feeAlpha: 0n,
  feeTao: 0n,
}
const row = (change: Partial<EpochRow>): EpochRow => ({
  genesis: '0x01',
  coldkey: ALICE,
  hotkey: BOB,
  netuid: netuid(2),
  epochBlock: 42,
  stakeBefore: alpha(9n),
  stakeAfter: alpha(9n),
  flows: 0n,
  earned: 0n,
  source: 'staked',
  epochs: 1,
  atMs: 1,
  ...change,
})

test('a row that does not add up is told with by how much; one that does, or whose cause is known, is not', () => {
  const [live, past] = [new Listeners<readonly EpochRow[]>(), new Listeners<readonly EpochRow[]>()]
  const raised: Alert[] = []
  const stop = raiseForRedRows({
    earnings: { onEpochs: (listener) => live.add(listener) },
    ledger: { onEpochs: (listener) => past.add(listener) },
    alerts: { raise: (alert) => raised.push(alert) > 0 },
  })
  live.tell([
    row({ parts: { ...NOTHING, unexplained: -1_500_000_000n } }),
    row({ parts: { ...NOTHING, unexplained: 1n, cause: 'rounding' } }),
    row({ parts: { ...NOTHING, unexplained: -9n, cause: 'hotkey-swap' } }),
    row({ parts: NOTHING }),
    row({}),
  ])
  past.tell([row({ netuid: netuid(0), epochBlock: 21, parts: { ...NOTHING, fromBlock: 5, unexplained: 7n } })])
  stop()
  live.tell([row({ parts: { ...NOTHING, unexplained: 8n } })])
  expect(raised).toEqual([
    {
      kind: 'epoch-unexplained',
      netuid: 2,
      hotkey: BOB,
      coldkey: ALICE,
      fromBlock: 22,
      epochBlock: 42,
      unexplained: -1_500_000_000n,
    },
    expect.objectContaining({ netuid: 0, fromBlock: 5, epochBlock: 21, unexplained: 7n }),
  ])
  expect(new Set(raised.map(alertKey)).size).toBe(2)
  const [less, more] = raised.map((alert) => alertWords(alert))
  expect(less?.what).toBe('In an epoch of subnet 2, 1.500000000 alpha went that nothing explains.')
  expect(less?.why).toContain('blocks 23 to 42')
  expect(more?.what).toBe('On root 0.000000007 TAO came that nothing explains.')
})

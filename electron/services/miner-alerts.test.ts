import { expect, test } from 'vitest'
import type { Alert } from '../../shared/alerts/alert.ts'
import type { MiningStatus } from '../../shared/contract/mining.contract.ts'
import { type MinerAlertsDeps, raiseWhenMinerStops } from './miner-alerts.ts'

test.each<[string, Partial<MiningStatus>, number | undefined, Partial<MiningStatus>, number]>([
  ['stopped by itself', { state: 'failed', startedAtMs: 7 }, undefined, {}, 1],
  ['never began to answer', { state: 'failed' }, undefined, {}, 0],
  ['is begun again', { state: 'failed', startedAtMs: 7 }, 9_000, {}, 0],
  ['runs again by then', { state: 'failed', startedAtMs: 7 }, undefined, { state: 'starting' }, 0],
  ['was stopped by hand', { state: 'off', startedAtMs: 7 }, undefined, {}, 0],
])('a miner that %s', (_, first, againAtMs, later, told) => {
  const error = { code: 'mining/worker-died', worker: 'llm', reason: 'x' } as const
  let status = { state: 'off', error, ...first } as ReturnType<MinerAlertsDeps['mining']['status']>
  const raised: Alert[] = []
  const waiting: (() => void)[] = []
  let changed: () => void = () => undefined
  const stop = raiseWhenMinerStops({
    mining: {
      status: () => status,
      onStatus: (listener) => {
        changed = listener
        return () => undefined
      },
    },
    care: { state: () => ({ restarts: { againAtMs } }) },
    alerts: { raise: (alert) => raised.push(alert) > 0 },
    clock: {
      after: (_ms, run) => {
        waiting.push(run)
        return () => void waiting.splice(0)
      },
    },
  })
  changed()
  changed()
  expect(waiting.length).toBeLessThanOrEqual(1)
  status = { ...status, ...later }
  for (const run of waiting.splice(0)) run()
  expect(raised).toEqual(told === 1 ? [{ kind: 'miner-stopped', startedAtMs: 7, netuid: undefined, error }] : [])
  changed()
  stop()
  expect(waiting).toEqual([])
})

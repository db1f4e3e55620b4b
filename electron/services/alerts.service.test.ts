import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ALERT_KINDS, type Alert, type Notice } from '../../shared/alerts/alert.ts'
import { err, ok } from '../../shared/result.ts'
import { netuid, rao, ss58 } from '../../shared/units/amounts.ts'
import { alertWords } from '../../shared/words/alert-words.ts'
import { sqliteStorage } from '../storage/sqlite-storage.ts'
import type { StoragePort } from '../storage/storage.port.ts'
import { AlertsService } from './alerts.service.ts'
import { SettingsService } from './settings.service.ts'

const HOTKEY = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const place = { netuid: netuid(3), hotkey: HOTKEY, uid: 7 }
const HOUR = 3_600_000
const URL = 'https://alerts.example/T0/secret'
const danger = (registrationsLeft = 2): Extract<Alert, { kind: 'place-in-danger' }> => ({
  kind: 'place-in-danger',
  ...place,
  registrationsLeft,
  keptMs: 5 * HOUR,
})
const EVERY: readonly Alert[] = [
  danger(1),
  { kind: 'immunity-ending', ...place, untilBlock: 900, leftMs: 3 * HOUR },
  { kind: 'deregistered', ...place, registeredAt: 12, because: 'replaced' },
  { kind: 'subnet-to-prune', netuid: netuid(3), freeSubnets: 0 },
  { kind: 'miner-stopped', startedAtMs: 4, netuid: netuid(3), error: { code: 'keys/locked' } },
  { kind: 'mining-paused', sinceMs: 4, netuid: netuid(3), why: 'An hour of mining brings less than its power costs.' },
  { kind: 'price-reached', rule: 'r1', netuid: netuid(3), price: rao(400_000_000n), wanted: rao(500_000_000n) },
  {
    kind: 'epoch-unexplained',
    netuid: netuid(3),
    hotkey: HOTKEY,
    coldkey: HOTKEY,
    fromBlock: 20,
    epochBlock: 40,
    unexplained: -7n,
  },
]

let folder: string
let storage: StoragePort
let nowMs: number
let genesis: string | undefined
let timers: { readonly atMs: number; readonly run: () => void }[]
let sent: { readonly href: string; readonly body: string }[]
let reason: string | undefined
let alerts: AlertsService
let told: Notice[]

function start(): AlertsService {
  const service = new AlertsService({
    storage,
    settings: new SettingsService(storage),
    network: { genesis: () => genesis, choice: () => ({ kind: 'practice' }), onChange: () => () => undefined },
    webhook: {
      post: async ({ href }, body) => {
        sent.push({ href, body })
        return reason === undefined ? ok(null) : err({ reason })
      },
    },
    clock: {
      nowMs: () => nowMs,
      after: (delayMs, run) => {
        const timer = { atMs: nowMs + delayMs, run }
        timers.push(timer)
        return () => void timers.splice(timers.indexOf(timer), 1)
      },
      every: () => () => undefined,
    },
    log: { log: (_level, _event, facts) => expect(JSON.stringify(facts)).not.toContain('secret') },
  })
  service.onNotice((notice) => told.push(notice))
  return service
}
async function pass(ms: number): Promise<void> {
  nowMs += ms
  for (const timer of timers.filter(({ atMs }) => atMs <= nowMs)) {
    timers.splice(timers.indexOf(timer), 1)
    timer.run()
  }
  await settle()
}
const settle = () => new Promise((resolve) => setImmediate(resolve))

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taoforge-alerts-'))
  storage = sqliteStorage(folder)
  nowMs = 1_000 * HOUR
  genesis = '0xa'
  timers = []
  sent = []
  told = []
  reason = undefined
  alerts = start()
})
afterEach(() => {
  alerts.close()
  storage.close()
  rmSync(folder, { recursive: true })
})

describe('an alert', () => {
  test('of each kind comes back from the disk as it was told, newest first, and is counted until it is read', () => {
    expect(EVERY.map(({ kind }) => kind).toSorted()).toEqual(ALERT_KINDS.toSorted())
    for (const alert of EVERY) expect(alerts.raise(alert)).toBe(true)
    expect(alerts.view().notices.map(({ alert }) => alert)).toEqual(EVERY.toReversed())
    expect(alerts.view().unread).toBe(8)
    const third = alerts.view().notices[3]
    alerts.markRead(third?.id ?? 0)
    expect([alerts.view().unread, alerts.view().notices.map(({ read }) => read)]).toEqual([
      3,
      [false, false, false, true, true, true, true, true],
    ])
  })

  test('is told once, also after a restart and with other numbers, and of each chain by itself', () => {
    for (const alert of EVERY) alerts.raise(alert)
    for (const alert of EVERY) expect(alerts.raise(alert)).toBe(false)
    expect(alerts.raise(danger(1))).toBe(false)
    alerts.close()
    storage.close()
    storage = sqliteStorage(folder)
    alerts = start()
    for (const alert of EVERY) expect(alerts.raise(alert)).toBe(false)
    genesis = '0xb'
    expect([alerts.view().unread, alerts.raise(danger())]).toEqual([0, true])
    genesis = undefined
    expect([alerts.view().notices, alerts.raise(danger())]).toEqual([[], false])
  })

  test('of a state that came back is told again, but not within six hours', () => {
    alerts.raise(danger())
    alerts.over(danger())
    expect(alerts.raise(danger())).toBe(false)
    nowMs += 6 * HOUR
    expect([alerts.raise(danger()), alerts.raise(danger())]).toEqual([true, false])
  })

  test('of an unwanted kind is not told, and outside of the window only where that is on', () => {
    alerts.set({ off: ['deregistered'], system: false })
    expect(EVERY.filter((alert) => alerts.raise(alert)).map(({ kind }) => kind)).not.toContain('deregistered')
    expect(told).toEqual([])
    expect(alerts.view().notices.length).toBe(7)
  })

  test('is one of at most twenty an hour outside of the window; the list has them all', () => {
    for (let uid = 0; uid < 25; uid += 1) alerts.raise({ ...danger(), uid })
    expect([told.length, alerts.view().notices.length]).toEqual([20, 25])
    nowMs += HOUR
    alerts.raise({ ...danger(), uid: 999 })
    expect(told.length).toBe(21)
  })

  test('that cannot be kept ends nobody who noticed something', () => {
    storage.close()
    expect(alerts.raise(danger())).toBe(false)
    storage = sqliteStorage(folder)
    alerts = start()
    expect(alerts.raise(danger())).toBe(true)
  })

  test('says what happened, why and what to do, without an address', () => {
    for (const alert of EVERY) {
      const { what, why, next } = alertWords(alert)
      for (const text of [what, why, next]) expect(text).toMatch(/^[A-Z].*[.]$/)
      expect(what + why + next).not.toContain(HOTKEY)
    }
  })
})

describe('a webhook', () => {
  test('is off at first; a bad address changes nothing', async () => {
    alerts.raise(danger())
    expect(await alerts.testWebhook()).toEqual(err({ code: 'alerts/no-webhook' }))
    expect(alerts.set({ webhook: { url: 'http://alerts.example/', withAddresses: false } })).toEqual(
      err({ code: 'alerts/bad-webhook', problem: 'not-encrypted' }),
    )
    expect([sent, alerts.settings().webhook]).toEqual([[], undefined])
  })

  test('gets sentences and numbers, and the address of the hotkey only where that is wanted', async () => {
    alerts.set({ webhook: { url: URL, withAddresses: false } })
    alerts.raise(danger())
    alerts.set({ webhook: { url: URL, withAddresses: true } })
    alerts.raise({ ...danger(), uid: 8 })
    await settle()
    const [without, withIt] = sent.map(({ body }) => JSON.parse(body) as Record<string, unknown>)
    expect(without).toMatchObject({ app: 'taoforge', kind: 'place-in-danger', netuid: 3, uid: 7, play: true })
    expect(without?.['what']).toBe(alertWords(danger()).what)
    expect(JSON.stringify(without)).not.toContain(HOTKEY)
    expect(withIt?.['hotkey']).toBe(HOTKEY)
  })

  test('gets the code of an error only: its words may hold a path, or a key of an endpoint', async () => {
    alerts.set({ webhook: { url: URL, withAddresses: true } })
    const error = { code: 'chain/unreachable', endpoint: 'wss://node.example/secret', reason: '/home/me' } as const
    alerts.raise({ kind: 'miner-stopped', startedAtMs: 1, netuid: netuid(3), error })
    await settle()
    expect(sent[0]?.body).not.toMatch(/secret|home/)
    expect(JSON.parse(sent[0]?.body ?? '')).toMatchObject({ kind: 'miner-stopped', code: 'chain/unreachable' })
  })

  test('that fails is tried twice more, and the reason is told without the address', async () => {
    reason = 'status 503'
    alerts.set({ webhook: { url: URL, withAddresses: false } })
    alerts.raise(danger())
    await settle()
    expect(alerts.view().webhook?.error).toEqual({
      code: 'alerts/not-delivered',
      host: 'alerts.example',
      reason: 'status 503',
    })
    for (const wait of [30_000, 300_000, HOUR]) await pass(wait)
    expect([sent.length, timers.length]).toEqual([3, 0])
    reason = undefined
    expect(await alerts.testWebhook()).toEqual(ok(null))
    expect([alerts.view().webhook?.error, JSON.parse(sent.at(-1)?.body ?? '')]).toMatchObject([
      undefined,
      { kind: 'test' },
    ])
  })

  test('that was changed or turned off gets nothing that waited, and none waits after the end', async () => {
    reason = 'ECONNREFUSED'
    alerts.set({ webhook: { url: URL, withAddresses: false } })
    alerts.raise(danger())
    await settle()
    alerts.set({ webhook: null })
    await pass(HOUR)
    expect(sent.length).toBe(1)
    alerts.set({ webhook: { url: URL, withAddresses: false } })
    alerts.raise({ ...danger(), uid: 9 })
    await settle()
    alerts.close()
    expect([sent.length, timers.length]).toEqual([2, 0])
  })
})

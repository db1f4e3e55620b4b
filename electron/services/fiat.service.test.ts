import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DEFAULT_SETTINGS, type Settings } from '../../shared/settings/settings.ts'
import type { StoragePort } from '../storage/storage.port.ts'
import { fetchText } from '../system/fetch-text.ts'
import { FiatService } from './fiat.service.ts'
import { SettingsService } from './settings.service.ts'

const REAL = '0xfinney'
const MINUTE = 60_000

let asked: string[] = []
let answer: (response: ServerResponse) => void
let server: Server
let origin = ''
let nowMs = 0
let timers: { atMs: number; run: () => void }[] = []
let genesis: string | undefined
let fiat: FiatService
let stops: (() => void)[] = []

beforeEach(async () => {
  asked = []
  timers = []
  stops = []
  nowMs = 1_000_000
  genesis = REAL
  answer = (response) => void response.end('{"tao":{"eur":312.45}}')
  server = createServer((request, response) => {
    asked.push(`${request.url} ${request.headers.cookie ?? ''}${request.headers.referer ?? ''}`.trim())
    answer(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  let stored: Settings = DEFAULT_SETTINGS
  const storage: Partial<StoragePort> = {
    settings: () => stored,
    saveSettings: (next) => {
      stored = next
    },
  }
  fiat = new FiatService({
    web: fetchText,
    clock: {
      nowMs: () => nowMs,
      after: (delayMs, run) => {
        const timer = { atMs: nowMs + delayMs, run }
        timers.push(timer)
        return () => void timers.splice(timers.indexOf(timer), 1)
      },
      every: () => () => undefined,
    },
    settings: new SettingsService(storage as StoragePort),
    network: { genesis: () => genesis, onChange: () => () => undefined },
    realGenesis: REAL,
  })
})
afterEach(async () => {
  for (const stop of stops) stop()
  fiat.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const source = (over: object = {}) => ({
  currency: 'EUR',
  url: `${origin}/{currency}`,
  path: 'tao.{currency}',
  ...over,
})
const watch = () => stops.push(fiat.watch(() => undefined))
/** After the next change that the service tells of. */
const until = (holds: () => boolean) =>
  new Promise<void>((resolve) => {
    if (holds()) return resolve()
    const stop = fiat.watch(() => {
      if (!holds()) return
      stop()
      resolve()
    })
  })
const settled = () => until(() => fiat.view().price !== undefined || fiat.view().error !== undefined)
function pass(ms: number): void {
  nowMs += ms
  for (const timer of timers.filter(({ atMs }) => atMs <= nowMs)) {
    timers.splice(timers.indexOf(timer), 1)
    timer.run()
  }
}

describe('a price in ordinary money', () => {
  test('is off, and nobody is asked, until a source is chosen and somebody looks', async () => {
    watch()
    pass(60 * MINUTE)
    expect(fiat.view()).toMatchObject({ source: undefined, price: undefined })
    for (const stop of stops.splice(0)) stop()
    expect(fiat.choose(source())).toMatchObject({ ok: true })
    pass(60 * MINUTE)
    expect(asked).toEqual([])
    watch()
    await settled()
    expect(fiat.view().price).toEqual({ nanosPerTao: 312_450_000_000n, atMs: nowMs, host: origin.slice(7) })
    expect(asked).toEqual(['/eur'])
    fiat.choose(undefined)
    pass(60 * MINUTE)
    expect(fiat.view()).toMatchObject({ source: undefined, price: undefined })
    expect(asked).toHaveLength(1)
  })

  test('is asked for every five minutes, and ends with the last look', async () => {
    fiat.choose(source())
    watch()
    await settled()
    answer = (response) => void response.end('{"tao":{"eur":400}}')
    pass(5 * MINUTE)
    await until(() => fiat.view().price?.nanosPerTao === 400_000_000_000n)
    for (const stop of stops.splice(0)) stop()
    pass(60 * MINUTE)
    expect(asked).toHaveLength(2)
  })

  test('grows old when the source fails, is shown as old, and is gone after a day; it never becomes 0', async () => {
    fiat.choose(source())
    watch()
    await settled()
    answer = (response) => void response.writeHead(503).end()
    pass(5 * MINUTE)
    await until(() => fiat.view().error !== undefined)
    expect(fiat.view()).toMatchObject({ stale: false, error: { code: 'fiat/no-answer', reason: 'status 503' } })
    nowMs += 10 * MINUTE
    expect(fiat.view()).toMatchObject({ stale: true, price: { nanosPerTao: 312_450_000_000n } })
    nowMs += 24 * 60 * MINUTE
    expect(fiat.view().price).toBeUndefined()
  })

  test('belongs to one chain: TAO of any other are worth nothing, and nobody is asked', async () => {
    genesis = '0xpractice'
    fiat.choose(source())
    watch()
    pass(60 * MINUTE)
    expect(fiat.view()).toMatchObject({ worthless: true, price: undefined })
    expect(asked).toEqual([])
  })

  test('a source that cannot be one changes nothing', () => {
    expect(fiat.choose(source({ url: 'http://prices.example/' }))).toEqual({
      ok: false,
      error: { code: 'fiat/bad-source', problem: 'not-encrypted' },
    })
    expect(fiat.view().source).toBeUndefined()
  })

  test.each<[string, (response: ServerResponse) => void, object]>([
    ['no JSON', (r) => void r.end('<html>'), { code: 'fiat/bad-answer', problem: 'not-json' }],
    ['no price', (r) => void r.end('{"tao":{}}'), { code: 'fiat/bad-answer', problem: 'no-price' }],
    ['a price of 0', (r) => void r.end('{"tao":{"eur":0}}'), { code: 'fiat/bad-answer', problem: 'not-a-price' }],
    ['bytes that are no text', (r) => void r.end(Buffer.from([0xff, 0xfe])), { code: 'fiat/no-answer' }],
    [
      'an answer without end',
      (r) => {
        const more = () => void (r.destroyed || r.write('9'.repeat(32_768), more))
        more()
      },
      { code: 'fiat/no-answer', reason: 'an answer of more than 65536 bytes' },
    ],
    [
      'a way to somebody else',
      (r) => void r.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
      { code: 'fiat/no-answer', reason: 'status 302' },
    ],
    ['a line that is cut', (r) => void r.destroy(), { code: 'fiat/no-answer' }],
  ])('survives %s', async (_, hostile, error) => {
    answer = hostile
    fiat.choose(source())
    watch()
    await settled()
    expect(fiat.view()).toMatchObject({ price: undefined, error })
    // It is asked again after a minute, not at once, however often somebody looks.
    watch()
    expect(asked).toHaveLength(1)
  })

  test('a server that never answers is left after its time', async () => {
    answer = () => undefined
    expect(await fetchText.get(`${origin}/x`, { mostBytes: 10, withinMs: 50 })).toEqual({
      ok: false,
      error: { reason: 'no answer in time' },
    })
  })
})

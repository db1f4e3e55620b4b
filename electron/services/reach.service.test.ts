import { afterEach, describe, expect, test } from 'vitest'
import { ok } from '../../shared/result.ts'
import { DEFAULT_SETTINGS, type Settings } from '../../shared/settings/settings.ts'
import type { FoundRouter, HelperOptions, Opened, ReachPort } from '../reach/reach.port.ts'
import { ReachService } from './reach.service.ts'

const OURS = '8.8.4.4'
const INVITATION = 'taoforge-probe:9.9.9.9:8092/AAECAwQFBgcICQoLDA0ODw'
const HELPER = '9.9.9.9:8092'
const never = new AbortController().signal

interface World {
  own?: ReturnType<ReachPort['ownAddresses']>
  router?: Opened | 'none'
  settings?: Partial<Settings>
}
let timers: { atMs: number; run: () => void }[] = []
let now = 1_000_000
afterEach(() => {
  timers = []
  now = 1_000_000
})
const pass = async (ms: number) => {
  now += ms
  const due = timers.filter(({ atMs }) => atMs <= now)
  timers = timers.filter(({ atMs }) => atMs > now)
  for (const { run } of due) run()
  await new Promise((resolve) => setTimeout(resolve, 0))
}

function setUp({ own = [{ family: 4, address: '192.168.1.20' }], router = 'none', settings = {} }: World = {}) {
  const asked: string[] = []
  const found: FoundRouter = {
    speaks: 'upnp',
    gateway: '192.168.1.1',
    outside: OURS,
    open: async (port) => {
      asked.push(`open ${port}`)
      return router === 'none' ? { ok: false, why: 'no-answer' } : router
    },
    close: async (port) => {
      asked.push(`close ${port}`)
      return true
    },
  }
  let helping: HelperOptions | undefined
  const reach: ReachPort = {
    ownAddresses: () => own,
    askStun: async (server, family) => {
      asked.push(`stun ${server} ${family}`)
      return { server, address: family === 4 ? OURS : '2606:4700::9' }
    },
    findRouter: async () => {
      asked.push('router')
      return router === 'none' ? undefined : found
    },
    askHelper: async ({ invitation, port, outer }) => {
      asked.push(`helper ${invitation.address} ${port} ${outer}`)
      return { state: 'knocked', helper: HELPER, from: '9.9.9.9', seen: OURS, port: outer }
    },
    startHelper: async (options) => {
      helping = options
      return ok({ port: 8092, close: async () => void asked.push('helper closed') })
    },
  }
  const service = new ReachService({
    reach,
    settings: { get: () => ({ ...DEFAULT_SETTINGS, ...settings }), onChange: () => () => undefined },
    clock: {
      nowMs: () => now,
      after: (delayMs, run) => {
        const timer = { atMs: now + delayMs, run }
        timers.push(timer)
        return () => {
          timers = timers.filter((one) => one !== timer)
        }
      },
    },
    random: { bytes: (count) => new Uint8Array(count).fill(251) },
    log: { log: () => undefined },
  })
  return { service, asked, helping: () => helping }
}
const verdict = (service: ReachService) => service.state().report?.verdict

describe('looking whether the internet reaches us', () => {
  test('asks nobody before somebody asks, and says who it would be', () => {
    const { service, asked } = setUp({ settings: { probeHelpers: [INVITATION] } })
    expect(service.state()).toMatchObject({ state: 'not-asked', asks: { helpers: [HELPER] } })
    expect(service.state().asks.servers).toContain('stun.cloudflare.com:3478')
    expect(JSON.stringify(service.state())).not.toContain('AAECAw')
    expect(asked).toEqual([])
  })

  test('asks the servers that were chosen, the router for nothing but its address, and no helper that there is not', async () => {
    const { service, asked } = setUp({
      router: { ok: true, outer: 8091, seconds: 3600 },
      settings: { stunServers: ['a:1', 'b:1'] },
    })
    expect(await service.check({ port: 8091 }, never)).toMatchObject({ ok: true, value: { state: 'done' } })
    expect(asked).toEqual(['stun a:1 4', 'stun b:1 4', 'router'])
    expect(verdict(service)).toMatchObject({ says: 'unknown', best: { family: 4, address: OURS, shared: 'no' } })
  })

  test('with no servers chosen asks none', async () => {
    const { service, asked } = setUp({ settings: { stunServers: [] } })
    await service.check({ port: 8091 }, never)
    expect(asked).toEqual(['router'])
  })

  test('a computer on the internet has no router to ask', async () => {
    const { service, asked } = setUp({ own: [{ family: 4, address: OURS }], settings: { stunServers: [] } })
    await service.check({ port: 8091 }, never)
    expect(asked).toEqual([])
    expect(verdict(service)?.best?.reasons).toContain('own-public')
  })

  test('has the helper knock at the port that the router chose', async () => {
    const { service, asked } = setUp({
      router: { ok: true, outer: 9001, seconds: 3600 },
      settings: { stunServers: [], probeHelpers: [INVITATION] },
    })
    await service.check({ port: 8091, openPort: true }, never)
    expect(asked).toEqual(['router', 'open 8091', 'helper 9.9.9.9 8091 9001'])
    expect(verdict(service)).toMatchObject({ says: 'reachable', best: { address: OURS, port: 9001 } })
    expect(service.state().opened).toEqual({
      gateway: '192.168.1.1',
      port: 8091,
      outer: 9001,
      untilMs: now + 3_600_000,
    })
  })

  test('asks a helper of a family that this computer has not for nothing', async () => {
    const six = INVITATION.replace('9.9.9.9', '[2606:4700::1]')
    const { service, asked } = setUp({ settings: { stunServers: [], probeHelpers: [six] } })
    await service.check({ port: 8091 }, never)
    expect(asked).toEqual(['router'])
  })

  test('who asks twice at once is asked for once, and who leaves gets no answer', async () => {
    const { service, asked } = setUp({ settings: { stunServers: ['a:1'] } })
    await Promise.all([service.check({ port: 8091 }, never), service.check({ port: 8091 }, never)])
    expect(asked.filter((one) => one === 'router')).toHaveLength(1)
    expect(await setUp().service.check({ port: 8091 }, AbortSignal.abort())).toMatchObject({
      error: { code: 'contract/cancelled' },
    })
  })
})

describe('two questions at once', () => {
  const settings = { stunServers: ['a:1'] }

  test('for two ports are two questions, one after the other', async () => {
    const { service, asked } = setUp({ settings })
    const [first, second] = await Promise.all([
      service.check({ port: 8091 }, never),
      service.check({ port: 9000 }, never),
    ])
    expect([first.ok && first.value.report?.port, second.ok && second.value.report?.port]).toEqual([8091, 9000])
    expect(asked.filter((one) => one === 'router')).toHaveLength(2)
  })

  test('of which one is given up, the other is answered', async () => {
    const { service } = setUp({ settings })
    const leaving = new AbortController()
    const first = service.check({ port: 8091 }, leaving.signal)
    const second = service.check({ port: 8091 }, never)
    leaving.abort()
    expect(await first).toMatchObject({ ok: false })
    expect(await second).toMatchObject({ ok: true, value: { report: { port: 8091 } } })
  })
})

describe('a port of the router', () => {
  const opened = { ok: true, outer: 8091, seconds: 3600 } as const

  test('is renewed at half of its time, and closed when told', async () => {
    const { service, asked } = setUp({ router: opened, settings: { stunServers: [] } })
    await service.check({ port: 8091, openPort: true }, never)
    await pass(1_800_000)
    expect(asked.filter((one) => one === 'open 8091')).toHaveLength(2)
    expect(service.state().opened?.untilMs).toBe(now + 3_600_000)
    await service.closePort()
    expect(asked.at(-1)).toBe('close 8091')
    expect(service.state().opened).toBeUndefined()
    await pass(10_000_000)
    expect(asked.at(-1)).toBe('close 8091')
  })

  test('that is closed while it is renewed stays closed', async () => {
    const { service, asked } = setUp({ router: opened, settings: { stunServers: [] } })
    await service.check({ port: 8091, openPort: true }, never)
    const renewing = pass(1_800_000)
    await service.closePort()
    await renewing
    expect(asked.slice(-3).toSorted()).toEqual(['close 8091', 'close 8091', 'open 8091'])
    expect(asked.at(-1)).toBe('close 8091')
    expect(service.state().opened).toBeUndefined()
    await pass(10_000_000)
    expect(asked.at(-1)).toBe('close 8091')
  })

  test('that has no end is closed with the program', async () => {
    const { service, asked } = setUp({ router: { ...opened, seconds: 0 }, settings: { stunServers: [] } })
    await service.check({ port: 8091, openPort: true }, never)
    expect(service.state().opened).not.toHaveProperty('untilMs')
    expect(timers).toEqual([])
    await service.close()
    expect(asked.at(-1)).toBe('close 8091')
  })

  test('that is refused is said, and nothing is closed later', async () => {
    const { service, asked } = setUp({ router: { ok: false, why: 'taken' }, settings: { stunServers: [] } })
    await service.check({ port: 8091, openPort: true }, never)
    expect(service.state().report?.facts[0]?.router?.port).toEqual({ state: 'refused', why: 'taken' })
    expect(verdict(service)?.best?.reasons).toContain('port-refused')
    await service.close()
    expect(asked).not.toContain('close 8091')
  })
})

describe('knocking for others', () => {
  test('hands out an invitation with a key of its own, and counts', async () => {
    const { service, asked, helping } = setUp({ own: [{ family: 4, address: OURS }] })
    expect(await service.help({ port: 8092 })).toMatchObject({
      value: { helping: { invitation: `taoforge-probe:${OURS}:8092/-_v7-_v7-_v7-_v7-_v7-w`, port: 8092, answered: 0 } },
    })
    expect(helping()).toMatchObject({ alsoInside: false })
    helping()?.onAnswered()
    expect(service.state().helping?.answered).toBe(1)
    await service.stopHelping()
    expect(service.state().helping).toBeUndefined()
    expect(asked).toEqual(['helper closed'])
  })

  test('needs an address that others can find', async () => {
    expect(await setUp().service.help({ port: 8092 })).toMatchObject({ error: { code: 'contract/bad-input' } })
    expect(await setUp().service.help({ port: 8092, address: 'home' })).toMatchObject({
      error: { code: 'contract/bad-input' },
    })
  })
})

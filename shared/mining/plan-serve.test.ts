import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { netuid, ss58 } from '../units/amounts.ts'
import { endpointAddress, planServe, type ServeRequest, type ServeSnapshot } from './plan-serve.ts'

const HOTKEY = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const request = (change: Partial<ServeRequest> = {}): ServeRequest => ({
  network: 'finney',
  hotkey: HOTKEY,
  netuid: netuid(3),
  ip: '8.8.8.8',
  port: 8091,
  version: 11_003_000,
  protocol: 4,
  ...change,
})
const announced = { ip: '8.8.8.8', port: 8091, version: 11_003_000, protocol: 4, block: 100 }
const snapshot = (change: Partial<ServeSnapshot> = {}): ServeSnapshot => ({
  block: 120,
  servingRateLimit: 50,
  ...change,
})

describe('planServe', () => {
  test('announces what was never announced', () => {
    expect(planServe(request(), snapshot())).toEqual({
      ok: true,
      value: {
        action: 'send',
        plan: {
          kind: 'serve-axon',
          hotkey: HOTKEY,
          netuid: 3,
          ip: '8.8.8.8',
          port: 8091,
          version: 11_003_000,
          protocol: 4,
        },
      },
    })
  })

  test('keeps what is there already, however it is written', () => {
    const ip = '2001:db9:0:0:0:0:0:1'
    const now = { ...announced, ip: '2001:db9::1' }
    expect(planServe(request({ ip }), snapshot({ announced: now }))).toEqual({
      ok: true,
      value: { action: 'keep', block: 100 },
    })
  })

  test.each([
    ['the port', { port: 8092 }],
    ['the address', { ip: '9.9.9.9' }],
    ['the version', { version: 12_000_000 }],
    ['the protocol', { protocol: 0 }],
  ])('a change of %s waits for the rate limit, then is sent', (_what, change) => {
    const at = (block: number) => planServe(request(change), snapshot({ announced, block }))
    expect(at(149)).toEqual({ ok: false, error: { code: 'mining/serve-too-soon', blocksLeft: 1 } })
    expect(at(150)).toMatchObject({ ok: true, value: { action: 'send', plan: change } })
  })

  test('what was withdrawn a moment ago is announced again after the wait', () => {
    const at = (block: number) => planServe(request(), snapshot({ servedAtBlock: 100, block }))
    expect(at(149)).toEqual({ ok: false, error: { code: 'mining/serve-too-soon', blocksLeft: 1 } })
    expect(at(150)).toMatchObject({ ok: true, value: { action: 'send' } })
  })

  test('without a rate limit nothing waits', () => {
    const free = snapshot({ announced, servingRateLimit: 0, block: 100 })
    expect(planServe(request({ port: 1 }), free)).toMatchObject({ ok: true, value: { action: 'send' } })
  })

  test.each([
    ['no port', { port: 0 }, 'bad-port'],
    ['half a port', { port: 80.5 }, 'bad-port'],
    ['too high a port', { port: 65_536 }, 'bad-port'],
    ['no address', { ip: undefined }, 'required'],
    ['an empty address', { ip: ' ' }, 'required'],
    ['a name', { ip: 'example.com' }, 'not-an-address'],
    ['a private address', { ip: '192.168.1.2' }, 'not-reachable'],
    ['a private address on test', { network: 'test', ip: '10.0.0.1' }, 'not-reachable'],
    ['loopback', { ip: '127.0.0.1' }, 'loopback'],
    ['loopback on a local chain', { network: 'local', ip: '127.0.0.1' }, 'loopback'],
    ['a documentation address', { ip: '203.0.113.1' }, 'not-reachable'],
    ['an outside address on practice', { network: 'practice', ip: '8.8.8.8' }, 'not-reachable'],
  ] as const)('refuses %s', (_why, change, reason) => {
    expect(planServe(request(change), snapshot())).toMatchObject({ error: { code: 'mining/bad-address', reason } })
  })

  test.each([
    ['practice', undefined, '127.0.0.1'],
    ['practice', '127.0.0.1', '127.0.0.1'],
    ['local', '192.168.1.2', '192.168.1.2'],
    ['custom', ' 8.8.8.8 ', '8.8.8.8'],
    ['finney', '2A01:4F8:0::1', '2a01:4f8::1'],
  ] as const)('on %s %s becomes %s', (network, text, value) =>
    expect(endpointAddress(network, text)).toEqual({ ok: true, value }),
  )

  test('what was just sent is kept: two starts never send twice', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 65_535 }), fc.nat(1_000), fc.nat(100), (port, block, servingRateLimit) => {
        const first = planServe(request({ port }), { block, servingRateLimit })
        if (!first.ok || first.value.action !== 'send') throw new Error('not sent')
        const again = planServe(request({ port }), {
          block,
          servingRateLimit,
          announced: { ...first.value.plan, block },
        })
        expect(again).toEqual({ ok: true, value: { action: 'keep', block } })
      }),
    )
  })
})

import { afterEach, describe, expect, test } from 'vitest'
import { type FakeRouterOptions, fakeRouter } from '../../test/support/fake-router.ts'
import { fakeStun } from '../../test/support/fake-stun.ts'
import { askStun } from './ask-stun.ts'
import { natPmpRouter } from './nat-pmp.ts'
import { upnpRouter } from './upnp.ts'

const HOST = '127.0.0.1'
const OUTSIDE = '8.8.4.4'
const never = new AbortController().signal
const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})
async function router(options: Omit<FakeRouterOptions, 'inside' | 'outside'>) {
  const one = await fakeRouter({ inside: HOST, outside: OUTSIDE, ...options })
  ends.push(() => one.close())
  return one
}
async function stun(options: Parameters<typeof fakeStun>[1] = {}) {
  const one = await fakeStun(HOST, options)
  ends.push(() => one.close())
  return one.server
}

describe('STUN servers', () => {
  test('say which address they see, also when the first packet is lost', async () => {
    const server = await stun({ deaf: 1 })
    expect(await askStun(server, 4, never)).toEqual({ server, address: HOST })
  })

  test('that cannot be asked have said nothing', async () => {
    expect(await askStun('no port', 4, never)).toEqual({ server: 'no port' })
    expect(await askStun('127.0.0.1:3478', 6, never)).toEqual({ server: '127.0.0.1:3478' })
    expect(await askStun(await stun(), 4, AbortSignal.abort())).not.toHaveProperty('address')
  })
})

describe('a router that speaks NAT-PMP', () => {
  test('tells its address, opens a port for an hour, and closes it', async () => {
    const fake = await router({ natPmp: { deaf: 1, outer: (port) => port + 1 } })
    const found = await natPmpRouter(HOST, never)
    expect(found).toMatchObject({ speaks: 'nat-pmp', gateway: HOST, outside: OUTSIDE })
    expect(await found?.open(8091, never)).toEqual({ ok: true, outer: 8092, seconds: 3600 })
    expect(fake.ports.get(8092)).toEqual({ inner: 8091, client: HOST, seconds: 3600 })
    expect(await found?.close(8091, never)).toBe(true)
    expect(fake.ports.size).toBe(0)
  })

  test.each([
    [2, 'not-allowed'],
    [4, 'no-room'],
  ])('refuses with %i: %s', async (refuses, why) => {
    await router({ natPmp: { refuses } })
    const found = await natPmpRouter(HOST, never)
    expect(await found?.open(8091, never)).toEqual({ ok: false, why })
  })
})

describe('a router that speaks UPnP', () => {
  test.each([1, 2] as const)('of version %i opens a port for an hour, and closes it', async (version) => {
    const fake = await router({ upnp: { version } })
    const found = await upnpRouter(fake.description, never)
    expect(found).toMatchObject({ speaks: 'upnp', gateway: HOST, outside: OUTSIDE })
    expect(await found?.open(8091, never)).toEqual({ ok: true, outer: 8091, seconds: 3600 })
    expect(fake.ports.get(8091)).toEqual({ inner: 8091, client: HOST, seconds: 3600 })
    expect(await found?.close(8091, never)).toBe(true)
    expect(fake.ports.size).toBe(0)
    expect(await found?.close(8091, never)).toBe(false)
  })

  test('that takes lasting openings only gets one, and it can be closed', async () => {
    const fake = await router({ upnp: { version: 1, lastingOnly: true } })
    const found = await upnpRouter(fake.description, never)
    expect(await found?.open(8091, never)).toEqual({ ok: true, outer: 8091, seconds: 0 })
    expect(await found?.close(8091, never)).toBe(true)
  })

  test.each([
    [606, 'not-allowed'],
    [718, 'taken'],
    [999, 'not-understood'],
  ])('refuses with %i: %s', async (refuses, why) => {
    const fake = await router({ upnp: { version: 1, refuses } })
    const found = await upnpRouter(fake.description, never)
    expect(await found?.open(8091, never)).toEqual({ ok: false, why })
  })

  test('that is gone, or describes something else, is none', async () => {
    const fake = await fakeRouter({ inside: HOST, outside: OUTSIDE, upnp: { version: 1 } })
    await fake.close()
    expect(await upnpRouter(fake.description, never)).toBeUndefined()
  })
})

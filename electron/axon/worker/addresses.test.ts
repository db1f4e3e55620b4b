import { get } from 'node:http'
import { networkInterfaces } from 'node:os'
import { afterEach, expect, test } from 'vitest'
import { CHAT_BODY, CHAT_PATH, signedHeaders } from '../../../test/support/axon-harness.ts'
import { type InsideAxon, startInside } from '../../../test/support/axon-inside.ts'

// Containers often have no IPv6 at all, not even to themselves.
const hasIpv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'))
if (!hasIpv6) process.stderr.write('SKIPPED: this computer has no ::1; answering on IPv6 is not checked\n')

let under: InsideAxon | undefined
afterEach(() => under?.axon.stop())

test.runIf(hasIpv6)('a server on an IPv6 address answers there', async () => {
  under = await startInside({ adapter: 'practice-chat', host: '::1' })
  expect(under.url).toBe(`http://[::1]:${under.port}`)
  const request = { method: 'POST', headers: signedHeaders(), body: CHAT_BODY }
  const answer = await fetch(`${under.url}${CHAT_PATH}`, request)
  expect(answer.status).toBe(200)
  expect(await answer.json()).toMatchObject({ choices: [{ message: { content: 'Hello there' } }] })
})

test.runIf(hasIpv6)(
  'a server for both kinds counts each IPv4 address by itself, and none of them as a part of IPv6',
  async () => {
    // One request, and no second for a quarter of an hour.
    const limits = { perAddressPerSecond: 0.001 }
    under = await startInside({ adapter: 'practice-chat', host: '::', limits })
    const { port } = under
    const statusFor = (host: string, localAddress: string) =>
      new Promise((resolve, reject) => {
        const options = { host, port, localAddress, path: '/healthz', agent: false }
        get(options, (answer) => resolve(answer.resume().statusCode)).on('error', reject)
      })
    expect(await statusFor('127.0.0.1', '127.0.0.1')).toBe(200)
    expect(await statusFor('127.0.0.1', '127.0.0.1')).toBe(429)
    expect(await statusFor('127.0.0.1', '127.0.0.2')).toBe(200)
    expect(await statusFor('::1', '::1')).toBe(200)
    expect(await statusFor('::1', '::1')).toBe(429)
  },
)

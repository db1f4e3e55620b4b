import { get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Downloads } from '../services/downloads.ts'
import { nodeRandom } from '../system/node-system.ts'
import { staticServer } from './static-server.ts'

let nowMs = 0
let downloads: Downloads
let address = ''
let close: () => Promise<void>

beforeEach(async () => {
  nowMs = 1_000
  downloads = new Downloads({
    clock: { nowMs: () => nowMs, after: () => () => undefined, every: () => () => undefined },
    random: nodeRandom,
  })
  downloads.serve()
  const server = staticServer('/nowhere', downloads)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})
afterEach(() => close())

const offer = (name: string, lines: readonly string[], fails = false): string =>
  downloads.offer({
    name,
    write: async (put) => {
      for (const line of lines) await put(line)
      if (fails) throw new Error('the disk is gone')
    },
  }) ?? ''

describe('the door for downloads', () => {
  test('gives a file once, under its name, never inside the page', async () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `${index},ä\r\n`)
    const path = offer('history "2026"/x.csv', lines)
    const answer = await fetch(address + path)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="history__2026__x.csv"')
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(await answer.text()).toBe(lines.join(''))
    expect((await fetch(address + path)).status).toBe(404)
  })

  test('knows no address that was not given, is a minute old, or was asked for by another site', async () => {
    const path = offer('a.csv', ['x'])
    expect((await fetch(`${address}/download/x`)).status).toBe(404)
    expect((await fetch(address + path, { headers: { origin: 'https://evil.example' } })).status).toBe(403)
    expect((await fetch(address + path, { method: 'HEAD' })).status).toBe(404)
    nowMs += 60_000
    expect((await fetch(address + path)).status).toBe(404)
  })

  test('cuts off a file that fails on its way, and says so where nothing was sent yet', async () => {
    const long = Array.from({ length: 20_000 }, () => 'a line\r\n')
    const cut = await fetch(address + offer('a.csv', long, true))
    await expect(cut.text()).rejects.toThrow()
    expect((await fetch(address + offer('a.csv', [], true))).status).toBe(500)
  })

  test('stops reading when the browser goes away, and waits while it does not take more', async () => {
    let put = 0
    const ended = new Promise<string>((resolve) => {
      const path = downloads.offer({
        name: 'endless.csv',
        write: async (more) => {
          try {
            for (; ; put += 1) await more('0123456789'.repeat(1_000))
          } catch (cause) {
            resolve(String(cause))
            throw cause
          }
        },
      })
      const request = get(address + path, (response) => {
        // Taken as far as the buffers of two sockets go, and then no further.
        response.pause()
        setTimeout(() => request.destroy(), 200)
      })
      request.on('error', () => undefined)
    })
    expect(await ended).toContain('went away')
    expect(put * 10_000).toBeLessThan(64 * 1024 * 1024)
  })

  test('a shell without such a door offers nothing', () => {
    const none = new Downloads({
      clock: { nowMs: () => 0, after: () => () => undefined, every: () => () => undefined },
      random: nodeRandom,
    })
    expect(none.offer({ name: 'a.csv', write: async () => undefined })).toBeUndefined()
  })
})

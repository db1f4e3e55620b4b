import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { alpha, netuid, ss58 } from '../../shared/units/amounts.ts'
import { metricsDoor } from './metrics-door.ts'
import { monitorRecords } from './monitor-records.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taoforge-monitor-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

interface Asked {
  readonly path?: string
  readonly method?: string
  readonly headers?: Record<string, string>
}
const ask = (port: number, { path = '/metrics', method = 'GET', headers = {} }: Asked = {}) =>
  new Promise<{ status: number; type: string | undefined; text: string }>((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
      })
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'], text }),
      )
    })
    asked.on('error', reject).end()
  })

describe('the door for Prometheus', () => {
  const door = metricsDoor()
  afterEach(() => door.close())
  const opened = async (text = () => 'a 1\n') => {
    const open = await door.open(0, text)
    if (!open.ok) throw new Error(open.error.code)
    return open.value.port
  }

  test('says the text of the moment, in the format that it names', async () => {
    let visits = 0
    const port = await opened(() => `visits ${++visits}\n`)
    expect(await ask(port)).toEqual({
      status: 200,
      type: 'text/plain; version=0.0.4; charset=utf-8',
      text: 'visits 1\n',
    })
    expect((await ask(port, { path: '/metrics?x=1' })).text).toBe('visits 2\n')
    expect(await ask(port, { method: 'HEAD' })).toMatchObject({ status: 200, text: '' })
  })

  test.each<[string, Asked, number]>([
    ['by another name, as a rebound one', { headers: { host: 'evil.example' } }, 403],
    ['by another name with its port', { headers: { host: 'evil.example:9464' } }, 403],
    ['by a page of another site', { headers: { origin: 'https://evil.example' } }, 403],
    ['for something else', { path: '/' }, 404],
    ['in another way', { method: 'POST' }, 405],
  ])('refuses who asks %s', async (_how, asked, status) => {
    const port = await opened()
    const answer = await ask(port, asked)
    expect(answer.status).toBe(status)
    expect(answer.text).not.toContain('a 1')
  })

  test.each(['localhost', '127.0.0.1:1', '[::1]:9464'])('answers by the name %s', async (host) => {
    expect(await ask(await opened(), { headers: { host } })).toMatchObject({ status: 200 })
  })

  test('says when the port is taken, and opens another one then', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    expect(await door.open(port, () => '')).toEqual({ ok: false, error: { code: 'mining/port-taken', port } })
    await new Promise((resolve) => other.close(resolve))
    expect(await door.open(port, () => '')).toEqual({ ok: true, value: { port } })
    await door.close()
    await expect(ask(port)).rejects.toThrow()
  })
})

describe('records', () => {
  const epoch = {
    genesis: '0xaa',
    netuid: netuid(2),
    hotkey: ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY'),
    uid: 3,
    epochBlock: 40,
    atMs: 7,
    incentive: 65_535,
    emission: alpha(12_345_678_901_234_567n),
  }

  test('come back as they were kept, and nobody else may read them', () => {
    const path = join(folder, 'monitor.json')
    const kept = { firstMs: 5, spans: [{ fromMs: 5, toMs: 9 }], epochs: [epoch] }
    expect(monitorRecords(path).save(kept)).toBe(true)
    expect(monitorRecords(path).load()).toEqual(kept)
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  test('a file that is broken, or none, is nothing, and what cannot be kept is said', () => {
    const path = join(folder, 'monitor.json')
    expect(monitorRecords(path).load()).toEqual({ spans: [], epochs: [] })
    writeFileSync(path, '{"version":1,"spans":[')
    expect(monitorRecords(path).load()).toEqual({ spans: [], epochs: [] })
    expect(readFileSync(path, 'utf8')).toContain('spans')
    expect(monitorRecords(join(path, 'below')).save({ spans: [], epochs: [] })).toBe(false)
  })
})

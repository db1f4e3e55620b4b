import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { ok } from '../../shared/result.ts'
import { socketAsker } from '../cli/socket-asker.ts'
import type { Router } from '../host/router.ts'
import { type HostFile, runningHost, writeHostFile } from './host-file.ts'
import { openTerminalDoor } from './terminal-door.ts'
import { SUB_PROTOCOL } from './ws-transport.ts'

const router: Router = {
  call: async (name, raw) => ok({ name, raw }),
  subscribe: (_asked, emit) => {
    emit('first')
    return ok(null)
  },
}
let folder = ''
let close: () => Promise<void>
let facts: HostFile
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'taoforge-door-'))
  close = await openTerminalDoor(router, folder)
  facts = JSON.parse(readFileSync(join(folder, 'host.json'), 'utf8'))
})
afterEach(async () => {
  await close()
  rmSync(folder, { recursive: true, force: true })
})

/** @returns the status that an upgrade is refused with, or `open` */
const upgrade = (token: string, headers: Record<string, string> = {}): Promise<string | number> =>
  new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${facts.port}/ws`, [SUB_PROTOCOL, token], { headers })
    socket.on('open', () => {
      socket.terminate()
      resolve('open')
    })
    socket.on('unexpected-response', (request, response) => {
      request.destroy()
      resolve(response.statusCode ?? 0)
    })
    socket.on('error', () => undefined)
  })

test('a terminal finds it by its file, which only its owner can read', async () => {
  expect(await runningHost(folder)).toEqual(facts)
  expect(facts.pid).toBe(process.pid)
  if (process.platform !== 'win32') expect(statSync(join(folder, 'host.json')).mode & 0o777).toBe(0o600)
  const asker = await socketAsker(facts)
  expect(await asker.call('app.info', { a: 1 })).toEqual({ ok: true, value: { name: 'app.info', raw: { a: 1 } } })
  await asker.close()
})

test.each(['/', '/index.html', '/host.json', '/ws'])('serves no page: %s', async (path) => {
  const response = await fetch(`http://127.0.0.1:${facts.port}${path}`)
  expect(response.status).toBe(404)
  expect(await response.text()).toBe('')
})

test('lets nobody in without the token, and no browser even with it', async () => {
  expect(await upgrade(facts.token)).toBe('open')
  expect(await upgrade('wrong')).toBe(401)
  expect(await upgrade(facts.token, { origin: `http://127.0.0.1:${facts.port}` })).toBe(403)
  expect(await upgrade(facts.token, { origin: 'https://example.org' })).toBe(403)
  expect(await upgrade(facts.token, { host: 'example.org' })).toBe(403)
})

test('what a killed host left behind counts as none; closing takes the file away', async () => {
  await close()
  expect(await runningHost(folder)).toBeUndefined()
  writeHostFile(folder, facts)
  expect(await runningHost(folder)).toBeUndefined()
  close = async () => undefined
})

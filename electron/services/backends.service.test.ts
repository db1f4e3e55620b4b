import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { MOST_BACKENDS } from '../../shared/backends/backend.ts'
import { backendsContract } from '../../shared/contract/backends.contract.ts'
import { DEFAULT_SETTINGS, type Settings } from '../../shared/settings/settings.ts'
import { endServers, startServer } from '../../test/support/openai-servers.ts'
import { BackendsPool } from '../backends/backends-pool.ts'
import { backendKeyFile } from '../backends/key-file.ts'
import { settingsFromText } from '../storage/records.ts'
import { nodeClock, nodeRandom } from '../system/node-system.ts'
import { BackendsService } from './backends.service.ts'

const KEY = 'sk-very-secret-0123456789'
const never = new AbortController().signal
let folder: string
let file: string
let settings: Settings
let pool: BackendsPool
const logged: unknown[] = []

function service(): BackendsService {
  pool = new BackendsPool({ clock: nodeClock, log: { log: (...line) => void logged.push(line) } })
  return new BackendsService({
    backends: pool,
    backendKeys: backendKeyFile(file),
    random: nodeRandom,
    settings: {
      get: () => settings,
      // As it comes back from the disk.
      remember: (change) => {
        settings = settingsFromText(JSON.stringify({ ...settings, ...change }))
        return settings
      },
    },
  })
}
const WISH = { name: 'gpu-1', model: 'tiny', serves: 'text', places: 2, enabled: true } as const
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taoforge-backends-'))
  file = join(folder, 'backend-keys.json')
  settings = DEFAULT_SETTINGS
})
afterEach(() => {
  pool.close()
  rmSync(folder, { recursive: true })
})
afterAll(endServers)

test('a key is in a file for its owner alone: in no answer, no setting, no log; the server gets it', async () => {
  const server = await startServer({ model: 'tiny', places: 1, paceMs: 1, key: KEY })
  const backends = service()
  const added = backends.add({ ...WISH, url: `http://127.0.0.1:${server.port}`, apiKey: KEY })
  expect(added).toMatchObject({ ok: true, value: { hasKey: true, readableBy: 'nobody', state: 'unasked' } })
  if (!added.ok) throw new Error('not added')
  expect(await backends.test(added.value.id, never)).toMatchObject({ ok: true, value: { models: ['tiny'] } })
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readFileSync(file, 'utf8')).toContain(KEY)
  const shown = z.encode(backendsContract['backends.watch'].output, backends.list())
  expect(JSON.stringify([shown, settings, logged])).not.toContain(KEY)

  // After a restart of the program it is still there.
  pool.close()
  const again = service()
  expect(again.list()).toMatchObject([{ name: 'gpu-1', hasKey: true }])
  expect((await again.test(added.value.id, never)).ok).toBe(true)
  expect(again.remove(added.value.id)).toEqual({ ok: true, value: null })
  expect(readFileSync(file, 'utf8')).not.toContain(KEY)
  expect(again.remove(added.value.id)).toMatchObject({ error: { code: 'backend/unknown' } })
})

test('a key does not go to another address than it was given for, and a warning that was accepted does not either', () => {
  const backends = service()
  const added = backends.add({ ...WISH, url: 'http://gpu.example.org:8000', plainAccepted: true, apiKey: KEY })
  if (!added.ok) throw new Error('not added')
  const { id } = added.value
  expect(added.value).toMatchObject({ hasKey: true, readableBy: 'anybody' })
  expect(backends.change({ id, url: 'http://other.example.org:8000' })).toEqual({
    ok: false,
    error: { code: 'backend/bad-address', problem: 'not-encrypted' },
  })
  expect(backends.list()).toMatchObject([{ url: 'http://gpu.example.org:8000', hasKey: true }])
  expect(backends.change({ id, url: 'https://other.example.org' })).toMatchObject({
    value: { hasKey: false, plainAccepted: false, readableBy: 'nobody' },
  })
  expect(backends.change({ id, url: 'http://10.0.0.7:8000', apiKey: KEY })).toMatchObject({
    value: { hasKey: true, readableBy: 'own-network' },
  })
  expect(backends.change({ id, forgetKey: true, places: 9 })).toMatchObject({ value: { hasKey: false, places: 9 } })
  expect(backends.change({ id: 'x' })).toMatchObject({ error: { code: 'backend/unknown' } })
})

test('the list has an end, and bad addresses no place in it', () => {
  const backends = service()
  expect(backends.add({ ...WISH, url: 'http://me:pass@10.0.0.1' })).toMatchObject({
    error: { code: 'backend/bad-address', problem: 'credentials' },
  })
  for (let i = 0; i < MOST_BACKENDS; i++) expect(backends.add({ ...WISH, url: `http://10.0.0.${i + 1}` }).ok).toBe(true)
  expect(backends.add({ ...WISH, url: 'http://10.0.0.99' })).toMatchObject({ error: { code: 'backend/too-many' } })
})

test.each([
  ['a key with a line end', { apiKey: 'a\r\nhost: x' }],
  ['a key with a space', { apiKey: 'a b' }],
  ['no places', { places: 0 }],
  ['a name of two lines', { name: 'a\nb' }],
  ['an empty model', { model: ' ' }],
])('the door refuses %s', (_what, change) => {
  const { input } = backendsContract['backends.add']
  expect(input.safeParse({ ...WISH, url: 'http://10.0.0.1' }).success).toBe(true)
  expect(input.safeParse({ ...WISH, url: 'http://10.0.0.1', ...change }).success).toBe(false)
})

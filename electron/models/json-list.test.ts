import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { describeFile } from './imported.ts'
import { jsonList } from './json-list.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taoforge-list-'))
  file = join(folder, 'list.json')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const item = z.object({ id: z.string(), path: z.string() })
const one = { id: 'a', path: '/a' }
const kept = () => JSON.parse(readFileSync(file, 'utf8')).models

test('one that does not fit is left out, and the others stay', async () => {
  writeFileSync(file, JSON.stringify({ version: 1, models: [one, { id: 7 }, { id: 'c', path: '/c' }] }))
  const list = jsonList(file, item)
  expect((await list.all()).map(({ id }) => id)).toEqual(['a', 'c'])
  expect(await list.change((now) => [...now, { id: 'd', path: '/d' }])).toEqual({ ok: true, value: undefined })
  expect(kept().map(({ id }: { id: string }) => id)).toEqual(['a', 'c', 'd'])
})

test('what cannot be read is not written over', async () => {
  // A folder in its place cannot be read by anybody, whoever runs this.
  mkdirSync(file)
  const list = jsonList(file, item)
  expect(await list.all()).toEqual([])
  let made = false
  const changed = await list.change((now) => {
    made = true
    return [...now, one]
  })
  expect([changed, made]).toEqual([{ ok: false, error: expect.objectContaining({ code: 'storage/broken' }) }, false])
  rmSync(file, { recursive: true })
  expect(await list.change((now) => [...now, one])).toMatchObject({ ok: true })
  expect(kept()).toEqual([one])
})

test.skipIf(process.platform === 'win32')('a pipe is no model, and nobody waits for it', async () => {
  const pipe = join(folder, 'model.gguf')
  execFileSync('mkfifo', [pipe])
  chmodSync(pipe, 0o600)
  expect(await describeFile(pipe)).toEqual({
    ok: false,
    error: { code: 'model/broken', file: pipe, reason: 'this is not a file' },
  })
})

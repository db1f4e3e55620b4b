import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lockFolder } from './folder-lock.ts'
import { sqliteStorage } from './sqlite-storage.ts'

const inUse = expect.objectContaining({ kind: 'in-use' })
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taoforge-lock-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Another process that holds the folder until it is killed. */
async function holder(): Promise<ChildProcess> {
  const script = `
    const { lockFolder } = await import(process.argv[1])
    // Held by a name: what nothing holds is collected, and lets go of the lock.
    globalThis.unlock = lockFolder(process.argv[2])
    process.stdout.write('held')
    setInterval(() => undefined, 1000)`
  const url = new URL('folder-lock.ts', import.meta.url).href
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, url, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  return child
}

test('one host has the folder; when it closes, the next may', () => {
  const first = sqliteStorage(folder)
  expect(() => sqliteStorage(folder)).toThrow(inUse)
  first.close()
  sqliteStorage(folder).close()
})

test('another process is kept out too, and a killed one leaves nothing behind', async () => {
  const child = await holder()
  expect(() => lockFolder(folder)).toThrow(inUse)
  expect(() => sqliteStorage(folder)).toThrow(inUse)
  child.kill('SIGKILL')
  await once(child, 'exit')
  lockFolder(folder)()
})

test('a folder whose database cannot be opened is free again', async () => {
  const broken = () => sqliteStorage(folder, ['nonsense;'])
  expect(broken).toThrow(expect.objectContaining({ kind: 'broken' }))
  expect(broken).toThrow(expect.objectContaining({ kind: 'broken' }))
})

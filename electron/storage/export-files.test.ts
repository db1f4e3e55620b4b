import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { exportFiles } from './export-files.ts'
import { StorageFailure } from './storage.port.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taoforge-exports-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a file has its name when it is whole, and only its owner may read it', async () => {
  const file = await exportFiles(join(folder, 'exports')).begin('a.csv')
  const long = 'ä,1\r\n'.repeat(50_000)
  await file.write('head\r\n')
  await file.write(long)
  expect(readdirSync(join(folder, 'exports'))).toEqual(['a.csv.part'])
  const { path, bytes } = await file.finish()
  expect(readFileSync(path, 'utf8')).toBe(`head\r\n${long}`)
  expect(statSync(path).size).toBe(bytes)
  expect(statSync(path).mode & 0o077).toBe(0)
  expect(readdirSync(join(folder, 'exports'))).toEqual(['a.csv'])
})

test('one that was given up leaves nothing', async () => {
  const file = await exportFiles(folder).begin('a.csv')
  await file.write('x')
  await file.discard()
  expect(readdirSync(folder)).toEqual([])
})

test('a place that cannot be written is a failure of storage', async () => {
  mkdirSync(join(folder, 'a.csv.part'))
  await expect(exportFiles(folder).begin('a.csv')).rejects.toBeInstanceOf(StorageFailure)
})

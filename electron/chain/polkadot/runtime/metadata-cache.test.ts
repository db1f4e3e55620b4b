import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { MetadataCache } from './metadata-cache.ts'

const id = { genesis: `0x${'ab'.repeat(32)}`, specVersion: 475 }
const bytes = (size: number, fill = 7) => new Uint8Array(size).fill(fill)
let root = ''
let folder = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'taoforge-metadata-'))
  folder = join(root, 'metadata')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

test('what was stored is there for the same chain and version, and for no other', async () => {
  const cache = new MetadataCache(folder)
  expect(await cache.load(id)).toBe(undefined)
  await cache.store(id, bytes(100))
  expect(await new MetadataCache(folder).load(id)).toEqual(bytes(100))
  expect(await cache.load({ ...id, specVersion: 476 })).toBe(undefined)
  expect(await cache.load({ ...id, genesis: `0x${'cd'.repeat(32)}` })).toBe(undefined)
  // Nothing half-written is left beside it.
  expect(readdirSync(folder)).toHaveLength(1)
})

test('damaged content is thrown away', async () => {
  const cache = new MetadataCache(folder)
  await cache.store(id, bytes(100))
  const path = join(folder, readdirSync(folder)[0] ?? '')
  const content = readFileSync(path)
  content[50] = 0
  writeFileSync(path, content)
  expect(await cache.load(id)).toBe(undefined)
  expect(readdirSync(folder)).toEqual([])
  await cache.store(id, bytes(100))
  writeFileSync(path, content.subarray(0, 20))
  expect(await cache.load(id)).toBe(undefined)
})

test('one content for each runtime, and a folder that does not grow without end', async () => {
  const cache = new MetadataCache(folder)
  await cache.store(id, bytes(100, 1))
  await cache.store(id, bytes(100, 2))
  expect(await cache.load(id)).toEqual(bytes(100, 2))
  expect(readdirSync(folder)).toHaveLength(1)
  for (let spec = 1; spec <= 5; spec++) await cache.store({ ...id, specVersion: spec }, bytes(4_000_000, spec))
  expect(readdirSync(folder).length).toBeLessThan(6)
  expect(await cache.load({ ...id, specVersion: 5 })).toEqual(bytes(4_000_000, 5))
  await cache.store(id, bytes(9 * 1_048_576))
  // The oldest had to go, and what is too large for metadata does not come in its place.
  expect(await cache.load(id)).toBe(undefined)
})

test('without a folder, or where none can be made, it is only empty', async () => {
  await new MetadataCache(undefined).store(id, bytes(10))
  expect(await new MetadataCache(undefined).load(id)).toBe(undefined)
  mkdirSync(root, { recursive: true })
  writeFileSync(folder, 'a file')
  await new MetadataCache(folder).store(id, bytes(10))
  expect(await new MetadataCache(folder).load(id)).toBe(undefined)
})

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { rulesFile } from './rules-file.ts'
import { StorageFailure } from './storage.port.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taoforge-rules-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('what is kept aside is kept whole, beside what was kept before it', () => {
  const path = join(folder, 'price-rules.json')
  const file = rulesFile(path)
  expect([file.read(), file.aside()]).toEqual([undefined, []])
  file.write('first')
  file.keepAside()
  file.write('second')
  file.keepAside()
  file.write('[]')
  expect(file.aside()).toEqual([`${path}.unreadable`, `${path}.unreadable-2`])
  expect(file.aside().map((one) => readFileSync(one, 'utf8'))).toEqual(['first', 'second'])
  expect(file.read()).toBe('[]')
  rmSync(`${path}.unreadable`)
  expect(rulesFile(path).aside()).toEqual([`${path}.unreadable-2`])
})

test('what is there and cannot be read is not taken for nothing', () => {
  const path = join(folder, 'price-rules.json')
  mkdirSync(path)
  expect(() => rulesFile(path).read()).toThrow(StorageFailure)
  writeFileSync(join(folder, 'other'), '')
  expect(rulesFile(path).aside()).toEqual([])
})

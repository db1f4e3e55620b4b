import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder } from './make-folder.ts'

test('makes what is missing, for its owner only, and takes what is there', () => {
  const base = mkdtempSync(join(tmpdir(), 'taoforge-folder-'))
  try {
    makeFolder(join(base, 'a', 'b', 'c'))
    makeFolder(join(base, 'a', 'b'))
    for (const folder of [join(base, 'a'), join(base, 'a', 'b', 'c')]) {
      expect(statSync(folder).isDirectory()).toBe(true)
      if (process.platform !== 'win32') expect(statSync(folder).mode & 0o777).toBe(0o700)
    }
  } finally {
    rmSync(base, { recursive: true, force: true })
  }
})

test.each(['/proc/nope', '/proc/nope/deeper/still'])('%s cannot be made, and that is said', (path) => {
  expect(() => makeFolder(path)).toThrow(/ENOENT|EACCES|EPERM|EROFS/)
})

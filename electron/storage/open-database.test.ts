import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { first } from './migrations/0001-first.ts'
import { openDatabase } from './open-database.ts'
import { sqliteStorage } from './sqlite-storage.ts'

const CHILD = fileURLToPath(new URL('full-disk.test.child.ts', import.meta.url))
const FIRST = 'create table notes (id integer primary key, body text not null) strict;'
const SECOND = 'alter table notes add column title text; update notes set title = body;'

let folder = ''
let file = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taoforge-db-'))
  file = join(folder, 'taoforge.sqlite')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A file of the first version with one note in it. */
function old(): void {
  const db = openDatabase(file, [FIRST])
  db.prepare('insert into notes (body) values (?)').run('kept')
  db.close()
}
const notesIn = (path: string): unknown[] => {
  const db = new Database(path, { readonly: true })
  const rows = db.prepare('select * from notes').all()
  db.close()
  return rows
}

describe('a newer version', () => {
  test('brings the file up to date and keeps a whole copy of what was there', () => {
    old()
    openDatabase(file, [FIRST, SECOND]).close()
    expect(notesIn(file)).toEqual([{ id: 1, body: 'kept', title: 'kept' }])
    expect(notesIn(`${file}.schema-1`)).toEqual([{ id: 1, body: 'kept' }])
    expect(readdirSync(folder).filter((name) => name.endsWith('.new'))).toEqual([])
  })

  test('that fails leaves the file at its version, and the copy beside it', () => {
    old()
    expect(() => openDatabase(file, [FIRST, SECOND, 'nonsense;'])).toThrow(expect.objectContaining({ kind: 'broken' }))
    expect(notesIn(file)).toEqual([{ id: 1, body: 'kept' }])
    expect(notesIn(`${file}.schema-1`)).toEqual([{ id: 1, body: 'kept' }])
    const db = openDatabase(file, [FIRST, SECOND])
    expect(db.pragma('user_version', { simple: true })).toBe(2)
    db.close()
  })

  test('makes no copy of a file that is new or up to date', () => {
    openDatabase(file, [FIRST, SECOND]).close()
    openDatabase(file, [FIRST, SECOND]).close()
    expect(readdirSync(folder)).toEqual(['taoforge.sqlite'])
  })

  test('of the app itself brings a file of its first version up to date', () => {
    openDatabase(file, [first]).close()
    const storage = sqliteStorage(folder)
    expect(storage.transactions('0x01', 1)).toEqual([])
    storage.close()
    expect(existsSync(`${file}.schema-1`)).toBe(true)
  })
})

describe('a broken file', () => {
  test.each([
    ['with a damaged page', (bytes: Buffer) => bytes.fill(0xa5, 8_192, 8_400)],
    ['that was cut off', (bytes: Buffer) => bytes.subarray(0, 9_000)],
  ])('%s is refused at the start and left as it is', (_what, harm) => {
    const db = openDatabase(file, [FIRST])
    const insert = db.prepare('insert into notes (body) values (?)')
    for (let i = 0; i < 50; i++) insert.run('x'.repeat(500))
    db.close()
    const harmed = Buffer.from(harm(readFileSync(file)))
    writeFileSync(file, harmed)
    expect(() => openDatabase(file, [FIRST, SECOND])).toThrow(expect.objectContaining({ kind: 'broken', path: file }))
    expect(readFileSync(file).equals(harmed)).toBe(true)
  })
})

/** A disk of 1.5 MiB with something on it that can be deleted; where mounting is refused, a limit on the size of files. */
function onFullDisk(): { kind: string; wrote: number; readable: number; again: string; kept: number } {
  const inner =
    'mount -t tmpfs -o size=1500k none "$1" && head -c 200000 /dev/zero > "$1/ballast" && exec "$2" "$3" "$1"'
  const given = ['sh', folder, process.execPath, CHILD]
  const mounting = ['-c', `exec unshare -rm sh -c '${inner}' "$0" "$@"`, ...given]
  const mounted = spawnSync('sh', mounting, { encoding: 'utf8' })
  if (mounted.status === 0) return JSON.parse(mounted.stdout)
  const limited = spawnSync('sh', ['-c', 'ulimit -f 2000; exec "$2" "$3" "$1"', ...given], { encoding: 'utf8' })
  if (limited.status !== 0) throw new Error(limited.stderr)
  return JSON.parse(limited.stdout)
}

test('a full disk is named; what was written before stays, and can be read meanwhile', () => {
  const { kind, wrote, readable, again, kept } = onFullDisk()
  expect(kind).toBe('disk-full')
  expect(wrote).toBeGreaterThan(10)
  expect(readable).toBe(wrote)
  expect(kept).toBe(again === 'written' ? wrote + 1 : wrote)
})

test('a limit on the size of files is a full disk too', () => {
  const { status, stdout } = spawnSync(
    'sh',
    ['-c', 'ulimit -f 2000; exec "$1" "$2" "$3"', 'sh', process.execPath, CHILD, folder],
    { encoding: 'utf8' },
  )
  expect(status).toBe(0)
  const { kind, wrote, readable, kept } = JSON.parse(stdout)
  expect(kind).toBe('disk-full')
  expect(wrote).toBeGreaterThan(10)
  expect([readable, kept]).toEqual([wrote, wrote])
})

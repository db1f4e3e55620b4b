import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fileLog } from './log-file.ts'
import { LogFollower } from './log-reader.ts'

let folder = ''
let path = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taoforge-log-'))
  path = join(folder, 'logs', 'taoforge.log')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const SMALL = { fileBytes: 1_000, files: 3 }
const all = async (log: ReturnType<typeof fileLog>) => (await log.read({}, 1_000)).lines
const numbersOf = async (log: ReturnType<typeof fileLog>) => (await all(log)).map(({ facts }) => facts['n'])
const fill = (log: ReturnType<typeof fileLog>, from: number, to: number) => {
  for (let n = from; n < to; n += 1) log.log('info', 'a.line', { n })
}

describe('lines', () => {
  test('are JSON with time, level, event and facts; nobody else may read them', async () => {
    const log = fileLog(path)
    log.log('warn', 'chain.lost', { endpoint: 'wss://x', times: 2, absent: undefined })
    const [line] = readFileSync(path, 'utf8').split('\n')
    expect(JSON.parse(line ?? '')).toEqual({
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      level: 'warn',
      event: 'chain.lost',
      facts: { endpoint: 'wss://x', times: 2 },
    })
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(statSync(join(folder, 'logs')).mode & 0o777).toBe(0o700)
    expect(log.counts()).toEqual({ debug: 0, info: 0, warn: 1, error: 0 })
  })

  test('hold no secret on disk, in whatever fact it was handed over', () => {
    const log = fileLog(path)
    const words = 'bottom drive obey lake curtain smoke basket hold race lonely fit walk'
    const seed = 'e5be9a5092b81bca64be81d212e7f2f9eba183bb7a90954f7b76361f6edb5c0a'
    log.log('error', 'internal', { reason: `Error: ${words}\n at x (${seed})`, password: 'hunter2' })
    log.log('warn', 'axon.line', { line: 'Authorization: Bearer abc.def {"content":"my question"}' })
    const written = readFileSync(path, 'utf8')
    for (const secret of ['curtain', seed.slice(0, 16), 'hunter2', 'abc.def', 'my question'])
      expect(written).not.toContain(secret)
    expect(written).toContain('internal')
  })

  test('are found by level and by event, the last ones first counted', async () => {
    const log = fileLog(path)
    log.log('info', 'chain.a')
    log.log('warn', 'chain.b')
    log.log('error', 'llm.c')
    const events = async (filter: Parameters<typeof log.read>[0], limit = 10) =>
      (await log.read(filter, limit)).lines.map(({ event }) => event)
    expect(await events({})).toEqual(['chain.a', 'chain.b', 'llm.c'])
    expect(await events({ level: 'warn' })).toEqual(['chain.b', 'llm.c'])
    expect(await events({ event: 'chain.' })).toEqual(['chain.a', 'chain.b'])
    expect(await events({}, 1)).toEqual(['llm.c'])
  })
})

describe('putting aside', () => {
  test('keeps the newest lines, no file over its bound, no file too many', async () => {
    const log = fileLog(path, SMALL)
    fill(log, 0, 100)
    const names = readdirSync(join(folder, 'logs')).sort()
    expect(names).toEqual(['taoforge.log', 'taoforge.log.1', 'taoforge.log.2'])
    for (const name of names) {
      const { size, mode } = statSync(join(folder, 'logs', name))
      expect(size).toBeLessThanOrEqual(SMALL.fileBytes)
      expect(mode & 0o777).toBe(0o600)
    }
    const numbers = (await numbersOf(log)) as number[]
    expect(numbers.at(-1)).toBe(99)
    expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, at) => 100 - numbers.length + at))
  })

  test.each([0, 1, 2])('goes on where a kill left it after %i renames', async (renames) => {
    fill(fileLog(path, SMALL), 0, 30)
    // As the code does it: from the oldest to the newest; the file in use goes last and is not there until it is opened.
    const steps = [
      [`${path}.1`, `${path}.2`],
      [path, `${path}.1`],
    ] as const
    for (const [from, to] of steps.slice(0, renames)) renameSync(from, to)
    const before = (await numbersOf(fileLog(path, SMALL))).length
    const log = fileLog(path, SMALL)
    fill(log, 30, 33)
    const numbers = await numbersOf(log)
    expect(numbers.slice(-3)).toEqual([30, 31, 32])
    expect(before).toBeGreaterThan(0)
    expect(numbers).toEqual([...numbers].sort((a, b) => Number(a) - Number(b)))
  })

  test('a line that a kill cut spoils no other', async () => {
    const first = fileLog(path)
    fill(first, 0, 2)
    writeFileSync(path, `${readFileSync(path, 'utf8')}{"time":"2026`)
    const log = fileLog(path)
    fill(log, 2, 4)
    expect(await numbersOf(log)).toEqual([0, 1, 2, 3])
  })
})

test('a log that cannot be written stops nobody, and says so later', async () => {
  const log = fileLog(path)
  writeFileSync(join(folder, 'logs'), 'a file where the folder belongs')
  expect(() => fill(log, 0, 3)).not.toThrow()
  expect(log.lost()).toBe(3)
  rmSync(join(folder, 'logs'))
  fill(log, 3, 4)
  const lines = await all(log)
  expect(lines.map(({ event }) => event)).toEqual(['log.lost', 'a.line'])
  expect(lines[0]?.facts).toEqual({ lines: 3 })
})

test('a log that others may read is closed to them again', () => {
  fill(fileLog(path), 0, 1)
  chmodSync(path, 0o644)
  fill(fileLog(path), 1, 2)
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

test('following goes on over a file that was put aside', async () => {
  const log = fileLog(path, SMALL)
  fill(log, 0, 3)
  const follower = new LogFollower(path, `${path}.1`)
  expect(await follower.next({})).toEqual([])
  const seen: unknown[] = []
  for (let n = 3; n < 40; n += 1) {
    fill(log, n, n + 1)
    seen.push(...(await follower.next({})).map(({ facts }) => facts['n']))
  }
  expect(seen).toEqual(Array.from({ length: 37 }, (_, at) => at + 3))
  expect(existsSync(`${path}.1`)).toBe(true)
})

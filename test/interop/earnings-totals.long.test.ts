import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type EarningsRun, earningsRun } from '../support/earnings-run.ts'
import { readCsv } from '../support/read-csv.ts'
import { officialTools } from './python.ts'

const run = promisify(execFile)
const tools = officialTools()
if (!tools.found)
  process.stderr.write(
    `\n*** INTEROP NOT CHECKED: ${tools.reason}. Nothing compares the sums of the epochs with the chain's own. ***\n\n`,
  )

interface Totals {
  readonly lines: number
  readonly status: Readonly<Record<string, number>>
  readonly kinds: Readonly<Record<string, string>>
  readonly elsewhere: string
  readonly fee_tao: string
  readonly worth: string
  readonly wrong: readonly { readonly what: string }[]
}

/** Two hours of blocks in minutes: what the file of a whole host says, and what the chain says. */
describe('the epochs of a compressed run', { timeout: 400_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'sdk-metadata-'))
  let played: EarningsRun
  let lines: readonly Readonly<Record<string, string>>[]
  beforeAll(async () => {
    played = await earningsRun()
    const [head = [], ...rows] = readCsv(readFileSync(played.csv, 'utf8'))
    lines = rows.map((cells) => Object.fromEntries(head.map((name, at) => [name, cells[at] ?? ''])))
  }, 900_000)
  afterAll(async () => {
    await played?.close()
    rmSync(folder, { recursive: true, force: true })
  }, 60_000)

  const totalsOf = async (...files: readonly string[]): Promise<readonly Totals[]> => {
    if (!tools.found) throw new Error(tools.reason)
    const script = fileURLToPath(new URL('earnings_totals.py', import.meta.url))
    // The SDK keeps metadata by genesis and spec version; what it kept of another build would be read as this one's.
    const env = { ...process.env, BITTENSOR_RUNTIME_CACHE_DIR: folder }
    const options = { env, timeout: 300_000, maxBuffer: 1 << 26 }
    const { stdout } = await run(tools.python, [script, played.endpoint, 'events', ...files], options).catch(
      (failed) => {
        if (typeof failed.stdout === 'string' && failed.stdout !== '') return failed as { stdout: string }
        throw failed
      },
    )
    return stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Totals)
  }

  it('has no red line, no gap, and every kind of income', () => {
    const status = (wanted: string) => lines.filter((line) => line['status'] === wanted)
    process.stdout.write(
      `${JSON.stringify({ lines: lines.length, moves: played.moves, dropped: played.dropped, restarts: played.restarts })}\n`,
    )
    expect(status('red')).toEqual([])
    expect(lines.filter(({ line }) => line === 'gap')).toEqual([])
    expect(status('not-looked-at')).toEqual([])
    expect(lines.length).toBeGreaterThan(150)
    for (const kind of ['mined', 'validated', 'staked', 'root', 'owner_cut', 'elsewhere'])
      expect(
        lines.some((line) => BigInt(line[`${kind}_rao`] ?? 0) > 0n),
        kind,
      ).toBe(true)
  })

  it('tells of the miner that died, the one that came again, and the one whose pay went elsewhere', () => {
    const of = (wallet: string) => lines.filter((line) => line['wallet'] === wallet)
    const mined = (wallet: string) => of(wallet).map((line) => BigInt(line['mined_rao'] ?? 0))
    const [dying, again] = [mined('dying'), mined('again')]
    expect(dying.some((amount) => amount > 0n)).toBe(true)
    expect(dying.at(-1)).toBe(0n)
    const paid = again.map((amount) => amount > 0n)
    const lost = paid.indexOf(false, paid.indexOf(true))
    expect(paid.indexOf(true)).toBeGreaterThanOrEqual(0)
    expect(paid.indexOf(true, lost)).toBeGreaterThan(lost)
    const sent = of('elsewhere').filter((line) => BigInt(line['elsewhere_rao'] ?? 0) > 0n)
    expect(sent.length).toBeGreaterThan(2)
  })

  it.skipIf(!tools.found)(
    tools.found ? `agrees with the chain to the last unit, by SDK ${tools.version}` : `SKIPPED: ${tools.reason}`,
    async () => {
      const [totals] = await totalsOf(played.csv)
      expect(totals?.wrong).toEqual([])
      expect(totals?.lines).toBe(lines.length)
      expect(BigInt(totals?.fee_tao ?? 0)).toBeGreaterThan(0n)
      expect(BigInt(totals?.worth ?? 0)).toBeGreaterThan(0n)
    },
  )

  it.skipIf(!tools.found)('cannot be changed in any column of a line without being found out', async () => {
    const [head = '', ...rest] = readFileSync(played.csv, 'utf8').split('\r\n')
    const names = head.replace('\uFEFF', '').split(',')
    // A late line of somebody who moves stake: it has one before it, and amounts in most columns.
    const at = rest.findLastIndex((line) => line.includes(',trader,'))
    const cells = rest[at]?.split(',') ?? []
    const files = names.map((name, column) => {
      const file = join(folder, `${name}.csv`)
      const changed = cells.with(column, otherThan(name, cells[column] ?? '', rest[0]?.split(',')[column] ?? ''))
      writeFileSync(file, [head, ...rest.with(at, changed.join(','))].join('\r\n'))
      return file
    })
    const found = await totalsOf(...files)
    expect(names.length).toBeGreaterThan(50)
    const notFound = names.filter((_, column) => (found[column]?.wrong ?? []).length === 0)
    expect(notFound).toEqual([])
  })
})

/** Another value that the column may well have. @param first that of the first line */
function otherThan(name: string, value: string, first: string): string {
  const words: Readonly<Record<string, string>> = {
    line: 'gap',
    time_utc: '2026-01-01 00:00:00',
    status: 'red',
    cause: 'dust',
    source: 'archive',
    after_gap: 'yes',
  }
  const word = words[name]
  if (word !== undefined) return word
  if (name === 'time_ms') return String(Number(value) + 60_000)
  if (name.endsWith('_rao')) return String(BigInt(value) + 1n)
  if (name === 'coldkey' || name === 'hotkey' || name === 'wallet' || name === 'subnet')
    return first === value ? `${value}x` : first
  if (name === 'elsewhere_hotkey') return '5HeMis34dUyftKEb24vF5xE2J7QpvhzqXaMWn6kfs2K2fLFW'
  // One more, or of a decimal in its last place.
  return value === '' ? '7' : value.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10))
}

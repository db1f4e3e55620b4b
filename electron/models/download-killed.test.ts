import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { RangeServer } from '../../test/support/range-server.ts'
import type { Download } from './download.ts'
import { partBytes } from './part-file.ts'

const CHILD = fileURLToPath(new URL('download.test.child.ts', import.meta.url))
const SIZE = 24_000_000
const bytes = randomBytes(SIZE)
const folder = mkdtempSync(join(tmpdir(), 'taoforge-killed-'))
const server = new RangeServer(bytes)
let base = ''
beforeAll(async () => {
  base = await server.start()
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true })
})

/** Runs a download and kills it after a while. @returns whether it ended by itself before that */
function run(download: Download, killAfterMs: number | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [CHILD, JSON.stringify(download)], { stdio: ['ignore', 'pipe', 'inherit'] })
    let timer: NodeJS.Timeout | undefined
    // From its first word on: the start of a process is not what is tried here.
    child.stdout.once('data', () => {
      if (killAfterMs !== undefined) timer = setTimeout(() => child.kill('SIGKILL'), killAfterMs)
    })
    child.stdout.resume()
    child.on('exit', (code) => {
      clearTimeout(timer)
      resolve(code === 0)
    })
  })
}

const KILLS = Number(process.env['KILLS'] ?? 3)

test(`kill -9 at ${KILLS} moments leaves no wrong file, and each next process goes on`, {
  timeout: 300_000,
}, async () => {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  let killed = 0
  for (let nth = 0; killed < KILLS; nth++) {
    const target = join(folder, `${nth}.gguf`)
    const download = { url: `${base}/file`, target, sizeBytes: SIZE, sha256 }
    // About a second for all of it: the journal is written in between.
    server.slowMs = 1
    for (let done = false; !done; ) {
      const before = await partBytes(target)
      done = await run(download, killed < KILLS ? 20 + Math.random() * 400 : undefined)
      if (!done) killed += 1
      const isWhole = existsSync(target)
      expect(isWhole && !readFileSync(target).equals(bytes)).toBe(false)
      // What was noted once is never lost again.
      if (!isWhole) expect(await partBytes(target)).toBeGreaterThanOrEqual(before)
    }
    expect(readdirSync(folder)).toEqual([`${nth}.gguf`])
    rmSync(target)
  }
})

import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { programPath } from '../support/programs.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

export interface WatchedHost {
  readonly url: string
  readonly pid: number
  /** Everything that the host may write lies below it: its data, and its folder for temporary files. */
  readonly folder: string
  /** What its live objects are, as V8 writes them down after collecting garbage. */
  heap(): Promise<Buffer>
  /** Process numbers of its keys workers. */
  keysWorkers(): readonly number[]
  /** What it and its workers wrote to their terminal. */
  written(): string
  stop(): Promise<void>
}

async function firstLine(child: ChildProcess): Promise<string> {
  const { stdout } = child
  if (!stdout) throw new Error('no output')
  return new Promise((resolve, reject) => {
    createInterface({ input: stdout }).once('line', resolve)
    child.once('exit', (code) => reject(new Error(`the host ended with ${code}`)))
  })
}

const argumentsOf = (pid: string): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1')
  } catch {
    return ''
  }
}

/** The real headless host, with a signal on which it writes down its heap. */
export async function watchHost(): Promise<WatchedHost> {
  const folder = mkdtempSync(join(tmpdir(), 'taoforge-secrets-'))
  const heaps = mkdtempSync(join(tmpdir(), 'taoforge-heaps-'))
  const flags = ['--heapsnapshot-signal=SIGUSR2', `--diagnostic-dir=${heaps}`]
  const args = [
    programPath('electron/headless/main.ts'),
    '--no-open',
    '--port',
    '0',
    '--data',
    join(folder, 'data'),
    '--block-ms',
    '1000',
  ]
  const child = spawn(process.execPath, [...flags, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TMPDIR: folder },
  })
  let written = ''
  const keep = (chunk: unknown) => {
    written += String(chunk)
  }
  child.stderr?.on('data', keep)
  const { url } = JSON.parse(await firstLine(child)) as { url: string }
  child.stdout?.on('data', keep)
  const pid = child.pid ?? 0
  return {
    url,
    pid,
    folder,
    async heap() {
      const before = new Set(readdirSync(heaps))
      process.kill(pid, 'SIGUSR2')
      const fresh = () => readdirSync(heaps).find((name) => !before.has(name) && name.endsWith('.heapsnapshot'))
      await expect.poll(fresh, { timeout: 60_000 }).toBeDefined()
      const path = join(heaps, fresh() ?? '')
      // It is whole when it ends as JSON ends.
      await expect
        .poll(() => readFileSync(path).subarray(-8).toString().trimEnd().endsWith('}'), { timeout: 60_000 })
        .toBe(true)
      const heap = readFileSync(path)
      rmSync(path)
      return heap
    },
    keysWorkers: () =>
      readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name) && argumentsOf(name).includes(folder))
        .filter((name) => argumentsOf(name).includes('electron/keys/worker/main.'))
        .map(Number),
    written: () => written,
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await gone
      for (const path of [folder, heaps]) rmSync(path, { recursive: true, force: true })
    },
  }
}

/** Every file below a folder, with its content; whatever it is called. */
export function filesBelow(folder: string): readonly { readonly path: string; readonly content: Buffer }[] {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => existsSync(path) && statSync(path).isFile())
    .map((path) => ({ path, content: readFileSync(path) }))
}

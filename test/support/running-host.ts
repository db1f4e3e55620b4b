import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { programPath, sourcePath } from './programs.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

export interface RunningHost {
  readonly url: string
  readonly token: string
  readonly data: string
  stop(): Promise<void>
}
export interface OwnHost extends RunningHost {
  /** Ends it as a power cut does; its folder stays, for a host that is started on it again. */
  crash(): Promise<void>
}

const firstLine = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    if (!child.stdout) return reject(new Error('no output'))
    createInterface({ input: child.stdout }).once('line', resolve)
    child.once('exit', (code) => reject(new Error(`the host ended with ${code}`)))
  })

/** The real headless host as its own process, on a data folder of its own that is removed afterwards. */
export async function startHost(
  options: { args?: readonly string[]; data?: string; fromSource?: boolean } = {},
): Promise<OwnHost> {
  const data = options.data ?? mkdtempSync(join(tmpdir(), 'taoforge-host-'))
  const main = options.fromSource ? sourcePath : programPath
  const program = main('electron/headless/main.ts')
  return started(data, [program, '--no-open', '--port', '0', '--data', data, ...(options.args ?? [])])
}

/** The same with other resources than the app ships, such as a catalogue that leads to a server of the test. Without pages. */
export const startHostWith = (data: string, resources: string): Promise<OwnHost> =>
  started(data, [fileURLToPath(new URL('./host-with.ts', import.meta.url)), data, resources])

async function started(data: string, args: readonly string[]): Promise<OwnHost> {
  const child = spawn(process.execPath, [...args], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  const { url, token } = JSON.parse(await firstLine(child)) as { url: string; token: string }
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill(signal)
    await gone
  }
  return {
    url,
    token,
    data,
    async stop() {
      await end('SIGTERM')
      rmSync(data, { recursive: true, force: true })
    },
    crash: () => end('SIGKILL'),
  }
}

export interface CliAnswer {
  readonly exit: number | null
  readonly lines: readonly string[]
  /** What was said to a person, on stderr. */
  readonly said: string
  readonly json: { ok: boolean; value?: unknown; error?: { code: string } & Record<string, unknown>; unit?: string }
}

const readJson = (line: string): CliAnswer['json'] => {
  try {
    return JSON.parse(line) as CliAnswer['json']
  } catch {
    return { ok: false, error: { code: `no JSON: ${line}` } }
  }
}

/** One run of `taoforge`, as a person or a script starts it. */
export async function taoforge(
  args: readonly string[],
  given: { env?: Record<string, string>; stdin?: string; fromSource?: boolean } = {},
): Promise<CliAnswer> {
  const main = given.fromSource ? sourcePath : programPath
  const child = spawn(process.execPath, [main('electron/cli/main.ts'), ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...given.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  child.stdin.end(given.stdin ?? '')
  let output = ''
  let said = ''
  child.stderr.on('data', (chunk) => (said += String(chunk)))
  child.stdout.on('data', (chunk) => (output += String(chunk)))
  const exit = await new Promise<number | null>((resolve) => child.once('close', resolve))
  const lines = output.split('\n').filter((line) => line !== '')
  return { exit, lines, said, json: readJson(lines.at(-1) ?? '') }
}

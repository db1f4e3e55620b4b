import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { electronFiles, fetchScript } from './shell/build/electron-files.ts'
import { decideStart } from './start-decision.ts'

// `npm start`: the desktop window where Electron can run, else the same app in a browser; one line says which and why.
// Arguments are handed on: `--data DIR` to both, the rest to the headless host.
const root = fileURLToPath(new URL('../', import.meta.url))
const say = (line: string) => void process.stderr.write(`${line}\n`)

/** Fetching takes a minute on a usual line; a line that cannot do it in ten is told so. */
const FETCH_LIMIT_MS = 600_000
const REACH_LIMIT_MS = 5_000

async function canReach(url: string): Promise<boolean> {
  try {
    await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(REACH_LIMIT_MS) })
    return true
  } catch {
    return false
  }
}

const ended = (child: ChildProcess): Promise<number> =>
  new Promise((resolve) => {
    child.on('error', () => resolve(1))
    child.on('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0)))
  })

/** Fetches Electron once, as its package prescribes. @returns whether it is there now. */
async function fetchElectron(): Promise<boolean> {
  say('Fetching Electron (about 120 MB, once) …')
  const child = spawn(process.execPath, [fetchScript()], { cwd: root, stdio: 'inherit', timeout: FETCH_LIMIT_MS })
  return (await ended(child)) === 0 && electronFiles() !== undefined
}

/** Ctrl-C reaches the child by the terminal; a signal to us alone is passed on. */
function follow(child: ChildProcess): Promise<number> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void child.kill(signal))
  return ended(child)
}

async function startWindow(executable: string, args: readonly string[]): Promise<number> {
  const [{ buildMain, isMainBuilt }, { ensureBuilt }] = await Promise.all([
    import('./shell/build/build-main.ts'),
    import('./headless/ensure-built.ts'),
  ])
  await ensureBuilt(say)
  if (!isMainBuilt()) await buildMain()
  return follow(spawn(executable, [root, ...args], { cwd: root, stdio: 'inherit' }))
}

async function main(): Promise<number> {
  const args = process.argv.slice(2)
  const mirror = process.env['ELECTRON_MIRROR'] || process.env['npm_config_electron_mirror'] || 'https://github.com'
  const decision = await decideStart({
    env: process.env,
    platform: process.platform,
    userId: process.getuid?.(),
    hasElectron: () => electronFiles() !== undefined,
    canFetch: () => canReach(mirror),
    fetchElectron,
  })
  say(decision.line)
  const files = decision.where === 'window' ? electronFiles() : undefined
  if (files) return startWindow(files.executable, windowArguments(args))
  const headless = fileURLToPath(new URL('headless/main.ts', import.meta.url))
  const open = decision.open ? [] : ['--no-open']
  return follow(spawn(process.execPath, [headless, ...args, ...open], { cwd: process.cwd(), stdio: 'inherit' }))
}

/** Chromium takes `--name=value` only. */
function windowArguments(args: readonly string[]): readonly string[] {
  const at = args.indexOf('--data')
  const folder = at < 0 ? args.find((arg) => arg.startsWith('--data='))?.slice('--data='.length) : args[at + 1]
  return folder ? [`--data=${folder}`] : []
}

process.exitCode = await main()

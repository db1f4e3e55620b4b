import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CliAnswer, taoforge } from '../../test/support/running-host.ts'
import { buildMain } from './build/build-main.ts'
import { CONTENT_SECURITY_POLICY } from './security-headers.ts'

// What ships, run for real but for Electron itself: the bundled main process, its bundled workers, sockets and files.
const root = fileURLToPath(new URL('../../', import.meta.url))
const headless = join(root, 'electron/headless/main.ts')
const hooks = new URL('fixtures/use-electron-double.mjs', import.meta.url).href

interface Said {
  readonly name?: string
  readonly reply?: { readonly ok: boolean; readonly value?: Record<string, unknown> }
  readonly [key: string]: unknown
}

let appFolder: string
let dataFolder: string
let said: readonly Said[]
let code: number
let fromTerminal: CliAnswer
let secondHost: string

beforeAll(async () => {
  // Below the project, so that the packages which stay outside of the bundle are found as in an installed app.
  await mkdir(join(root, 'out'), { recursive: true })
  appFolder = await mkdtemp(join(root, 'out', 'shell-test-'))
  dataFolder = await mkdtemp(join(tmpdir(), 'taoforge-shell-'))
  await buildMain(appFolder)
  await cp(join(root, 'resources'), join(appFolder, 'resources'), { recursive: true })
  await layOutForNode()
  const output = await new Promise<string>((resolve) => {
    const main = pathToFileURL(join(appFolder, 'out/main/main.js')).href
    const child = execFile(
      process.execPath,
      ['--import', hooks, '--input-type=module', '--eval', `await import(${JSON.stringify(main)})`],
      {
        timeout: 90_000,
        env: { PATH: process.env['PATH'], HOME: dataFolder, TAOFORGE_APP: appFolder, TAOFORGE_DATA_FOLDER: dataFolder },
      },
      (_failed, stdout, stderr) => resolve(stdout || stderr),
    )
    child.on('exit', (exit) => {
      code = exit ?? -1
    })
    void lookFromOutside()
  })
  said = output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
  if (said.length === 0) throw new Error(output.slice(-3000))
}, 120_000)
afterAll(async () => {
  await rm(appFolder, { recursive: true, force: true })
  await rm(dataFolder, { recursive: true, force: true })
})

/** What lies outside of the archive of a packed app: Node, and what the workers that run under it may read. */
async function layOutForNode(): Promise<void> {
  await mkdir(join(appFolder, 'beside', 'node'), { recursive: true })
  await symlink(process.execPath, join(appFolder, 'beside', 'node', 'node'))
  await cp(join(root, 'package.json'), join(appFolder, 'package.json'))
  for (const name of ['@node-rs', '@polkadot-labs'])
    await cp(join(root, 'node_modules', name), join(appFolder, 'node_modules', name), { recursive: true })
}

/** What a person's terminal, and a second host, find while the window is open. */
async function lookFromOutside(): Promise<void> {
  while (!existsSync(join(dataFolder, 'host.json'))) await new Promise((resolve) => setTimeout(resolve, 50))
  fromTerminal = await taoforge(['app.info', '{}', '--data', dataFolder])
  secondHost = await new Promise<string>((resolve) => {
    execFile(process.execPath, [headless, '--no-open', '--data', dataFolder], (_failed, stdout) => resolve(stdout))
  })
  await writeFile(join(dataFolder, 'seen'), '')
}

const replyTo = (name: string) => said.find((line) => line.name === name)?.reply

describe('the bundled app', () => {
  test('answers its window as the desktop host', () => {
    expect(replyTo('app.info')).toMatchObject({
      ok: true,
      value: { host: 'desktop', version: '0.0.0-test', dataFolder },
    })
  })

  test('serves pages with the strict policy', () => {
    expect(said.find((line) => 'csp' in line)?.['csp']).toBe(CONTENT_SECURITY_POLICY)
  })

  test('sends values to a subscription', () => {
    const frames = said.flatMap((line) => (line['frame'] as { kind: string; value?: object } | undefined) ?? [])
    expect(frames[0]).toEqual({ kind: 'reply', reply: { ok: true, value: null } })
    expect(frames[1]).toMatchObject({ kind: 'event', value: { theme: expect.any(String) } })
  })

  test('runs each bundled worker', () => {
    expect(replyTo('wallet.draft')?.value?.['words']).toHaveLength(12)
    expect(replyTo('mining.hardware')).toMatchObject({ ok: true })
    expect(replyTo('network.select')).toMatchObject({ ok: true, value: { state: 'ready' } })
  })

  test('runs the keys under the Node beside it, which confines them, and the others as Electron does', () => {
    const utilities = said.flatMap(({ utility }) => utility ?? [])
    expect(utilities).toContain('taoforge-practice')
    expect(utilities).not.toContain('taoforge-keys')
  })

  test('answers a terminal of the same user, which starts no host of its own beside it', () => {
    expect(fromTerminal.json).toMatchObject({ ok: true, value: { host: 'desktop', version: '0.0.0-test', dataFolder } })
  })

  test('keeps a second host out of its data folder', () => {
    expect(JSON.parse(secondHost)).toEqual({
      ok: false,
      error: { code: 'host/data-folder-in-use', path: dataFolder },
    })
  })

  test('takes its door away with it', () => {
    expect(existsSync(join(dataFolder, 'host.json'))).toBe(false)
  })

  test('ends by closing the host', () => {
    expect(said.at(-1)).toEqual({ exit: 0 })
    expect(code).toBe(0)
  })

  test('holds its addons outside of the bundle and Electron nowhere', async () => {
    const main = await readFile(join(appFolder, 'out/main/main.js'), 'utf8')
    expect(main).toMatch(/from "electron"/)
    expect(main).toMatch(/from "better-sqlite3"/)
    const preload = await readFile(join(appFolder, 'out/main/preload.cjs'), 'utf8')
    expect([...preload.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name)).toEqual(['electron'])
  })
})

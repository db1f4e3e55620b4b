import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SpawnPort, WorkerHandle } from '../system/spawn.port.ts'
import { confinedSpawn } from './confined-spawn.ts'
import { findNodeBeside, provesConfined } from './node-beside.ts'

let base: string
let spawn: SpawnPort
const handed: string[] = []
/** Tries what a worker that was taken over would try, and tells how each attempt ended. */
const WORKER = `
import { readFileSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { Worker } from 'node:worker_threads'
const attempt = (act) => { try { act(); return 'done' } catch (error) { return error.code } }
process.on('message', ({ inside, outside, bytes }) => process.send({
  bytes,
  args: process.argv.slice(2),
  env: Object.keys(process.env),
  ends: {
    writeInside: attempt(() => writeFileSync(inside, 'x')),
    readInside: attempt(() => readFileSync(inside)),
    readOutside: attempt(() => readFileSync(outside)),
    writeOutside: attempt(() => writeFileSync(outside + '.new', 'x')),
    start: attempt(() => execFileSync(process.execPath, ['--version'])),
    thread: attempt(() => new Worker('1', { eval: true })),
  },
}))
`
beforeAll(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'taoforge-confined-')))
  await mkdir(join(base, 'app', 'out', 'main', 'workers'), { recursive: true })
  await mkdir(join(base, 'wallets'))
  await writeFile(join(base, 'app', 'package.json'), '{"type":"module"}')
  await writeFile(join(base, 'app', 'out', 'main', 'workers', 'keys.js'), WORKER)
  await writeFile(join(base, 'outside'), 'a secret of somebody')
  const others: SpawnPort = {
    start: (name) => {
      handed.push(name)
      return {} as WorkerHandle
    },
  }
  spawn = confinedSpawn({ beside: { program: process.execPath, codeFolder: join(base, 'app') }, others })
})
afterAll(() => rm(base, { recursive: true, force: true }))

describe('confinedSpawn', () => {
  test('a worker reaches its own folder and nothing else, under the Node that the app brings', async () => {
    process.env['TAOFORGE_TEST_TOKEN'] = 'x'
    const wallets = join(base, 'wallets')
    const lines: string[] = []
    const worker = spawn.start('keys', {
      args: [wallets, 'cold'],
      env: { OWN: '1' },
      mayWrite: [wallets],
      onLine: (line) => lines.push(line),
    })
    const answer = new Promise<Record<string, unknown>>((resolve) =>
      worker.onMessage((message) => resolve(message as Record<string, unknown>)),
    )
    const bytes = Uint8Array.of(1, 2)
    worker.send({ inside: join(wallets, 'key'), outside: join(base, 'outside'), bytes })
    const { ends, env, args, bytes: back } = await answer
    expect(ends).toEqual({
      writeInside: 'done',
      readInside: 'done',
      readOutside: 'ERR_ACCESS_DENIED',
      writeOutside: 'ERR_ACCESS_DENIED',
      start: 'ERR_ACCESS_DENIED',
      thread: 'ERR_ACCESS_DENIED',
    })
    expect(back).toEqual(bytes)
    expect(args).toEqual([wallets, 'cold'])
    expect(env).toEqual(expect.arrayContaining(['OWN', 'PATH']))
    expect(env).not.toContain('TAOFORGE_TEST_TOKEN')
    delete process.env['TAOFORGE_TEST_TOKEN']
    const ended = new Promise((resolve) => worker.onExit(resolve))
    worker.kill()
    await ended
    expect(lines).toEqual([])
  })

  test('workers without limits stay with Electron', () => {
    spawn.start('llm')
    expect(handed).toEqual(['llm'])
  })
})

describe('the Node beside the app', () => {
  test('is looked for beside the archive, and its code outside of it', async () => {
    const resourcesFolder = join(base, 'resources')
    const installation = { appFolder: join(resourcesFolder, 'app.asar'), resourcesFolder, platform: 'win32' } as const
    expect(findNodeBeside(installation)).toBeUndefined()
    await mkdir(join(resourcesFolder, 'node'), { recursive: true })
    await writeFile(join(resourcesFolder, 'node', 'node.exe'), '')
    expect(findNodeBeside(installation)).toEqual({
      program: join(resourcesFolder, 'node', 'node.exe'),
      codeFolder: join(resourcesFolder, 'app.asar.unpacked'),
    })
  })

  test('is used only after it proved that it refuses and understands', async () => {
    const codeFolder = join(base, 'app')
    expect(await provesConfined({ program: process.execPath, codeFolder })).toBe(true)
    expect(await provesConfined({ program: join(base, 'nothing'), codeFolder })).toBe(false)
    // One that drops the switches, as Electron does, would start and restrict nothing.
    const careless = join(base, 'careless')
    await writeFile(careless, `#!/bin/sh\nfor last; do :; done\nexec '${process.execPath}' --eval "$last"\n`)
    await chmod(careless, 0o755)
    expect(await provesConfined({ program: careless, codeFolder })).toBe(false)
  })
})

import { type ChildProcess, fork } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ForkOptions, UtilityProcess } from 'electron'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SpawnPort, WorkerHandle } from '../system/spawn.port.ts'
import { utilitySpawn } from './utility-spawn.ts'

/**
 * A utility process over a real child of Node. Like the real one: no pid before `spawn`, messages sent before that are
 * lost, `kill` asks with SIGTERM, and `exit` comes once.
 */
class UtilityDouble extends EventEmitter {
  readonly #child: ChildProcess
  #running = false
  readonly stdout: ChildProcess['stdout']
  readonly stderr: ChildProcess['stderr']
  constructor(modulePath: string, args: string[], options: ForkOptions) {
    super()
    const { env, execArgv } = options
    this.#child = fork(modulePath, args, {
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...(env as Record<string, string>) },
      execArgv: execArgv ?? [],
    })
    this.stdout = this.#child.stdout
    this.stderr = this.#child.stderr
    this.#child.on('spawn', () => {
      this.#running = true
      this.emit('spawn')
    })
    this.#child.on('message', (message) => this.emit('message', message))
    this.#child.on('exit', (code) => {
      this.#running = false
      this.emit('exit', code ?? 1)
    })
  }
  get pid(): number | undefined {
    return this.#running ? this.#child.pid : undefined
  }
  postMessage(message: unknown): void {
    if (this.#running) this.#child.send(message as object)
  }
  kill(): boolean {
    return this.#child.kill('SIGTERM')
  }
}

let folder: string
let spawn: SpawnPort
let forked: ForkOptions[] = []
const killed: number[] = []
const WORKER = `
process.on('SIGTERM', () => {})
process.on('message', (message) => process.send({ got: message, args: process.argv.slice(2), env: Object.keys(process.env) }))
setInterval(() => {}, 1000)
`
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'taoforge-workers-'))
  await writeFile(join(folder, 'keys.js'), WORKER)
  await writeFile(join(folder, 'axon.js'), "process.stdout.write('one\\ntwo\\n'); process.stderr.write('three\\n')")
  spawn = utilitySpawn({
    fork: (modulePath, args, options) => {
      forked.push(options)
      return new UtilityDouble(modulePath, args, options) as unknown as UtilityProcess
    },
    workersFolder: folder,
    killNow: (pid) => {
      killed.push(pid)
      process.kill(pid, 'SIGKILL')
    },
  })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const exitOf = (worker: WorkerHandle) => new Promise<number | null>((resolve) => worker.onExit(resolve))
const answerOf = (worker: WorkerHandle) => new Promise<unknown>((resolve) => worker.onMessage(resolve))

describe('utilitySpawn', () => {
  test('delivers what was sent before the process ran, bytes and big numbers included', async () => {
    const worker = spawn.start('keys', { args: ['/wallets'], env: { OWN: '1' } })
    const answer = answerOf(worker)
    worker.send({ bytes: Uint8Array.of(1, 2), amount: 2n ** 64n })
    expect(await answer).toMatchObject({
      got: { bytes: Uint8Array.of(1, 2), amount: 18_446_744_073_709_551_616n },
      args: ['/wallets'],
    })
    worker.kill()
    await exitOf(worker)
  })

  test('hands on its own variables and the few that a program needs, nothing else', async () => {
    process.env['TAOFORGE_TEST_TOKEN'] = 'x'
    forked = []
    const worker = spawn.start('keys', { env: { OWN: '1' } })
    const answer = answerOf(worker)
    worker.send('hello')
    const { env } = (await answer) as { env: string[] }
    expect(env).toContain('OWN')
    expect(env).toContain('PATH')
    expect(env).not.toContain('TAOFORGE_TEST_TOKEN')
    expect(env).not.toContain('NODE_OPTIONS')
    expect(forked[0]).toMatchObject({ serviceName: 'taoforge-keys', execArgv: ['--max-semi-space-size=4'] })
    delete process.env['TAOFORGE_TEST_TOKEN']
    worker.kill()
    await exitOf(worker)
  })

  test('ends a process that ignores polite requests, and tells it once', async () => {
    const worker = spawn.start('keys')
    worker.send('hello')
    await answerOf(worker)
    const { pid } = worker
    let exits = 0
    worker.onExit(() => {
      exits += 1
    })
    const gone = exitOf(worker)
    worker.kill()
    worker.kill()
    await gone
    expect(killed.at(-1)).toBe(pid)
    expect(exits).toBe(1)
    worker.send('too late')
    expect(await exitOf(worker)).toBe(1)
  })

  test('ends a process that is killed before it runs', async () => {
    const worker = spawn.start('keys')
    expect(worker.pid).toBeUndefined()
    worker.kill()
    expect(await exitOf(worker)).toBe(1)
  })

  test('hands on lines of both outputs', async () => {
    const lines: string[] = []
    const worker = spawn.start('axon', { onLine: (line) => lines.push(line) })
    expect(await exitOf(worker)).toBe(0)
    await expect.poll(() => lines.length).toBe(3)
    expect([...lines].sort()).toEqual(['one', 'three', 'two'])
  })

  test('an unknown worker file ends with a code', async () => {
    expect(await exitOf(spawn.start('llm'))).not.toBe(0)
  })
})

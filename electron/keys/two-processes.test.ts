import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { nodeSpawn } from '../system/node-spawn.ts'
import type { SpawnPort, WorkerHandle } from '../system/spawn.port.ts'
import { type LaunchedKeys, launchKeys } from './launch.ts'
import { PROTOCOL } from './wire.ts'

// Plain keys only: nothing here waits for a password to be stretched.
const fixtures = fileURLToPath(new URL('fixtures/', import.meta.url))
const SLOW = 120_000

let base: string
let wallets: string
let keys: LaunchedKeys
const started = new Map<string, WorkerHandle>()
const watched: SpawnPort = {
  start(name, options) {
    const worker = nodeSpawn.start(name, options)
    started.set(options?.args?.[1] ?? '', worker)
    return worker
  },
}

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'taoforge-two-'))
  wallets = join(base, 'wallets')
  await cp(join(fixtures, 'edwards'), join(wallets, 'edwards'), { recursive: true })
  await cp(join(fixtures, 'official'), join(wallets, 'official'), { recursive: true })
  keys = launchKeys({ spawn: watched, walletsFolder: wallets })
})
afterAll(async () => {
  await keys.close()
  await rm(base, { recursive: true, force: true })
})
const alive = (worker: WorkerHandle | undefined): boolean => {
  try {
    return process.kill(worker?.pid ?? -1, 0)
  } catch {
    return false
  }
}

test('the lock ends the process of the coldkeys and leaves that of the hotkeys alone', { timeout: SLOW }, async () => {
  expect(await keys.unlock('edwards', '')).toMatchObject({ ok: true, value: { unlocked: true } })
  const opened = await keys.manage({ kind: 'unlock-hotkey', wallet: 'official', hotkey: 'miner', password: '' })
  expect(opened).toMatchObject({ ok: true, value: { name: 'miner', unlocked: true } })
  const [cold, hot] = [started.get('cold'), started.get('hot')]
  expect([alive(cold), alive(hot)]).toEqual([true, true])
  await keys.lock()
  expect([alive(cold), alive(hot)]).toEqual([false, true])
  await keys.lockAll()
  expect(alive(hot)).toBe(false)
})

test('what is asked while the lock ends a process is answered by the next one', { timeout: SLOW }, async () => {
  expect(await keys.unlock('edwards', '')).toMatchObject({ ok: true, value: { unlocked: true } })
  const locking = keys.lock()
  const listed = await keys.list()
  await locking
  expect(listed).toMatchObject({ ok: true })
  expect(listed.ok && listed.value.map((wallet) => [wallet.name, wallet.unlocked])).toContainEqual(['edwards', false])
})

test('a process does the work of its role only', { timeout: SLOW }, async () => {
  const worker = nodeSpawn.start('keys', { args: [wallets, 'hot'], mayWrite: [wallets] })
  const answers: unknown[] = []
  const answered = new Promise<void>((resolve) => {
    worker.onMessage((message) => {
      if (answers.push(message) > 1 && (message as { ok?: boolean }).ok !== undefined) resolve()
    })
  })
  worker.send({ hello: PROTOCOL })
  worker.send({ id: 1, request: { kind: 'draft' } })
  await answered
  worker.kill()
  expect(answers[0]).toEqual({ hello: PROTOCOL, role: 'hot' })
  expect(answers.at(-1)).toMatchObject({ id: 1, ok: false, error: { code: 'keys/unsupported' } })
})

test.each<[string, object]>([
  ['another vocabulary', { hello: '0000000000000000', role: 'cold' }],
  ['another role', { hello: PROTOCOL, role: 'hot' }],
  ['no greeting at all', { id: 1, ok: true, value: [] }],
])('a worker with %s is told nothing', async (_what, greeting) => {
  const told: unknown[] = []
  let exit: (code: number | null) => void = () => undefined
  const impostor: WorkerHandle = {
    pid: undefined,
    send: (message) => void told.push(message),
    onMessage: (listener) => {
      queueMicrotask(() => listener(greeting))
      return () => undefined
    },
    onExit: (listener) => {
      exit = listener
      return () => undefined
    },
    kill: () => exit(null),
  }
  const deceived = launchKeys({ spawn: { start: () => impostor }, walletsFolder: wallets })
  expect(await deceived.unlock('official', 'testpassword')).toEqual({
    ok: false,
    error: { code: 'keys/worker-mismatch' },
  })
  expect(told).toEqual([{ hello: PROTOCOL }])
})

test('a worker that may not write says so, and changes nothing', { timeout: SLOW }, async () => {
  const worker = nodeSpawn.start('keys', { args: [wallets, 'cold'], mayRead: [wallets] })
  const answer = new Promise((resolve) => {
    worker.onMessage((message) => {
      if ((message as { ok?: boolean }).ok !== undefined) resolve(message)
    })
  })
  worker.send({ hello: PROTOCOL })
  worker.send({ id: 1, request: { kind: 'remove-wallet', wallet: 'edwards' } })
  expect(await answer).toMatchObject({ id: 1, ok: false, error: { code: 'storage/read-only' } })
  worker.kill()
  expect(await keys.list()).toMatchObject({ ok: true, value: [{ name: 'edwards' }, { name: 'official' }] })
})

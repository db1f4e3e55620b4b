import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Asker } from '../../electron/cli/asker.ts'
import { hostAsker } from '../../electron/cli/host-asker.ts'
import { createHost, type Host } from '../../electron/host/create-host.ts'
import type { Router, WireReply } from '../../electron/host/router.ts'
import { buildNodePorts, sourceResources } from '../../electron/node-ports.ts'
import { nodeSpawn } from '../../electron/system/node-spawn.ts'
import type { SpawnPort } from '../../electron/system/spawn.port.ts'
import { foundIn, tracesOf } from './traces.ts'

// Everything that passes a host: what it is asked and answers at its door, and what it says to its keys processes and
// hears from them. The host and the processes are the real ones.

const PASSWORD = 'correct horse battery'
const HOTKEY_PASSWORD = 'another long pässword'
const WORDS = 'bottom drive obey lake curtain smoke basket hold race lonely fit walk'
const SLOW = { timeout: 120_000 }

let dataFolder = ''
let host: Host
let asker: Asker
const passed: string[] = []

/** Bytes as the characters that they may spell, so that one search finds both. */
const spelled = (_: string, value: unknown): unknown => {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('latin1')
  return typeof value === 'bigint' ? String(value) : value
}
const note = (message: unknown): void => void passed.push(JSON.stringify(message, spelled) ?? '')
const notingSpawn: SpawnPort = {
  start(name, options) {
    const worker = nodeSpawn.start(name, options)
    worker.onMessage(note)
    const send = (message: unknown) => {
      note(message)
      worker.send(message)
    }
    return { ...worker, send }
  },
}
const notingRouter = (router: Router): Router => ({
  ...router,
  async call(name, raw, reach, signal) {
    note({ name, raw })
    const reply = await router.call(name, raw, reach, signal)
    note(reply)
    return reply
  },
})

beforeAll(async () => {
  dataFolder = mkdtempSync(join(tmpdir(), 'taoforge-passing-'))
  const facts = { kind: 'cli', version: '0.0.0', dataFolder, resourcesFolder: sourceResources } as const
  const built = createHost(await buildNodePorts({ ...facts, spawn: notingSpawn, practice: { blockMs: 1_000 } }))
  host = { ...built, router: notingRouter(built.router) }
  await host.start()
  asker = hostAsker(host)
})
afterAll(async () => {
  await asker?.close()
  rmSync(dataFolder, { recursive: true, force: true })
})

async function must<T>(name: string, input: object): Promise<T> {
  const reply = await asker.call(name, input)
  if (!reply.ok) throw new Error(`${name}: ${JSON.stringify(reply.error)}`)
  return reply.value as T
}
const straight = (name: string, input: object): Promise<WireReply> =>
  host.router.call(name, input, 'anywhere', new AbortController().signal)
/** What of these secrets is readable in all that passed since the last look. */
function seen(words: readonly string[], ...passwords: readonly string[]): readonly string[] {
  const all = passed.splice(0).join('\n')
  expect(all).toContain('"kind":')
  return passwords.flatMap((password) => [
    ...foundIn(Buffer.from(all), tracesOf(words, password)),
    ...foundIn(Buffer.from(all, 'latin1'), tracesOf(words, password)),
  ])
}
const refusal = (code: string) => ({ ok: false, error: { code } })

test('making a wallet: neither the new words nor those given back, nor the password', SLOW, async () => {
  const { draftId, words } = await must<{ draftId: string; words: string[] }>('wallet.draft', {})
  expect(words).toHaveLength(12)
  const checks = [0, 1, 2].map((position) => ({ position, word: words[position] ?? '' }))
  await must('wallet.create', { draftId, name: 'mine', password: PASSWORD, checks })
  expect(await must('wallet.revealWords', { name: 'mine', password: PASSWORD })).toEqual(words)
  expect(await must('wallet.diagnoseWords', { words: words.join(' ') })).toMatchObject({ problem: 'none' })
  expect(seen(words, PASSWORD)).toEqual([])
})

test('importing, opening, sealing anew, hotkeys and limits', SLOW, async () => {
  await must('wallet.importWords', { name: 'other', words: WORDS, password: PASSWORD })
  await must('wallet.lock', {})
  await must('wallet.unlock', { name: 'other', password: PASSWORD })
  await must('signer.setPolicy', { wallet: 'other', policy: {}, password: PASSWORD })
  const taken = { name: 'other', password: PASSWORD }
  expect(await asker.call('wallet.importSecret', { ...taken, secret: WORDS })).toMatchObject(refusal('keys/name-taken'))
  expect(await must('wallet.inspectSecret', { secret: WORDS })).toHaveLength(2)
  const wrong = { name: 'other', password: `${PASSWORD}!`, newPassword: HOTKEY_PASSWORD }
  expect(await asker.call('wallet.changePassword', wrong)).toMatchObject(refusal('keys/wrong-password'))
  await must('wallet.createHotkey', { wallet: 'other', name: 'miner', password: HOTKEY_PASSWORD })
  await must('wallet.unlockHotkey', { wallet: 'other', name: 'miner', password: HOTKEY_PASSWORD })
  expect(seen(WORDS.split(' '), PASSWORD, HOTKEY_PASSWORD)).toEqual([])
})

test('what was recorded opens nothing: not again, not elsewhere, not after the process ended', SLOW, async () => {
  const recorded = passed.length
  await must('wallet.inspectSecret', { secret: WORDS })
  const sent = passed.slice(recorded).map((line) => JSON.parse(line) as { name?: string; raw?: { secret?: unknown } })
  const secret = sent.find(({ name }) => name === 'wallet.inspectSecret')?.raw?.secret
  expect(secret).toMatchObject({ to: expect.any(String), enc: expect.any(String), box: expect.any(String) })
  expect(await straight('wallet.inspectSecret', { secret })).toEqual(refusal('keys/sealed-stale'))
  expect(await straight('wallet.revealWords', { name: 'other', password: secret })).toEqual(
    refusal('keys/sealed-stale'),
  )
})

test('a wallet that is locked between the key and the request is opened all the same', SLOW, async () => {
  let locked = false
  const locking: Host = {
    ...host,
    router: {
      ...host.router,
      async call(name, raw, reach, signal) {
        if (name === 'wallet.inspectSecret' && !locked) {
          locked = true
          await straight('wallet.lock', {})
        }
        return host.router.call(name, raw, reach, signal)
      },
    },
  }
  expect(await hostAsker(locking).call('wallet.inspectSecret', { secret: WORDS })).toMatchObject({ ok: true })
  expect(locked).toBe(true)
  passed.length = 0
})

test('text is still taken from a program that does not seal, and then the search finds it', SLOW, async () => {
  expect(await straight('wallet.unlock', { name: 'mine', password: `${PASSWORD}!` })).toEqual(
    refusal('keys/wrong-password'),
  )
  const draft = (await straight('wallet.draft', {})) as { value: { words: string[] } }
  expect(draft.value.words).toHaveLength(12)
  const found = seen(draft.value.words, PASSWORD)
  expect(found).toContain('password')
  expect(found).toContain('words 1 to 3')
})

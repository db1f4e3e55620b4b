import { cp, mkdtemp, readdir, readFile, rm, stat, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sr25519Verify } from '@polkadot/util-crypto/sr25519'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { netuid, rao, ss58 } from '../../shared/units/amounts.ts'
import { callBytesOf, payloadOf, practiceChain, practiceMetadata } from '../../test/support/signing/payloads.ts'
import { nodeSpawn } from '../system/node-spawn.ts'
import type { SpawnPort, WorkerHandle } from '../system/spawn.port.ts'
import type { Intent, MnemonicDraft } from './keys.port.ts'
import { type LaunchedKeys, launchKeys } from './launch.ts'
import { PROTOCOL } from './wire.ts'
import { openWith } from './worker/nacl-keyfile.ts'
import { readRuntime } from './worker/signer/signing-runtime.ts'

// One worker process and one folder for the whole story: each unlock honestly costs seconds and 512 MiB.
const SLOW = 120_000
const fixtures = fileURLToPath(new URL('fixtures/', import.meta.url))
const OFFICIAL = ss58('5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX')
const OFFICIAL_HOTKEY = ss58('5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV')
const OFFICIAL_PUBLIC = new Uint8Array(
  Buffer.from('e4359ad3e2716c539a1d663ebd0a51bdc5c98a12e663bb4c4402db47828c9446', 'hex'),
)
const WORDS = 'old leopard transfer rib spatial phone calm indicate online fire caution review'
/** Argon2i of `testpassword`, proven in nacl-keyfile.test.ts. */
const TESTPASSWORD_KEY = new Uint8Array(
  Buffer.from('cd00b56b151da9df1c8cd6768ba1be08c42f02e54942b2cc39985466f6b62569', 'hex'),
)

const transfer: Intent = { kind: 'transfer', to: OFFICIAL, amount: rao(1_000_000_000n) }
const serve: Intent = { kind: 'serve-axon', netuid: netuid(2), ip: '8.8.8.8', port: 8091 }
const runtime = readRuntime(practiceMetadata())
const payloadFor = (intent: Intent) => payloadOf(runtime, callBytesOf(runtime, intent))
const transferPayload = payloadFor(transfer)
const servePayload = payloadFor(serve)
const chain = practiceChain()

let base: string
let wallets: string
let keys: LaunchedKeys
let worker: WorkerHandle
let starts = 0
let locks = 0
const outward: unknown[] = []
const lines: string[] = []

const listening: SpawnPort = {
  start(name, options) {
    const started = nodeSpawn.start(name, options)
    if (options?.args?.[1] === 'cold') {
      worker = started
      starts += 1
    }
    started.onMessage((message) => outward.push(message))
    return started
  },
}

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'taoforge-keys-'))
  wallets = join(base, 'wallets')
  keys = launchKeys({ spawn: listening, walletsFolder: wallets, onLine: (line) => lines.push(line) })
  keys.onLocked(() => {
    locks += 1
  })
})
afterAll(async () => {
  await keys.close()
  await rm(base, { recursive: true, force: true })
})

const value = async <T>(reply: Promise<{ ok: true; value: T } | { ok: false; error: unknown }>): Promise<T> => {
  const result = await reply
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
/** Asked without a key to seal to, so the words are readable. */
const newDraft = async () => (await value(keys.draft())) as MnemonicDraft
const failsWith = (code: string, more: object = {}) => ({ ok: false, error: { code, ...more } })
const checksOf = (draft: MnemonicDraft, positions: readonly number[]) =>
  positions.map((position) => ({ position, word: draft.words[position] ?? '' }))
/** The first message that answers a request. */
const nextAnswer = (lone: WorkerHandle): Promise<unknown> =>
  new Promise((resolve) => {
    lone.onMessage((message) => {
      if ((message as { id?: number }).id !== undefined) resolve(message)
    })
  })
const modeOf = async (path: string) => (await stat(path)).mode & 0o777

describe('a new wallet', () => {
  test('starts empty', async () => {
    expect(await value(keys.list())).toEqual([])
    expect(await modeOf(wallets)).toBe(0o700)
  })

  test.each<[string, number[], ((word: string) => string) | undefined]>([
    ['two words only', [0, 5], undefined],
    ['one word three times', [4, 4, 4], undefined],
    ['a wrong word among four', [1, 2, 3, 7], (word) => `${word}x`],
  ])('is not made from %s', async (_what, positions, spoil) => {
    const draft = await newDraft()
    const checks = checksOf(draft, positions)
    const last = checks.at(-1)!
    const asked = spoil ? [...checks.slice(0, -1), { ...last, word: spoil(last.word) }] : checks
    const made = await keys.create({ draftId: draft.draftId, name: 'mine', password: 'long enough', checks: asked })
    expect(made).toEqual(failsWith('keys/words-not-confirmed'))
  })

  test('refuses weak passwords and names that are no file names, before any work', async () => {
    const draft = await newDraft()
    const ask = (name: string, password: string) =>
      keys.create({ draftId: draft.draftId, name, password, checks: checksOf(draft, [0, 1, 2]) })
    expect(await ask('mine', '  seven77  ')).toEqual(failsWith('keys/weak-password', { minimumLength: 8 }))
    for (const name of ['', '.', '..', '../up', 'a/b', 'a\\b', '.hidden', 'con', 'x.tmp', 'dot.'])
      expect(await ask(name, 'long enough')).toEqual(failsWith('keys/bad-name', { name }))
    expect(await readdir(wallets)).toEqual([])
  })

  test('is on disk in the official layout, sealed, and unlocked', { timeout: SLOW }, async () => {
    const draft = await newDraft()
    const made = await value(
      keys.create({
        draftId: draft.draftId,
        name: 'mine',
        // White space around a password is dropped, as btwallet does.
        password: ' testpassword\n',
        format: 'btwallet',
        checks: checksOf(draft, [11, 0, 6]).map(({ position, word }) => ({ position, word: ` ${word.toUpperCase()}` })),
      }),
    )
    expect(made).toMatchObject({ name: 'mine', unlocked: true, encrypted: true, watchOnly: false, hotkeys: [] })
    const file = new Uint8Array(await readFile(join(wallets, 'mine', 'coldkey')))
    const inside = JSON.parse(new TextDecoder().decode(openWith(TESTPASSWORD_KEY, file)))
    expect(inside).toMatchObject({ secretPhrase: draft.words.join(' '), ss58Address: made.address, cryptoType: 1 })
    expect(await modeOf(join(wallets, 'mine', 'coldkey'))).toBe(0o600)
    expect(await modeOf(join(wallets, 'mine', 'coldkeypub.txt'))).toBe(0o600)
    expect(await modeOf(join(wallets, 'mine'))).toBe(0o700)
    expect(await readdir(wallets)).toEqual(['mine'])
  })

  test('never takes a name twice, whatever its case, and leaves the first alone', async () => {
    const before = await readFile(join(wallets, 'mine', 'coldkey'))
    const draft = await newDraft()
    const again = { draftId: draft.draftId, password: 'long enough', checks: checksOf(draft, [0, 1, 2]) }
    expect(await keys.create({ ...again, name: 'mine' })).toEqual(failsWith('keys/name-taken', { name: 'mine' }))
    expect(await keys.create({ ...again, name: 'MINE' })).toEqual(failsWith('keys/name-taken', { name: 'MINE' }))
    expect(await keys.importWords({ name: 'mine', words: WORDS, password: 'long enough' })).toEqual(
      failsWith('keys/name-taken', { name: 'mine' }),
    )
    expect(await readFile(join(wallets, 'mine', 'coldkey'))).toEqual(before)
  })

  test('gets a hotkey that signs for a miner', async () => {
    const hotkey = await value(keys.manage({ kind: 'create-hotkey', wallet: 'mine', name: 'miner' }))
    expect(hotkey).toMatchObject({ name: 'miner', encrypted: false, format: 'plain', unlocked: true })
    const path = join(wallets, 'mine', 'hotkeys', 'miner')
    const written = JSON.parse(await readFile(path, 'utf8'))
    expect(written.ss58Address).toBe(hotkey.address)
    expect(written.secretPhrase.split(' ')).toHaveLength(12)
    expect(await modeOf(path)).toBe(0o600)
    expect(Object.keys(JSON.parse(await readFile(`${path}pub.txt`, 'utf8')))).not.toContain('secretPhrase')
    expect(await keys.manage({ kind: 'create-hotkey', wallet: 'mine', name: 'Miner' })).toEqual(
      failsWith('keys/name-taken', { name: 'Miner' }),
    )
    expect(await keys.manage({ kind: 'create-hotkey', wallet: 'nobody', name: 'x' })).toEqual(
      failsWith('keys/unknown-wallet', { name: 'nobody' }),
    )
  })
})

describe('words', () => {
  test.each([
    ['eleven', WORDS.split(' ').slice(1).join(' '), { reason: 'word-count' }],
    ['one unknown', WORDS.replace('phone', 'fone'), { reason: 'unknown-word', word: '#6' }],
    ['two swapped', WORDS.replace('rib spatial', 'spatial rib'), { reason: 'checksum' }],
  ])('with %s are refused', async (_what, words, why) => {
    const reply = await keys.importWords({ name: 'bad', words, password: 'long enough' })
    expect(reply).toEqual(failsWith('keys/bad-mnemonic', why))
    expect(await readdir(wallets)).not.toContain('bad')
  })
})

describe('a folder of the official package', () => {
  test('shows names and addresses only, and changes nothing', async () => {
    const found = await value(keys.inspectFolder(fixtures))
    expect(found.map(({ name, address, encrypted }) => ({ name, address, encrypted }))).toEqual([
      { name: 'edwards', address: '5HhFH9GvwCST4kRVoFREE7qDJcjYteR5unhQCrBGhhGuRgNb', encrypted: false },
      { name: 'official', address: OFFICIAL, encrypted: true },
    ])
    const single = await value(keys.inspectFolder(join(fixtures, 'official')))
    expect(single).toMatchObject([{ hotkeys: [{ name: 'miner', address: OFFICIAL_HOTKEY, encrypted: false }] }])
    expect(await keys.inspectFolder(join(base, 'nothing'))).toMatchObject(failsWith('keys/keyfile-missing'))
  })

  test('comes over byte by byte, needs no password, and keeps out of a taken name', async () => {
    const imported = await value(keys.importFolder({ path: join(fixtures, 'official'), name: 'official' }))
    expect(imported).toMatchObject({ address: OFFICIAL, unlocked: false, hotkeys: [{ name: 'miner' }] })
    for (const file of ['coldkey', 'coldkeypub.txt', 'hotkeys/miner', 'hotkeys/minerpub.txt']) {
      const copy = join(wallets, 'official', file)
      expect(await readFile(copy)).toEqual(await readFile(join(fixtures, 'official', file)))
      expect(await modeOf(copy)).toBe(0o600)
    }
    expect(await keys.importFolder({ path: join(fixtures, 'edwards'), name: 'official' })).toEqual(
      failsWith('keys/name-taken', { name: 'official' }),
    )
    expect(await keys.importFolder({ path: base, name: 'other' })).toMatchObject(failsWith('keys/keyfile-missing'))
  })

  test('is refused when its coldkey is cut off', async () => {
    const cut = join(base, 'cut')
    await cp(join(fixtures, 'official'), cut, { recursive: true })
    await truncate(join(cut, 'coldkey'), 30)
    expect(await keys.importFolder({ path: cut, name: 'cut' })).toMatchObject(
      failsWith('keys/keyfile-broken', { reason: 'truncated' }),
    )
    expect((await readdir(wallets)).sort()).toEqual(['mine', 'official'])
  })
})

describe('unlocking and signing', () => {
  const sign = (intent: Intent, payload: Uint8Array, hotkey?: string, wallet = 'official') =>
    keys.sign({ wallet, signer: hotkey ? { hotkey } : 'coldkey', payload, intent, chain })

  test('a locked coldkey signs nothing, a plain hotkey serves', async () => {
    expect(await sign(transfer, transferPayload)).toEqual(failsWith('keys/locked'))
    expect(await sign(serve, servePayload, 'nobody')).toEqual(failsWith('keys/unknown-hotkey', { name: 'nobody' }))
    const signature = await value(sign(serve, servePayload, 'miner'))
    const hotkeyPublic = JSON.parse(await readFile(join(fixtures, 'official/hotkeys/minerpub.txt'), 'utf8')).publicKey
    expect([signature.length, signature[0]]).toEqual([65, 1])
    expect(sr25519Verify(servePayload, signature.slice(1), Buffer.from(hotkeyPublic.slice(2), 'hex'))).toBe(true)
  })

  test('a wrong password opens nothing', { timeout: SLOW }, async () => {
    expect(await keys.unlock('official', 'Testpassword')).toEqual(failsWith('keys/wrong-password'))
    expect(await sign(transfer, transferPayload)).toEqual(failsWith('keys/locked'))
  })

  test('the right password opens what the official package sealed', { timeout: SLOW }, async () => {
    expect(await value(keys.unlock('official', 'testpassword'))).toMatchObject({ unlocked: true, address: OFFICIAL })
    const signature = await value(sign(transfer, transferPayload))
    expect(sr25519Verify(transferPayload, signature.slice(1), OFFICIAL_PUBLIC)).toBe(true)
  })

  test('bytes that say something else than was agreed are not signed', async () => {
    const more: Intent = { ...transfer, amount: rao(999_999_999n) }
    expect(await sign(more, transferPayload)).toEqual(failsWith('keys/intent-differs', { what: 'value' }))
    expect(await sign(transfer, transferPayload, 'miner')).toEqual(failsWith('keys/intent-differs', { what: 'signer' }))
  })

  test('a coldkey in plain text opens without a password and says so', async () => {
    expect(await value(keys.importFolder({ path: join(fixtures, 'edwards'), name: 'edwards' }))).toMatchObject({
      encrypted: false,
    })
    expect(await value(keys.unlock('edwards', ''))).toMatchObject({ unlocked: true, cryptoType: 'ed25519' })
    expect((await value(sign(transfer, transferPayload, undefined, 'edwards')))[0]).toBe(0)
  })

  test('a coldkey file of another account is not taken for this one', async () => {
    await cp(join(wallets, 'edwards'), join(wallets, 'swapped'), { recursive: true })
    await cp(join(fixtures, 'official/coldkeypub.txt'), join(wallets, 'swapped/coldkeypub.txt'))
    expect(await keys.unlock('swapped', '')).toMatchObject(failsWith('keys/keyfile-broken'))
    await rm(join(wallets, 'swapped'), { recursive: true })
  })

  test('a wallet that is only watched cannot be unlocked', async () => {
    await cp(join(fixtures, 'official/coldkeypub.txt'), join(wallets, 'watch/coldkeypub.txt'), { recursive: true })
    expect(await value(keys.list())).toContainEqual(expect.objectContaining({ name: 'watch', watchOnly: true }))
    expect(await keys.unlock('watch', 'testpassword')).toEqual(failsWith('keys/watch-only', { name: 'watch' }))
  })
})

describe('locking', () => {
  test('ends the process; the next call starts another, locked', async () => {
    const { pid } = worker
    const before = { starts, locks }
    await keys.lock()
    expect(() => process.kill(pid ?? 0, 0)).toThrow('ESRCH')
    expect(locks).toBe(before.locks + 1)
    expect((await value(keys.list())).every(({ unlocked }) => !unlocked)).toBe(true)
    expect(starts).toBe(before.starts + 1)
    expect(
      await keys.sign({ wallet: 'official', signer: 'coldkey', payload: transferPayload, intent: transfer, chain }),
    ).toEqual(failsWith('keys/locked'))
  })

  test('answers what was still asked', { timeout: SLOW }, async () => {
    const asked = keys.unlock('official', 'testpassword')
    await keys.list()
    await keys.lock()
    expect(await asked).toEqual(failsWith('keys/locked'))
  })

  test('a killed worker is told as such, and the next call works', async () => {
    await value(keys.unlock('edwards', ''))
    const before = locks
    const asked = keys.unlock('official', 'testpassword')
    process.kill(worker.pid ?? 0, 'SIGKILL')
    expect(await asked).toEqual(failsWith('keys/worker-died'))
    expect(locks).toBe(before + 1)
    expect((await value(keys.list())).length).toBeGreaterThan(0)
  })

  test('a worker is refused what lies outside the folder it was given', async () => {
    await cp(join(fixtures, 'official'), join(base, 'elsewhere', 'official'), { recursive: true })
    const namesSeenWith = async (mayWrite: readonly string[]) => {
      const lone = nodeSpawn.start('keys', { args: [join(base, 'elsewhere'), 'cold'], mayWrite })
      const answer = nextAnswer(lone)
      lone.send({ hello: PROTOCOL })
      lone.send({ id: 1, request: { kind: 'list' } })
      const { value: seen } = (await answer) as { value: readonly { name: string }[] }
      lone.kill()
      return seen.map(({ name }) => name)
    }
    expect(await namesSeenWith([join(base, 'elsewhere')])).toEqual(['official'])
    expect(await namesSeenWith([wallets])).toEqual([])
  })

  test('a worker does not answer what is not in the vocabulary', async () => {
    const lone = nodeSpawn.start('keys', { args: [wallets, 'cold'], mayWrite: [wallets] })
    const answers: unknown[] = []
    lone.onMessage((message) => answers.push(message))
    const answered = nextAnswer(lone)
    lone.send({ id: 1, request: { kind: 'list' } })
    lone.send({ hello: PROTOCOL })
    for (const request of [{ kind: 'export', wallet: 'official' }, { kind: 'list', extra: 1 }, 'list', null])
      lone.send({ id: 1, request })
    lone.send({ id: 2, request: { kind: 'list' } })
    await answered
    lone.kill()
    expect(answers).toMatchObject([
      { hello: PROTOCOL, role: 'cold' },
      { id: 2, ok: true },
    ])
  })
})

test('words left the worker in drafts only, and nothing was written to its output', async () => {
  const drafts = outward.filter((message) => JSON.stringify(message).includes('"words"'))
  expect(drafts.length).toBeGreaterThan(0)
  for (const draft of drafts) expect(draft).toMatchObject({ ok: true, value: { draftId: expect.any(String) } })
  const hotkeyFile = await readFile(join(wallets, 'mine', 'hotkeys', 'miner'), 'utf8')
  const hotkey = JSON.parse(hotkeyFile)
  const rest = JSON.stringify(outward.filter((message) => !drafts.includes(message)))
  const hexOf = (bytes: unknown) => (bytes instanceof Uint8Array ? Buffer.from(bytes).toString('hex') : '')
  const rawBytes = outward.map((message) => hexOf((message as { value?: unknown }).value)).join(' ')
  const secrets = [
    'testpassword',
    'leopard',
    hotkey.secretPhrase,
    hotkey.secretSeed.slice(2),
    hotkey.privateKey.slice(2),
    'da3cf5b1e9144931',
    '1f1995bdf3a17b60',
    'f8c8a8ec9d0fdd03',
  ]
  for (const secret of secrets) expect(`${rest}${rawBytes}`).not.toContain(secret)
  expect(lines).toEqual([])
})

import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AppError } from '../../../shared/errors.ts'
import type { Result } from '../../../shared/result.ts'
import type { Sealed } from '../../../shared/sealing/sealed.ts'
import { cheapSeal } from '../fixtures/cheap-seal.ts'
import { passwordBytes } from '../on-wire.ts'
import type { KeysAnswers, KeysRequestKind, RequestOf } from '../wire.ts'
import { ColdRoom } from './cold-room.ts'
import { HotRoom } from './hot-room.ts'
import { passwordError } from './sealing.ts'

const WORDS = 'old leopard transfer rib spatial phone calm indicate online fire caution review'
const ADDRESS = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty'
const official = fileURLToPath(new URL('../fixtures/official', import.meta.url))
const edwards = fileURLToPath(new URL('../fixtures/edwards', import.meta.url))
const password = passwordBytes('correct horse')
const wrong = passwordBytes('battery staple')
const bytes = (text: string) => new TextEncoder().encode(text)

let root: string
let room: ColdRoom

/** Sealing comes after the room. */
type Readable<K extends KeysRequestKind> = Exclude<KeysAnswers[K], Sealed>

async function ask<K extends KeysRequestKind>(
  kind: K,
  request: Omit<RequestOf<K>, 'kind'>,
): Promise<Result<Readable<K>, AppError>> {
  const handler = room.handlers()[kind] as unknown as (r: object) => Promise<Result<Readable<K>, AppError>>
  return handler({ kind, ...request })
}
async function value<T>(reply: Promise<Result<T, AppError>>): Promise<T> {
  const result = await reply
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const refuses = (code: AppError['code'], more: object = {}) => ({ ok: false, error: { code, ...more } })
const imported = (name: string) => value(ask('import-words', { name, words: bytes(WORDS), password, format: 'vault' }))
const sealedHotkey = (name = 'rig') => value(ask('create-hotkey', { wallet: 'a', name, password }))

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'taoforge-room-'))
  room = new ColdRoom(root, { seal: cheapSeal })
})
afterEach(() => rm(root, { recursive: true, force: true }))

describe('passwords', () => {
  test.each(['', 'seven77', '        x'.trim(), 'aaaaaaaaaa'])('“%s” is too weak to seal with', (typed) => {
    expect(passwordError(passwordBytes(typed))).toMatchObject({ code: 'keys/weak-password' })
  })
  test('a wrong one opens nothing, shows nothing, changes nothing', async () => {
    await imported('a')
    await sealedHotkey()
    const before = await readFile(join(root, 'a', 'coldkey'))
    const no = refuses('keys/wrong-password')
    expect(await ask('unlock', { wallet: 'a', password: wrong })).toEqual(no)
    expect(await ask('reveal-words', { wallet: 'a', password: wrong })).toEqual(no)
    expect(await ask('change-password', { wallet: 'a', password: wrong, newPassword: password })).toEqual(no)
    expect(
      await ask('change-password', { wallet: 'a', hotkey: 'rig', password: wrong, newPassword: password }),
    ).toEqual(no)
    expect(await ask('convert', { wallet: 'a', password: wrong, format: 'btwallet' })).toEqual(no)
    expect(await ask('nacl-coldkey', { wallet: 'a', password: wrong })).toEqual(no)
    expect(await ask('export-polkadot', { wallet: 'a', password: wrong })).toEqual(no)
    expect(await readFile(join(root, 'a', 'coldkey'))).toEqual(before)
  })
  test('a new one opens, the old one no longer', async () => {
    await imported('a')
    const newPassword = passwordBytes('another good one')
    expect(await value(ask('change-password', { wallet: 'a', password, newPassword }))).toMatchObject({
      format: 'vault',
    })
    expect(await ask('unlock', { wallet: 'a', password })).toEqual(refuses('keys/wrong-password'))
    expect(await value(ask('unlock', { wallet: 'a', password: newPassword }))).toMatchObject({
      unlocked: true,
      hasWords: 'yes',
    })
    expect(await readdir(join(root, 'a'))).toEqual(['coldkey', 'coldkeypub.txt', 'hotkeys'])
  })
})

describe('words', () => {
  test('are shown for the password only, each time', async () => {
    await imported('a')
    expect(await value(ask('reveal-words', { wallet: 'a', password }))).toEqual(WORDS.split(' '))
    expect(await ask('reveal-words', { wallet: 'a', password: wrong })).toEqual(refuses('keys/wrong-password'))
  })
  test('are not there of a watched wallet, nor of one from a seed', async () => {
    await value(ask('import-watch', { name: 'w', source: ADDRESS }))
    expect(await ask('reveal-words', { wallet: 'w', password })).toEqual(refuses('keys/watch-only', { name: 'w' }))
    const secret = bytes(`0x${'07'.repeat(32)}`)
    await value(ask('import-secret', { name: 's', secret, cryptoType: 'ed25519', password, format: 'vault' }))
    expect(await ask('reveal-words', { wallet: 's', password })).toEqual(refuses('keys/no-words', { name: 's' }))
  })
})

describe('a watched wallet', () => {
  test('comes from an address or a pub file, and opens for nothing', async () => {
    const pub = await readFile(join(official, 'coldkeypub.txt'), 'utf8')
    expect(await value(ask('import-watch', { name: 'p', source: pub }))).toMatchObject({
      watchOnly: true,
      format: 'watch-only',
    })
    expect(await value(ask('import-watch', { name: 'w', source: ` ${ADDRESS}\n` }))).toMatchObject({ address: ADDRESS })
    for (const kind of ['unlock', 'export-polkadot', 'reveal-words'] as const)
      expect(await ask(kind, { wallet: 'w', password })).toEqual(refuses('keys/watch-only', { name: 'w' }))
  })
  // The hex could be a seed; the long text once took seconds.
  const noAddress = ['', 'nonsense', ADDRESS.slice(0, -1), '{"ss58Address":"5x"}', `0x${'07'.repeat(32)}`]
  test.each([...noAddress, 'x'.repeat(65_536)])('is not made from “%s”', async (source) => {
    expect(await ask('import-watch', { name: 'w', source })).toMatchObject(refuses('chain/bad-address'))
    expect(await readdir(root)).toEqual([])
  })
})

describe('words that are wrong', () => {
  const right = 'old leopard transfer rib spatial phone calm indicate online fire caution review'
  test('are told by place, and what was typed does not come back', async () => {
    const told = await value(ask('diagnose-words', { words: bytes(right.replace('phone', 'phonex')) }))
    expect(told).toMatchObject({ problem: 'unknown-word', unknown: [{ place: 6 }] })
    expect(told.unknown[0]?.candidates).toContain('phone')
    expect(JSON.stringify(told)).not.toMatch(/phonex|leopard/)
    expect(await value(ask('diagnose-words', { words: bytes(right) }))).toMatchObject({ problem: 'none', count: 12 })
    expect(await readdir(root)).toEqual([])
  })
})

describe('new words', () => {
  test.each([12, 24] as const)('are %d where so many are asked for', async (count) => {
    expect((await value(ask('draft', { count }))).words).toHaveLength(count)
  })
  test('are twelve otherwise', async () => {
    expect((await value(ask('draft', {}))).words).toHaveLength(12)
  })
})

describe('a secret that can be read in several ways', () => {
  const secret = bytes('07'.repeat(32))
  test('tells its addresses, and is saved as the one that was chosen', async () => {
    const readings = await value(ask('inspect-secret', { secret }))
    expect(readings.map(({ cryptoType }) => cryptoType).sort()).toEqual(['ed25519', 'sr25519'])
    for (const [at, { address, cryptoType }] of readings.entries())
      expect(
        await value(ask('import-secret', { name: `s${at}`, secret, address, password, format: 'vault' })),
      ).toMatchObject({ address, cryptoType, unlocked: true, hasWords: 'no' })
  })
  test('is refused for an address that it does not lead to', async () => {
    const reply = await ask('import-secret', {
      name: 's',
      secret,
      address: ADDRESS as never,
      password,
      format: 'vault',
    })
    expect(reply.ok).toBe(false)
    expect(await readdir(root)).toEqual([])
  })
})

describe('names', () => {
  const bad = ['', '..', 'a/b', '.trash', 'x.tmp', 'con', 'n'.repeat(65)]
  test.each(bad)('“%s” is no name for anything', async (name) => {
    await imported('a')
    await sealedHotkey()
    const no = refuses('keys/bad-name', { name })
    expect(await ask('import-watch', { name, source: ADDRESS })).toEqual(no)
    expect(await ask('rename-wallet', { wallet: 'a', name })).toEqual(no)
    expect(await ask('rename-hotkey', { wallet: 'a', hotkey: 'rig', name })).toEqual(no)
    expect(await ask('create-hotkey', { wallet: 'a', name })).toEqual(no)
    const { id } = await value(ask('remove-wallet', { wallet: 'a' }))
    expect(await ask('restore', { id, name })).toEqual(no)
  })
  test('that are taken stay with who has them', async () => {
    await imported('a')
    await imported('b')
    await sealedHotkey('one')
    const two = await sealedHotkey('two')
    expect(await ask('rename-wallet', { wallet: 'a', name: 'B' })).toEqual(refuses('keys/name-taken', { name: 'B' }))
    expect(await ask('rename-hotkey', { wallet: 'a', hotkey: 'one', name: 'Two' })).toEqual(
      refuses('keys/name-taken', { name: 'Two' }),
    )
    expect(await ask('import-hotkey', { wallet: 'a', name: 'two', secret: bytes(WORDS) })).toEqual(
      refuses('keys/name-taken', { name: 'two' }),
    )
    const [, a] = await Promise.all([ask('list', {}), value(ask('list', {}))])
    expect(a.find(({ name }) => name === 'a')?.hotkeys).toContainEqual(two)
  })
  test('of what is not there are refused', async () => {
    await imported('a')
    const nobody = refuses('keys/unknown-wallet', { name: 'nobody' })
    expect(await ask('rename-wallet', { wallet: 'nobody', name: 'x' })).toEqual(nobody)
    expect(await ask('remove-wallet', { wallet: 'nobody' })).toEqual(nobody)
    expect(await ask('remove-wallet', { wallet: '../a' })).toEqual(refuses('keys/unknown-wallet', { name: '../a' }))
    expect(await ask('remove-hotkey', { wallet: 'a', hotkey: 'x' })).toEqual(
      refuses('keys/unknown-hotkey', { name: 'x' }),
    )
    const id = '20200101T000000Z-00000000'
    expect(await ask('restore', { id })).toEqual(refuses('keys/unknown-trash', { id }))
    expect(await ask('delete-forever', { id, password })).toEqual(refuses('keys/unknown-trash', { id }))
  })
  test('change, and the wallet stays open', async () => {
    await imported('a')
    await sealedHotkey()
    expect(await value(ask('rename-wallet', { wallet: 'a', name: 'B' }))).toMatchObject({ name: 'B', unlocked: true })
    expect(await value(ask('rename-wallet', { wallet: 'B', name: 'b' }))).toMatchObject({ name: 'b', unlocked: true })
    expect(await value(ask('rename-hotkey', { wallet: 'b', hotkey: 'rig', name: 'rig2' }))).toMatchObject({
      hotkeys: [{ name: 'rig2', format: 'vault', unlocked: false }],
    })
    expect(await readdir(join(root, 'b', 'hotkeys'))).toEqual(['rig2', 'rig2pub.txt'])
  })
})

describe('the trash', () => {
  test('gives a wallet back as it was, once', async () => {
    const before = await imported('a')
    const removed = await value(ask('remove-wallet', { wallet: 'a' }))
    expect(removed).toMatchObject({ kind: 'wallet', wallet: 'a', address: before.address, format: 'vault' })
    expect(Math.abs(Date.now() - removed.removedAtMs)).toBeLessThan(60_000)
    expect(await value(ask('list', {}))).toEqual([])
    expect(await room.keyFor('a', 'coldkey')).toMatchObject(refuses('keys/unknown-wallet'))
    expect(await value(ask('restore', { id: removed.id }))).toMatchObject({ address: before.address, unlocked: false })
    expect(await value(ask('list-trash', {}))).toEqual([])
    expect(await ask('restore', { id: removed.id })).toMatchObject(refuses('keys/unknown-trash'))
  })
  test('never restores over a wallet or hotkey, but under another name', async () => {
    await imported('a')
    await sealedHotkey()
    const hotkey = await value(ask('remove-hotkey', { wallet: 'a', hotkey: 'rig' }))
    await sealedHotkey()
    expect(await ask('restore', { id: hotkey.id })).toEqual(refuses('keys/name-taken', { name: 'rig' }))
    const back = await value(ask('restore', { id: hotkey.id, name: 'old-rig' }))
    expect(back.hotkeys.find(({ name }) => name === 'old-rig')?.address).toBe(hotkey.address)
    const wallet = await value(ask('remove-wallet', { wallet: 'a' }))
    await imported('a')
    expect(await ask('restore', { id: wallet.id })).toEqual(refuses('keys/name-taken', { name: 'a' }))
    expect((await value(ask('restore', { id: wallet.id, name: 'a2' }))).hotkeys).toHaveLength(2)
  })
  test('deletes for good with the password only', async () => {
    await imported('a')
    const { id } = await value(ask('remove-wallet', { wallet: 'a' }))
    expect(await ask('delete-forever', { id, password: wrong })).toEqual(refuses('keys/wrong-password'))
    expect(await value(ask('list-trash', {}))).toHaveLength(1)
    expect(await value(ask('delete-forever', { id, password }))).toBeNull()
    expect(await readdir(join(root, '.trash'))).toEqual([])
  })
  test('keeps a hotkey whose wallet is gone', async () => {
    await imported('a')
    await sealedHotkey()
    const { id } = await value(ask('remove-hotkey', { wallet: 'a', hotkey: 'rig' }))
    await value(ask('remove-wallet', { wallet: 'a' }))
    expect(await ask('restore', { id })).toEqual(refuses('keys/unknown-wallet', { name: 'a' }))
    expect(await value(ask('list-trash', {}))).toHaveLength(2)
  })
})

describe('what cannot be trusted on the disk', () => {
  test('links are no wallets, no key files and no hotkeys', async () => {
    await imported('a')
    await symlink(official, join(root, 'linked'))
    await mkdir(join(root, 'b', 'hotkeys'), { recursive: true })
    await cp(join(official, 'coldkeypub.txt'), join(root, 'b', 'coldkeypub.txt'))
    await symlink(join(edwards, 'coldkey'), join(root, 'b', 'coldkey'))
    await symlink(join(official, 'hotkeys', 'miner'), join(root, 'b', 'hotkeys', 'miner'))
    const wallets = await value(ask('list', {}))
    expect(wallets.map(({ name }) => name)).toEqual(['a', 'b'])
    expect(wallets[1]).toMatchObject({ watchOnly: true, hotkeys: [] })
    expect(await ask('unlock', { wallet: 'linked', password })).toEqual(
      refuses('keys/unknown-wallet', { name: 'linked' }),
    )
    expect(await ask('export-btwallet', { wallet: 'b', folder: join(root, 'out') })).toMatchObject(
      refuses('keys/keyfile-broken', { reason: 'symbolic link' }),
    )
  })
  test('a path that is too long is refused before anything is written', async () => {
    await imported('a')
    const folder = join(root, ...Array.from({ length: 30 }, () => 'd'.repeat(200)))
    const pub = await value(ask('import-watch', { name: 'w', source: ADDRESS }))
    expect(await ask('export-btwallet', { wallet: pub.name, folder })).toMatchObject(
      refuses('storage/broken', { reason: 'ENAMETOOLONG' }),
    )
  })
})

describe('hotkeys', () => {
  test('sealed ones sign after unlocking, also when the wallet was renamed, until they are locked', async () => {
    await imported('a')
    const { address } = await sealedHotkey()
    const hot = new HotRoom(root)
    const rig = { wallet: 'a', hotkey: 'rig' }
    expect(await hot.keyFor('a', { hotkey: 'rig' })).toEqual(refuses('keys/hotkey-locked', { name: 'rig' }))
    expect(await hot.unlock({ ...rig, password: wrong })).toEqual(refuses('keys/wrong-password'))
    expect(await value(hot.unlock({ ...rig, password }))).toMatchObject({ address, unlocked: true })
    await value(ask('rename-wallet', { wallet: 'a', name: 'b' }))
    expect(await hot.keyFor('b', { hotkey: 'rig' })).toMatchObject({ ok: true })
    expect(await hot.keyFor('b', 'coldkey')).toEqual(refuses('keys/locked'))
    await value(hot.lock({ wallet: 'b', hotkey: 'rig' }))
    expect(await hot.keyFor('b', { hotkey: 'rig' })).toEqual(refuses('keys/hotkey-locked', { name: 'rig' }))
  })
  test('are imported from words and from a file', async () => {
    await imported('a')
    expect(await value(ask('import-hotkey', { wallet: 'a', name: 'w', secret: bytes(WORDS) }))).toMatchObject({
      format: 'plain',
    })
    const path = join(official, 'hotkeys', 'miner')
    expect(await value(ask('import-hotkey-file', { wallet: 'a', name: 'm', path }))).toMatchObject({ unlocked: true })
    expect(await readFile(join(root, 'a', 'hotkeys', 'm'))).toEqual(await readFile(path))
    expect(await ask('import-hotkey-file', { wallet: 'a', name: 'n', path: join(root, 'no') })).toMatchObject(
      refuses('keys/keyfile-missing'),
    )
  })
  test('a public part that lies there alone is set aside, not overwritten', async () => {
    await imported('a')
    const pub = join(root, 'a', 'hotkeys', 'rigpub.txt')
    await writeFile(pub, await readFile(join(official, 'hotkeys', 'minerpub.txt')))
    const { address } = await sealedHotkey()
    expect(await readFile(pub, 'utf8')).toContain(address)
    const aside = (await readdir(join(root, 'a', 'hotkeys'))).filter((name) => name.endsWith('.bak'))
    expect(aside).toHaveLength(1)
  })
})

describe('exports', () => {
  test('a plain copy of an official wallet is a folder with owner-only files, never over another one', async () => {
    await value(ask('import-folder', { path: edwards, name: 'e' }))
    const pub = await value(ask('import-watch', { name: 'w', source: ADDRESS }))
    const folder = join(root, 'out')
    const path = await value(ask('export-btwallet', { wallet: pub.name, folder }))
    expect((await stat(join(path, 'coldkeypub.txt'))).mode & 0o777).toBe(0o600)
    expect((await stat(path)).mode & 0o777).toBe(0o700)
    expect(await ask('export-btwallet', { wallet: 'w', folder })).toEqual(refuses('keys/name-taken', { name: 'w' }))
  })
  test('an account file goes out and comes back in', { timeout: 60_000 }, async () => {
    const { address } = await imported('a')
    const json = await value(ask('export-polkadot', { wallet: 'a', password }))
    expect(await value(ask('inspect-polkadot', { json }))).toMatchObject([{ address }])
    const again = { name: 'b', json, password, format: 'vault' as const }
    expect(await ask('import-polkadot', { ...again, sourcePassword: wrong })).toEqual(refuses('keys/wrong-password'))
    expect(await value(ask('import-polkadot', { ...again, sourcePassword: password }))).toMatchObject({
      address,
      hasWords: 'no',
    })
  })
})

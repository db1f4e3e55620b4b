import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addressOf, pairFromSeed } from './keypair.ts'
import { openKeyfile, openKeySource } from './open-keyfile.ts'
import { costFor } from './vault-cost.ts'
import { FLOOR_COST, isVaultFile, needsMigration, openVaultFile, sealVaultFile } from './vault-file.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const WORDS = 'old leopard transfer rib spatial phone calm indicate online fire caution review'.split(' ')
const seed = new Uint8Array(Buffer.from('da3cf5b1e9144931a0f0db65664aab662673b099415a7f8121b7245fb0be4143', 'hex'))
const password = utf8('correct horse')
const createdAtMs = 1_750_000_000_000
const source = { pair: pairFromSeed(seed, 'sr25519'), seed, words: WORDS }
const sealed = await sealVaultFile(source, { password, createdAtMs })
if (!sealed.ok) throw new Error(sealed.error.code)
const file = sealed.value
const changed = (at: number, value: number) => Uint8Array.from(file, (byte, i) => (i === at ? value : byte))
const open = (bytes: Uint8Array, typed = password) => openVaultFile(bytes, 'coldkey', { password: typed })

describe('a vault file', () => {
  test('gives back what it was made from', async () => {
    const content = await open(file)
    expect(content).toMatchObject({ ok: true, value: { createdAtMs, source: { words: WORDS, seed } } })
    expect(content.ok && addressOf(content.value.source.pair.publicKey)).toBe(addressOf(source.pair.publicKey))
  })

  test('opens like any other key file', async () => {
    const pair = await openKeyfile(file, 'coldkey', { trimmed: password, untrimmed: utf8(' correct horse') })
    expect(pair.ok && addressOf(pair.value.publicKey)).toBe(addressOf(source.pair.publicKey))
    expect(await openKeySource(file, 'coldkey', { trimmed: password })).toMatchObject({ value: { words: WORDS } })
  })

  test('stays shut for another password', async () => {
    expect(await open(file, utf8('Correct horse'))).toEqual({ ok: false, error: { code: 'keys/wrong-password' } })
  })

  test('stays shut when any part was changed, header too', { timeout: 60_000 }, async () => {
    for (const at of [18, 34, 57, 58, file.length - 1])
      expect(await open(changed(at, (file[at] ?? 0) ^ 1))).toEqual({
        ok: false,
        error: { code: 'keys/wrong-password' },
      })
    // Four passes instead of three: another key, and another header.
    expect(await open(changed(10, 4))).toEqual({ ok: false, error: { code: 'keys/wrong-password' } })
  })

  test('holds none of it in the clear, and tells not how many words there are', async () => {
    const text = Buffer.from(file).toString('latin1')
    for (const secret of ['leopard', 'da3cf5', addressOf(source.pair.publicKey)]) expect(text).not.toContain(secret)
    const bare = await sealVaultFile({ pair: source.pair }, { password, createdAtMs })
    expect(bare.ok && bare.value.length).toBe(file.length)
    expect(bare.ok && Buffer.from(bare.value.subarray(18, 58))).not.toEqual(Buffer.from(file.subarray(18, 58)))
  })

  test('keeps an ed25519 key', async () => {
    const pair = pairFromSeed(seed, 'ed25519')
    const own = await sealVaultFile({ pair }, { password, createdAtMs })
    const content = own.ok ? await open(own.value) : own
    expect(content).toMatchObject({ value: { source: { pair: { cryptoType: 'ed25519', publicKey: pair.publicKey } } } })
  })

  test('is never cheaper than the floor, whatever is asked for', async () => {
    const cheap = { passes: 1, memoryKib: 8 }
    const own = await sealVaultFile(source, { password, createdAtMs, cost: cheap })
    expect(own.ok && [...own.value.subarray(10, 18)]).toEqual([3, 0, 0, 0, 0, 0, 1, 0])
  })
})

describe('a hostile header', () => {
  test.each([
    ['a newer version', 8, 2, 'keys/unsupported'],
    ['unknown stretching', 9, 2, 'keys/keyfile-broken'],
    ['four thousand million passes', 13, 255, 'keys/keyfile-broken'],
    ['four TiB of memory', 17, 255, 'keys/keyfile-broken'],
    ['passes and memory that are too much together', 10, 65, 'keys/keyfile-broken'],
    ['no pass', 10, 0, 'keys/keyfile-broken'],
  ])('with %s is refused before any work', async (_what, at, value, code) => {
    expect(await open(changed(at, value))).toMatchObject({ ok: false, error: { code } })
  })

  test('of any bytes is answered', async () => {
    const tail = fc.uint8Array({ maxLength: 120 })
    // Memory above the limit: what passes the other checks would only cost time here.
    const refused = tail.map(
      (bytes) => new Uint8Array([...file.subarray(0, 8), ...bytes.map((b, i) => (i === 9 ? b | 128 : b))]),
    )
    await fc.assert(
      fc.asyncProperty(fc.oneof(tail, refused), async (bytes) => {
        expect((await open(bytes)).ok).toBe(false)
      }),
    )
    expect(isVaultFile(file.subarray(0, 8))).toBe(true)
    expect(isVaultFile(utf8('{"taovault":1}'))).toBe(false)
  })
})

describe('the cost', () => {
  test.each([
    [175, undefined, { passes: 3, memoryKib: 262_144 }],
    [10, undefined, { passes: 8, memoryKib: 524_288 }],
    [700, undefined, FLOOR_COST],
    [60_000, undefined, FLOOR_COST],
    [0, undefined, { passes: 8, memoryKib: 524_288 }],
    [175, 300_000_000, { passes: 8, memoryKib: 65_536 }],
  ])('fits a computer that takes %i ms for the floor and has %s bytes left', (ms, left, cost) => {
    expect(costFor(ms, left)).toEqual(cost)
  })

  test('is asked for again where a file has less than half of it, or is of another kind', () => {
    expect(needsMigration(file)).toBe(false)
    expect(needsMigration(file, { passes: 3, memoryKib: 131_072 })).toBe(false)
    expect(needsMigration(file, { passes: 3, memoryKib: 262_144 })).toBe(true)
    expect(needsMigration(changed(10, 2))).toBe(true)
    expect(needsMigration(utf8('$NACL'))).toBe(true)
  })
})

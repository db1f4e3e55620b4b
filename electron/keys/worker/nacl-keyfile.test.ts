import { describe, expect, test } from 'vitest'
import { deriveKey, isNacl, isTruncated, openWith, sealWith } from './nacl-keyfile.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const hex = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString('hex')
/** Argon2i of `testpassword` at the standard cost; computed with libsodium and with hash-wasm. */
const KEY = new Uint8Array(Buffer.from('cd00b56b151da9df1c8cd6768ba1be08c42f02e54942b2cc39985466f6b62569', 'hex'))

describe('deriveKey', () => {
  test('gives the key that libsodium gives', { timeout: 60_000 }, async () => {
    const key = await deriveKey(utf8('testpassword'))
    expect(key.ok && hex(key.value)).toBe(hex(KEY))
  })

  test('refuses at once where the memory is not there', async () => {
    expect(await deriveKey(utf8('x'), undefined, { leftBytes: 400_000_000 })).toEqual({
      ok: false,
      error: { code: 'keys/not-enough-memory', neededBytes: 536_870_912 },
    })
  })
})

describe('the file', () => {
  const file = sealWith(KEY, utf8('{"a":1}'), new Uint8Array(24).fill(1))

  test('has the bytes that btwallet writes', () => {
    expect(hex(file)).toBe(`244e41434c${'01'.repeat(24)}28cd4379d92467b4aedc04b8d18130cea45f5d58b1860c`)
    expect(isNacl(file)).toBe(true)
  })

  test('opens with its key only', () => {
    expect(new TextDecoder().decode(openWith(KEY, file))).toBe('{"a":1}')
    expect(openWith(new Uint8Array(32), file)).toBeUndefined()
  })

  test('does not open when any byte was changed or is missing', () => {
    for (const at of [5, 30, 40, file.length - 1]) {
      const changed = Uint8Array.from(file)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(openWith(KEY, changed)).toBeUndefined()
    }
    expect(openWith(KEY, file.subarray(0, -1))).toBeUndefined()
    expect(isTruncated(file)).toBe(false)
    expect(isTruncated(file.subarray(0, 45))).toBe(true)
  })

  test('never reuses a nonce', () => {
    expect(hex(sealWith(KEY, utf8('x')).slice(5, 29))).not.toBe(hex(sealWith(KEY, utf8('x')).slice(5, 29)))
  })
})

import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addressOf } from './keypair.ts'
import { isAnsible, isFernet, openAnsible, openFernet } from './legacy-keyfile.ts'
import { openKeyfile } from './open-keyfile.ts'

const ADDRESS = '5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV'
const utf8 = (text: string) => new TextEncoder().encode(text)
const fixture = async (name: string) =>
  new Uint8Array(await readFile(fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url))))

describe.each([
  ['legacy-ansible', isAnsible, openAnsible],
  ['legacy-fernet', isFernet, openFernet],
] as const)('%s', (name, is, open) => {
  test('is known by its first bytes', async () => {
    expect(is(await fixture(name))).toBe(true)
    expect(is(await fixture('official/coldkey'))).toBe(false)
    expect(is(await fixture('official/hotkeys/miner'))).toBe(false)
  })

  test('opens with its password, also one with white space around it', { timeout: 120_000 }, async () => {
    const pair = await openKeyfile(await fixture(name), 'coldkey', {
      trimmed: utf8('testpassword'),
      untrimmed: utf8(' testpassword'),
    })
    expect(pair.ok && addressOf(pair.value.publicKey)).toBe(ADDRESS)
  })

  test('stays shut for another password, and says so', { timeout: 120_000 }, async () => {
    const password = { trimmed: utf8('Testpassword') }
    expect(await openKeyfile(await fixture(name), 'coldkey', password)).toEqual({
      ok: false,
      error: { code: 'keys/wrong-password' },
    })
  })

  test('stays shut when cut off', { timeout: 120_000 }, async () => {
    const file = await fixture(name)
    expect(await open(file.subarray(0, file.length - 40), utf8('testpassword'))).toBeUndefined()
    expect(await open(file.subarray(0, 60), utf8('testpassword'))).toBeUndefined()
  })
})

test('a broken Ansible vault is answered, whatever its lines hold', async () => {
  const hex = fc.stringMatching(/^[0-9a-f\n ]{0,400}$/)
  await fc.assert(
    fc.asyncProperty(fc.oneof(hex, fc.string()), async (lines) => {
      expect(await openAnsible(utf8(`$ANSIBLE_VAULT;1.1;AES256\n${lines}`), utf8('x'))).toBeUndefined()
    }),
    { numRuns: 50 },
  )
})

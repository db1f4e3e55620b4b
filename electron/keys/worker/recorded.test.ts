import { readFileSync } from 'node:fs'
import { ed25519 } from '@noble/curves/ed25519.js'
import { sr25519Verify } from '@polkadot/util-crypto/sr25519'
import { beforeAll, describe, expect, test } from 'vitest'
import { readKeySource, readPublicJson, writeKeyJson, writePublicJson } from './key-json.ts'
import type { KeySource } from './key-source.ts'
import { addressOf, signPayload } from './keypair.ts'
import { deriveKey, MODERATE_COST, openWith, sealWith } from './nacl-keyfile.ts'
import { openSecretText } from './secret-text.ts'

interface Recorded {
  readonly kind: 'plain' | 'nacl' | 'nacl-cheaper'
  readonly from: 'words' | 'seed' | 'key'
  readonly cryptoType: 0 | 1
  readonly address: string
  readonly signature: string
  readonly mode: string
  readonly base64: string
}
interface Recording {
  readonly words: string
  readonly seed: string
  readonly privateKey: string
  readonly password: string
  readonly message: string
  readonly files: readonly Recorded[]
}

const utf8 = (text: string) => new TextEncoder().encode(text)
const recording: Recording = JSON.parse(readFileSync(new URL('../fixtures/recorded.json', import.meta.url), 'utf8'))
const of = (kind: Recorded['kind']) => recording.files.filter((file) => file.kind === kind)
const bytesOf = ({ base64 }: Recorded) => new Uint8Array(Buffer.from(base64, 'base64'))
const jsonOf = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>

/** That the key in the file is the one that the official packages signed with, under its scheme. */
function expectTheirs(plain: Uint8Array, file: Recorded): KeySource {
  const source = readKeySource(plain, 'recorded')
  if (!source.ok) throw new Error(source.error.code)
  const { pair, words } = source.value
  expect(addressOf(pair.publicKey)).toBe(file.address)
  expect(pair.cryptoType).toBe(file.cryptoType === 1 ? 'sr25519' : 'ed25519')
  expect(words?.join(' ')).toBe(file.from === 'words' ? recording.words : undefined)
  const [message, signature] = [utf8(recording.message), new Uint8Array(Buffer.from(file.signature, 'hex'))]
  if (pair.cryptoType === 'sr25519') expect(sr25519Verify(message, signature, pair.publicKey)).toBe(true)
  else {
    expect(ed25519.verify(signature, message, pair.publicKey)).toBe(true)
    expect(Buffer.from(signPayload(pair, message)).toString('hex').slice(-128)).toBe(file.signature)
  }
  return source.value
}

describe.each(of('plain'))('a plain file that the official packages wrote from $from, scheme $cryptoType', (file) => {
  test('is read, with the key that they signed with', () => {
    expectTheirs(bytesOf(file), file)
    expect(readPublicJson(bytesOf(file))).toMatchObject({ address: file.address })
    expect(file.mode).toBe('0o600')
  })

  test('says what we write from the same secret, field by field', () => {
    const { words, seed, privateKey } = recording
    const cryptoType = file.cryptoType === 1 ? 'sr25519' : 'ed25519'
    const theirs = jsonOf(bytesOf(file))
    const source = openedFrom({ words, seed, key: file.cryptoType === 1 ? privateKey : seed }[file.from], cryptoType)
    // A private key of ed25519 is its seed. We say so; they leave it out.
    const seedToo = file.from === 'key' && cryptoType === 'ed25519' ? { secretSeed: theirs['privateKey'] } : {}
    expect(jsonOf(writeKeyJson(source))).toEqual({ ...theirs, ...seedToo })
    const { secretPhrase: _words, secretSeed: _seed, privateKey: _key, ...open } = theirs
    expect(jsonOf(writePublicJson(source.pair))).toEqual(open)
  })
})

function openedFrom(text: string, cryptoType: 'sr25519' | 'ed25519'): KeySource {
  const source = openSecretText(utf8(text), { cryptoType })
  if (!source.ok) throw new Error(source.error.code)
  return source.value
}

describe('sealed files', { timeout: 120_000 }, () => {
  let key: Uint8Array
  beforeAll(async () => {
    // Once for all of them, as their salt is the same.
    const derived = await deriveKey(utf8(recording.password))
    if (!derived.ok) throw new Error(derived.error.code)
    key = derived.value
  }, 120_000)

  test.each(of('nacl'))(
    'of scheme $cryptoType open; what we seal of the same content is the same, byte by byte',
    (file) => {
      const plain = openWith(key, bytesOf(file))
      if (!plain) throw new Error('it did not open')
      expectTheirs(plain, file)
      expect(sealWith(key, plain, bytesOf(file).slice(5, 29))).toEqual(bytesOf(file))
      expect(
        openWith(
          key.map((byte, at) => (at === 0 ? byte ^ 1 : byte)),
          bytesOf(file),
        ),
      ).toBeUndefined()
    },
  )

  test.each(of('nacl-cheaper'))('of the lower cost, made by libsodium itself, open', async (file) => {
    expect(openWith(key, bytesOf(file))).toBeUndefined()
    const cheaper = await deriveKey(utf8(recording.password), MODERATE_COST)
    const plain = cheaper.ok ? openWith(cheaper.value, bytesOf(file)) : undefined
    if (!plain) throw new Error('it did not open')
    expectTheirs(plain, file)
  })
})

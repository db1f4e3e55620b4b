import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { writeKeyJson } from './key-json.ts'
import { addressOf, pairFromSeed } from './keypair.ts'
import { deriveKey, MODERATE_COST, sealWith } from './nacl-keyfile.ts'
import { loadArgonThenNoMore } from './native-argon.ts'
import { openKeyfile, openKeySource, sealNaclKeyfile } from './open-keyfile.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const seed = new Uint8Array(Buffer.from('da3cf5b1e9144931a0f0db65664aab662673b099415a7f8121b7245fb0be4143', 'hex'))
const source = { pair: pairFromSeed(seed, 'ed25519'), seed }
const ADDRESS = addressOf(source.pair.publicKey)
const password = utf8('testpassword')
// As the keys process does at its start; without it the same work takes twice as long.
loadArgonThenNoMore()

/** Opens and tells the shares of work that were reported as a whole guess was done. */
async function opening(file: Uint8Array, typed: Parameters<typeof openKeyfile>[2]) {
  const shares: number[] = []
  const pair = await openKeyfile(file, 'miner', { ...typed, onProgress: (share) => void shares.push(share) })
  return { address: pair.ok ? addressOf(pair.value.publicKey) : pair.error, shares }
}

// Three or more runs of Argon2 with 512 MiB in each, on a machine that may be busy.
describe('a $NACL file', { timeout: 240_000 }, () => {
  test('that we write opens, with the same work for a right and a wrong password', async () => {
    const file = await sealNaclKeyfile(source, password)
    if (!file.ok) throw new Error(file.error.code)
    const right = await opening(file.value, { trimmed: password })
    const wrong = await opening(file.value, { trimmed: utf8('Testpassword') })
    expect([right.address, wrong.address]).toEqual([ADDRESS, { code: 'keys/wrong-password' }])
    // Both went through the cheap guess and the dear one to the end.
    const cheap = (6 * 128) / (6 * 128 + 8 * 512)
    for (const { shares } of [right, wrong]) {
      expect(shares).toContain(cheap)
      expect(shares.at(-1)).toBe(1)
      expect(shares).toEqual([...shares].sort((a, b) => a - b))
    }
  })

  test('of the cheaper cost opens too', async () => {
    const key = await deriveKey(password, MODERATE_COST)
    if (!key.ok) throw new Error(key.error.code)
    const opened = await opening(sealWith(key.value, writeKeyJson(source)), { trimmed: password })
    expect(opened.address).toBe(ADDRESS)
    expect(opened.shares.at(-1)).toBe(1)
  })
})

test('a plain file opens with any password, with its seed', async () => {
  const opened = await openKeySource(writeKeyJson(source), 'miner', { trimmed: utf8('any') })
  expect(opened).toMatchObject({ ok: true, value: { seed, pair: { cryptoType: 'ed25519' } } })
})

test('bytes of any kind are answered at once where no key has to be stretched', async () => {
  const start = fc.constantFrom('', '{', '$NACL', 'gAAAAA', '$ANSIBLE_VAULT;1.1;AES256\n', '0x', 'TAOVAULT')
  // Short enough that none of them is a whole encrypted file.
  const rest = fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.string({ maxLength: 40 }).map(utf8))
  await fc.assert(
    fc.asyncProperty(start, rest, async (first, bytes) => {
      const opened = await openKeySource(new Uint8Array([...utf8(first), ...bytes]), 'miner', { trimmed: password })
      expect(opened.ok).toBe(false)
    }),
    { numRuns: 300 },
  )
})

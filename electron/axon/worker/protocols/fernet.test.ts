import { describe, expect, test } from 'vitest'
import { Fernet, fernetKeyOf } from './fernet.ts'

/** @source https://github.com/fernet/spec: generate.json and verify.json */
const KEY = 'cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4='
const TOKEN = 'gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA=='
const AT_SECONDS = Date.parse('1985-10-26T01:20:00-07:00') / 1000

const key = (): Fernet => {
  const made = fernetKeyOf(Buffer.from(KEY))
  if (!made) throw new Error('no key')
  return made
}

describe('Fernet', () => {
  test('seals and opens the token of the specification', () => {
    const iv = Uint8Array.from({ length: 16 }, (_, at) => at)
    expect(key().seal(Buffer.from('hello'), AT_SECONDS * 1000, iv)).toBe(TOKEN)
    const opened = key().open(TOKEN)
    expect(Buffer.from(opened?.plain ?? []).toString()).toBe('hello')
    expect(opened?.sealedAtSeconds).toBe(AT_SECONDS)
  })

  test('opens nothing where any bit was changed, and nothing of another key', () => {
    const bytes = Buffer.from(TOKEN, 'base64url')
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(key().open(changed.toString('base64url'))).toBeUndefined()
    }
    expect(new Fernet(new Uint8Array(32).fill(7)).open(TOKEN)).toBeUndefined()
  })

  test.each(['', 'gA', TOKEN.slice(0, -30), `${TOKEN}x`, TOKEN.replace('_', '/'), `${TOKEN} `, 'ä'.repeat(100)])(
    'opens nothing of %j',
    (token) => expect(key().open(token)).toBeUndefined(),
  )

  test('a token that is written in two ways has one tag', () => {
    const bare = TOKEN.replaceAll('=', '')
    expect(key().open(bare)?.tag).toBe(key().open(TOKEN)?.tag)
  })

  test.each(['', KEY.slice(1), `${KEY}=`, KEY.replace('_', '/')])('a key is not %j', (text) =>
    expect(fernetKeyOf(Buffer.from(text))).toBeUndefined(),
  )
})

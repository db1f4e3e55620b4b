import { describe, expect, test } from 'vitest'
import { withSecrets } from './secrets.ts'

const from = (env: Record<string, string>, piped = '') => ({ env, stdin: async () => piped })

describe('withSecrets', () => {
  test('never from an argument', async () => {
    expect(await withSecrets({ password: 'x' }, ['name', 'password'], from({ TAOFORGE_PASSWORD: 'y' }))).toMatchObject({
      ok: false,
    })
  })
  test('from the environment, else line by line from standard input', async () => {
    expect(await withSecrets({ name: 'a' }, ['name', 'password'], from({ TAOFORGE_PASSWORD: 'y' }))).toEqual({
      ok: true,
      value: { name: 'a', password: 'y' },
    })
    expect(await withSecrets({}, ['name', 'words', 'password'], from({}, 'one two three\nsecret\n'))).toEqual({
      ok: true,
      value: { words: 'one two three', password: 'secret' },
    })
  })
  test('says what is missing', async () => {
    const refused = await withSecrets({}, ['password'], from({}))
    expect(refused).toMatchObject({ ok: false, error: expect.stringContaining('TAOFORGE_PASSWORD') })
  })
  test('reads nothing where nothing secret is asked', async () => {
    const stdin = async (): Promise<string> => {
      throw new Error('must not be read')
    }
    expect(await withSecrets({ amount: '1' }, ['amount'], { env: {}, stdin })).toEqual({
      ok: true,
      value: { amount: '1' },
    })
  })
})

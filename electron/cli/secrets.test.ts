import { describe, expect, test } from 'vitest'
import { withSecrets } from './secrets.ts'

const from = (env: Record<string, string>, piped = '') => ({ env, stdin: async () => piped })

const fields = (...names: string[]) => names.map((name) => ({ name, optional: false }))

describe('withSecrets', () => {
  test('never from an argument', async () => {
    expect(
      await withSecrets({ password: 'x' }, fields('name', 'password'), from({ TAOFORGE_PASSWORD: 'y' })),
    ).toMatchObject({
      ok: false,
    })
  })
  test('from the environment, else line by line from standard input', async () => {
    expect(await withSecrets({ name: 'a' }, fields('name', 'password'), from({ TAOFORGE_PASSWORD: 'y' }))).toEqual({
      ok: true,
      value: { name: 'a', password: 'y' },
    })
    expect(await withSecrets({}, fields('name', 'words', 'password'), from({}, 'one two three\nsecret\n'))).toEqual({
      ok: true,
      value: { words: 'one two three', password: 'secret' },
    })
  })
  test('every secret of a command has its own variable, and its place in the order of lines', async () => {
    const wanted = fields('name', 'newPassword', 'password', 'secret', 'sourcePassword')
    expect(await withSecrets({}, wanted, from({ TAOFORGE_SOURCE_PASSWORD: 's' }, 'seed\nold\nnew'))).toEqual({
      ok: true,
      value: { secret: 'seed', sourcePassword: 's', password: 'old', newPassword: 'new' },
    })
  })
  test('what a command can do without comes from the environment only', async () => {
    const optional = [{ name: 'password', optional: true }]
    const stdin = async (): Promise<string> => {
      throw new Error('must not be read')
    }
    expect(await withSecrets({}, optional, { env: {}, stdin })).toEqual({ ok: true, value: {} })
    expect(await withSecrets({}, optional, { env: { TAOFORGE_PASSWORD: 'x' }, stdin })).toEqual({
      ok: true,
      value: { password: 'x' },
    })
    expect(await withSecrets({ password: 'x' }, optional, { env: {}, stdin })).toMatchObject({ ok: false })
  })
  test('says what is missing', async () => {
    const refused = await withSecrets({}, fields('password'), from({}))
    expect(refused).toMatchObject({ ok: false, error: expect.stringContaining('TAOFORGE_PASSWORD') })
  })
  test('reads nothing where nothing secret is asked', async () => {
    const stdin = async (): Promise<string> => {
      throw new Error('must not be read')
    }
    expect(await withSecrets({ amount: '1' }, fields('amount'), { env: {}, stdin })).toEqual({
      ok: true,
      value: { amount: '1' },
    })
  })
})

import { describe, expect, test } from 'vitest'
import { cliArguments } from './arguments.ts'

const given = (...argv: string[]) => cliArguments(argv)

describe('--accept-licence', () => {
  test('is a part of what models.download is asked', () => {
    const read = given('models.download', '{"id":"m"}', '--accept-licence', 'Apache-2.0')
    expect(read).toMatchObject({ ok: true, value: { input: '{"id":"m","acceptLicence":"Apache-2.0"}' } })
  })

  test('goes with nothing else, and leaves what is no JSON to be refused as that', () => {
    expect(given('wallet.state', '--accept-licence', 'MIT')).toMatchObject({ ok: false })
    expect(given('models.download', '{', '--accept-licence', 'MIT')).toMatchObject({ ok: true, value: { input: '{' } })
    expect(given('models.download', '{"id":"m"}')).toMatchObject({ ok: true, value: { input: '{"id":"m"}' } })
  })
})

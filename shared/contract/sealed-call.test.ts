import { afterEach, describe, expect, test, vi } from 'vitest'
import { newOneTimeKey, type OneTimeKey, type Sealed, sealFor } from '../sealing/sealed.ts'
import { contract } from './contract.ts'
import type { Channel } from './define.ts'
import { sealedCalls } from './sealed-call.ts'
import { hasSecretAnswer, secretFieldsOf } from './secret.ts'

const PASSWORD = 'correct horse battery'
const WORDS = ['bottom', 'drive', 'obey']

/** A host that sees what passes, and a keys process that answers for it. */
function watched(answer: (raw: Readonly<Record<string, unknown>>) => unknown) {
  const asked: { name: string; raw: Readonly<Record<string, unknown>> }[] = []
  const keys: OneTimeKey[] = []
  const ask = sealedCalls(async (name, raw) => {
    const input = raw as Readonly<Record<string, unknown>>
    asked.push({ name, raw: input })
    if (name !== 'wallet.sealingKey') return answer(input)
    const key = await newOneTimeKey()
    keys.push(key)
    return { ok: true, value: { to: key.to } }
  })
  return { ask, asked, keys }
}
const done = () => ({ ok: true, value: null })
const refused = (code: string) => ({ ok: false, error: { code } })
const stale = () => refused('keys/sealed-stale')
const readable = (asked: unknown): string => JSON.stringify(asked)
afterEach(() => vi.unstubAllGlobals())

describe('what is asked', () => {
  test('carries its secrets sealed to the key that was given for its channel', async () => {
    const { ask, asked, keys } = watched(done)
    expect(await ask('wallet.changePassword', { name: 'a', password: PASSWORD, newPassword: 'another one' })).toEqual(
      done(),
    )
    expect(asked.map(({ name }) => name)).toEqual(['wallet.sealingKey', 'wallet.changePassword'])
    expect(asked[0]?.raw).toEqual({ channel: 'wallet.changePassword' })
    expect(readable(asked)).not.toContain(PASSWORD)
    const { name, password, newPassword } = asked[1]!.raw
    expect(name).toBe('a')
    const opened = (sealed: unknown, field: string) =>
      keys[0]!.open(sealed as Sealed, { channel: 'wallet.changePassword', field })
    expect(Buffer.from(await opened(password, 'password')).toString()).toBe(PASSWORD)
    expect(Buffer.from(await opened(newPassword, 'newPassword')).toString()).toBe('another one')
  })

  test('needs no key where nothing secret is given', async () => {
    const { ask, asked } = watched(done)
    await ask('wallet.createHotkey', { wallet: 'a', name: 'miner' })
    await ask('wallet.rename', { name: 'a', newName: 'b' })
    await ask('not.a-channel', { password: PASSWORD })
    expect(asked.map(({ name }) => name)).toEqual(['wallet.createHotkey', 'wallet.rename', 'not.a-channel'])
  })

  test.each([
    ['a password that is no text', { name: 'a', password: 5 }],
    ['no name', { name: '', password: PASSWORD }],
    ['a password that is too long', { name: 'a', password: PASSWORD.repeat(100) }],
  ])('is refused here when the host would refuse it: %s', async (_what, raw) => {
    const { ask, asked } = watched(done)
    expect(await ask('wallet.unlock', raw)).toMatchObject(refused('contract/bad-input'))
    expect(asked).toEqual([])
  })

  test('is sealed anew, once, when the process was another one by then', async () => {
    const answers = [stale(), done()]
    const { ask, asked, keys } = watched(() => answers.shift())
    expect(await ask('wallet.unlock', { name: 'a', password: PASSWORD })).toEqual(done())
    expect(keys).toHaveLength(2)
    expect(asked[1]?.raw['password']).not.toEqual(asked[3]?.raw['password'])
    const never = watched(stale)
    expect(await never.ask('wallet.unlock', { name: 'a', password: PASSWORD })).toEqual(stale())
    expect(never.asked).toHaveLength(4)
  })

  test.each<[string, unknown, string]>([
    ['the process cannot be started', refused('keys/worker-died'), 'keys/worker-died'],
    ['no key comes', done(), 'keys/sealed-broken'],
    ['what comes is no key', { ok: true, value: { to: 'x' } }, 'keys/sealed-broken'],
    ['the key is of low order', { ok: true, value: { to: '00'.repeat(32) } }, 'keys/cannot-seal'],
  ])('goes nowhere when %s', async (_what, given, code) => {
    const asked: string[] = []
    const ask = sealedCalls(async (name) => {
      asked.push(name)
      return given
    })
    expect(await ask('wallet.unlock', { name: 'a', password: PASSWORD })).toEqual(refused(code))
    expect(asked).toEqual(['wallet.sealingKey'])
  })

  test('goes nowhere, and nothing secret is asked for, in a browser that cannot seal', async () => {
    const given = { ok: true, value: { to: (await newOneTimeKey()).to } }
    vi.stubGlobal('crypto', {})
    const asked: string[] = []
    const ask = sealedCalls(async (name) => {
      asked.push(name)
      return given
    })
    expect(await ask('wallet.unlock', { name: 'a', password: PASSWORD })).toEqual(refused('keys/cannot-seal'))
    expect(await ask('wallet.draft', {})).toEqual(refused('keys/cannot-seal'))
    expect(asked).toEqual(['wallet.sealingKey'])
  })
})

describe('what is answered', () => {
  const draft = { draftId: 'd', words: WORDS }
  const sealedAnswer = async (raw: Readonly<Record<string, unknown>>, channel = 'wallet.draft') => ({
    ok: true,
    value: await sealFor(String(raw['sealTo']), { channel }, new TextEncoder().encode(JSON.stringify(draft))),
  })

  test('comes back sealed to a key of this one question, and is open for who asked', async () => {
    const { ask, asked } = watched((raw) => sealedAnswer(raw))
    expect(await ask('wallet.draft', {})).toEqual({ ok: true, value: draft })
    await ask('wallet.draft', {})
    expect(asked[0]?.raw['sealTo']).toMatch(/^[0-9a-f]{64}$/)
    expect(asked[0]?.raw['sealTo']).not.toBe(asked[1]?.raw['sealTo'])
  })

  test('is not taken readable, nor as the answer to another question', async () => {
    const plain = watched(() => ({ ok: true, value: draft }))
    expect(await plain.ask('wallet.draft', {})).toEqual(refused('keys/sealed-broken'))
    const other = watched((raw) => sealedAnswer(raw, 'wallet.revealWords'))
    expect(await other.ask('wallet.draft', {})).toEqual(refused('keys/sealed-broken'))
  })

  test('is a refusal as it came', async () => {
    const { ask } = watched(() => refused('keys/locked'))
    expect(await ask('wallet.draft', {})).toEqual(refused('keys/locked'))
  })
})

test('the contract marks every secret: a new field of such a name is marked, or this list is thought over', () => {
  const channels = Object.entries(contract as Readonly<Record<string, Channel>>)
  const secret = /password|secret|words|checks|mnemonic|seed/i
  /** What a person types to confirm something that cannot be undone; it stands on the screen. */
  const shown = 'account.plan typedWords'
  for (const [name, channel] of channels) {
    const shape = (channel.input as { shape?: object }).shape ?? {}
    const named = Object.keys(shape).filter((field) => secret.test(field) && `${name} ${field}` !== shown)
    expect([name, secretFieldsOf(channel)]).toEqual([name, named])
  }
  expect(
    channels
      .filter(([, channel]) => hasSecretAnswer(channel))
      .map(([name]) => name)
      .sort(),
  ).toEqual(['wallet.diagnoseWords', 'wallet.draft', 'wallet.revealWords'])
  const marked = channels.filter(([, channel]) => secretFieldsOf(channel).length > 0)
  expect(marked.length).toBeGreaterThan(15)
})

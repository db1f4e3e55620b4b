import { beforeEach, describe, expect, test } from 'vitest'
import { newOneTimeKey, type Sealed, sealFor } from '../../../shared/sealing/sealed.ts'
import { SealingDesk } from './sealing-desk.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const UNLOCK = { kind: 'unlock', wallet: 'a' }
const stale = { ok: false, error: { code: 'keys/sealed-stale' } }
const broken = { ok: false, error: { code: 'keys/sealed-broken' } }

let desk: SealingDesk
beforeEach(() => {
  desk = new SealingDesk()
})
const sealed = async (text = ' correct horse', place = { channel: 'wallet.unlock', field: 'password' }) =>
  sealFor(await desk.issue(), place, utf8(text))

describe('a sealed request', () => {
  test('is opened, and its password trimmed as a typed one is', async () => {
    expect(await desk.open({ ...UNLOCK, password: await sealed() })).toEqual({
      ok: true,
      value: { ...UNLOCK, password: { trimmed: utf8('correct horse'), untrimmed: utf8(' correct horse') } },
    })
  })

  test('may carry several secrets to one key, and more than text', async () => {
    const to = await desk.issue()
    const field = (name: string, text: string) => sealFor(to, { channel: 'wallet.create', field: name }, utf8(text))
    const checks = [{ position: 3, word: 'lake' }]
    const request = {
      kind: 'create',
      password: await field('password', 'p'),
      checks: await field('checks', JSON.stringify(checks)),
    }
    expect(await desk.open(request)).toEqual({
      ok: true,
      value: { kind: 'create', password: { trimmed: utf8('p') }, checks },
    })
  })

  test('opens once: whoever recorded it gets nothing by sending it again', async () => {
    const request = { ...UNLOCK, password: await sealed() }
    expect(await desk.open(request)).toMatchObject({ ok: true })
    expect(await desk.open(request)).toEqual(stale)
  })

  test('opens in the process that gave the key only, so not after a restart', async () => {
    const request = { ...UNLOCK, password: await sealed() }
    expect(await new SealingDesk().open(request)).toEqual(stale)
  })

  test.each([
    ['another request', { kind: 'reveal-words' }, 'password'],
    ['a request in which nothing secret has a place', { kind: 'rename-wallet' }, 'password'],
    ['another field', { kind: 'change-password' }, 'newPassword'],
  ])('does not open in %s', async (_what, request, field) => {
    const place = { channel: field === 'password' ? 'wallet.unlock' : 'wallet.changePassword', field: 'password' }
    expect(await desk.open({ ...request, [field]: await sealed('x', place) })).toEqual(broken)
  })

  test.each<[string, (whole: Sealed) => Sealed]>([
    ['cut off', (whole) => ({ ...whole, box: whole.box.slice(0, -2) })],
    ['of the tag alone', (whole) => ({ ...whole, box: whole.box.slice(-32) })],
    [
      'with a byte changed',
      (whole) => ({ ...whole, box: `${whole.box.startsWith('00') ? '01' : '00'}${whole.box.slice(2)}` }),
    ],
    ['under the key of another sender', (whole) => ({ ...whole, enc: whole.to })],
    ['under a key of low order', (whole) => ({ ...whole, enc: '00'.repeat(32) })],
  ])('%s does not open, and its key is gone', async (_what, change) => {
    const whole = await sealed()
    expect(await desk.open({ ...UNLOCK, password: change(whole) })).toEqual(broken)
    expect(await desk.open({ ...UNLOCK, password: whole })).toEqual(stale)
  })

  test('with one secret of two that does not open is refused whole', async () => {
    const to = await desk.issue()
    const password = await sealFor(to, { channel: 'wallet.changePassword', field: 'password' }, utf8('old'))
    expect(await desk.open({ kind: 'change-password', password, newPassword: password })).toEqual(broken)
  })
})

test('a request without anything sealed is left alone', () => {
  expect(desk.open({ ...UNLOCK, password: { trimmed: utf8('x') } })).toBeUndefined()
})

test('keys that nobody came back for are dropped, the newest ones are kept', async () => {
  const first = await sealed()
  for (let more = 0; more < 63; more += 1) await desk.issue()
  const last = await sealed()
  expect(await desk.open({ ...UNLOCK, password: first })).toEqual(stale)
  expect(await desk.open({ ...UNLOCK, password: last })).toMatchObject({ ok: true })
})

test('an answer opens for who asked, as the answer to that channel', async () => {
  const [asker, other] = [await newOneTimeKey(), await newOneTimeKey()]
  const answer = await desk.sealAnswer('reveal-words', asker.to, ['bottom', 'drive'])
  const opened = await asker.open(answer, { channel: 'wallet.revealWords' })
  expect(JSON.parse(new TextDecoder().decode(opened))).toEqual(['bottom', 'drive'])
  await expect(asker.open(answer, { channel: 'wallet.draft' })).rejects.toThrow()
  await expect(other.open(answer, { channel: 'wallet.revealWords' })).rejects.toThrow()
})

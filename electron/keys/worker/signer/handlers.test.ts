import { appendFile, mkdir, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import type { AppError } from '../../../../shared/errors.ts'
import { err, ok, type Result } from '../../../../shared/result.ts'
import type { Intent } from '../../../../shared/signing/intent.ts'
import type { Policy } from '../../../../shared/signing/policy.ts'
import { rao } from '../../../../shared/units/amounts.ts'
import { BOB } from '../../../../test/support/signing/every-intent.ts'
import { callBytesOf, GENESIS, payloadOf, practiceMetadata } from '../../../../test/support/signing/payloads.ts'
import type { RoleHandlers } from '../dispatch.ts'
import { type Keypair, pairFromSeed } from '../keypair.ts'
import { signerHandlers } from './handlers.ts'
import { readRuntime } from './signing-runtime.ts'

const runtime = readRuntime(practiceMetadata())
const password = { trimmed: new TextEncoder().encode('right') }
const wrong = { trimmed: new TextEncoder().encode('wrong') }
const pay = (amount: bigint): Intent => ({ kind: 'transfer', to: BOB, amount: rao(amount) })

let root: string
let pair: Keypair
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'taoforge-signer-'))
  await mkdir(join(root, 'w'))
  pair = pairFromSeed(new Uint8Array(32).fill(7), 'ed25519')
  return () => rm(root, { recursive: true, force: true })
})

/** The signer of one process; another one is what starts after a lock or a crash. */
class OneSigner {
  readonly handlers: RoleHandlers
  metadataHash = ''

  constructor() {
    this.handlers = signerHandlers({
      walletsFolder: root,
      keys: { keyFor: async () => ok({ pair, release: () => undefined }) },
      checkPassword: async (_wallet, typed) =>
        new TextDecoder().decode(typed.trimmed) === 'right' ? ok(null) : err({ code: 'keys/wrong-password' }),
    })
  }

  async sign(intent: Intent, network = 'practice'): Promise<Result<Uint8Array, AppError>> {
    const learnt = await this.handlers['learn-runtime']?.({ kind: 'learn-runtime', metadata: practiceMetadata() })
    if (!learnt?.ok) throw new Error('not learnt')
    const payload = payloadOf(runtime, callBytesOf(runtime, intent))
    const chain = { network, genesis: GENESIS, metadataHash: learnt.value }
    const done = await this.handlers.sign?.({ kind: 'sign', wallet: 'w', signer: 'coldkey', payload, intent, chain })
    if (!done) throw new Error('no sign')
    return done
  }

  async set(policy: Policy, typed?: typeof password) {
    const secret = typed ? { password: typed } : {}
    const done = await this.handlers['set-policy']?.({ kind: 'set-policy', wallet: 'w', policy, ...secret })
    if (!done) throw new Error('no set-policy')
    return done
  }
}

const failsWith = (code: string, more: object = {}) =>
  expect.objectContaining({ error: expect.objectContaining({ code, ...more }) })
const audit = () => join(root, 'w', 'audit-cold.jsonl')
const state = () => join(root, 'w', 'signer-state.json')

describe('limits', () => {
  test('tightening counts at once, also for the process that comes next', async () => {
    const signer = new OneSigner()
    expect((await signer.sign(pay(100n))).ok).toBe(true)
    expect(await signer.set({ mostPerTransaction: rao(50n) })).toMatchObject({ value: { state: 'sealed' } })
    expect(await signer.sign(pay(51n))).toEqual(failsWith('policy/per-transaction', { limit: 50n, asked: 51n }))
    expect(await new OneSigner().sign(pay(51n))).toEqual(failsWith('policy/per-transaction'))
    expect((await new OneSigner().sign(pay(50n))).ok).toBe(true)
  })

  test('what was spent counts for a day, across processes', async () => {
    await new OneSigner().set({ mostPerDay: rao(100n) })
    expect((await new OneSigner().sign(pay(60n))).ok).toBe(true)
    expect(await new OneSigner().sign(pay(60n))).toEqual(failsWith('policy/per-day', { spent: 60n, asked: 60n }))
    expect((await new OneSigner().sign(pay(40n))).ok).toBe(true)
  })

  test('loosening asks for the password and waits; it can be called off', async () => {
    const signer = new OneSigner()
    await signer.set({ mostPerTransaction: rao(50n) })
    expect(await signer.set({})).toEqual(failsWith('keys/wrong-password'))
    expect(await signer.set({}, wrong)).toEqual(failsWith('keys/wrong-password'))
    expect(await signer.set({}, password)).toMatchObject({
      value: { policy: { mostPerTransaction: 50n }, pending: { policy: {} }, looseningWaitMs: 86_400_000 },
    })
    expect(await signer.sign(pay(51n))).toEqual(failsWith('policy/per-transaction'))
    const kept = await signer.handlers['cancel-loosening']?.({ kind: 'cancel-loosening', wallet: 'w' })
    expect(kept).toMatchObject({ ok: true })
    expect(kept?.ok && kept.value.pending).toBeUndefined()
  })

  test('a large amount waits, and is signed after its moment', async () => {
    const signer = new OneSigner()
    await signer.set({ delay: { above: rao(10n), waitMs: 30 } })
    expect((await signer.sign(pay(10n))).ok).toBe(true)
    const first = await signer.sign(pay(11n))
    expect(first).toEqual(failsWith('policy/waiting'))
    const { readyAtMs } = (first as { error: { readyAtMs: number } }).error
    while (Date.now() <= readyAtMs) await new Promise((resolve) => setTimeout(resolve, 5))
    expect((await signer.sign(pay(11n))).ok).toBe(true)
    // One wait, one signature.
    expect(await signer.sign(pay(11n))).toEqual(failsWith('policy/waiting'))
  })
})

describe('tampering', () => {
  test('a changed file signs nothing until limits are set anew with the password', async () => {
    await new OneSigner().set({ mostPerTransaction: rao(50n) })
    const text = await readFile(state(), 'utf8')
    await writeFile(state(), text.replace('mostPerTransaction\\":\\"50', 'mostPerTransaction\\":\\"90'))
    const signer = new OneSigner()
    expect(await signer.sign(pay(1n))).toEqual(failsWith('policy/tampered', { what: 'changed' }))
    expect(await signer.set({})).toEqual(failsWith('keys/wrong-password'))
    expect(await signer.set({}, password)).toMatchObject({ value: { policy: { kinds: [] }, pending: { policy: {} } } })
    expect(await signer.sign(pay(1n))).toEqual(failsWith('policy/kind'))
  })

  test('a deleted file is noticed by the log', async () => {
    await new OneSigner().set({ mostPerTransaction: rao(50n) })
    await rm(state())
    expect(await new OneSigner().sign(pay(1n))).toEqual(failsWith('policy/tampered', { what: 'deleted' }))
  })

  test('an older copy is noticed while the process lives, and by a log that is shorter than it says', async () => {
    const signer = new OneSigner()
    await signer.set({ mostPerTransaction: rao(50n) })
    const old = await readFile(state())
    const oldLog = (await stat(audit())).size
    await signer.sign(pay(1n))
    await writeFile(state(), old)
    expect(await signer.sign(pay(1n))).toEqual(failsWith('policy/tampered', { what: 'older' }))
    await rm(state())
    expect(await signer.sign(pay(1n))).toEqual(failsWith('policy/tampered', { what: 'deleted' }))
    await truncate(audit(), oldLog - 1)
  })

  test('a line of the log that was changed, or cut off', async () => {
    await new OneSigner().sign(pay(5n))
    await new OneSigner().sign(pay(6n))
    const log = await readFile(audit(), 'utf8')
    await writeFile(audit(), log.replace('"tao":"5"', '"tao":"0"'))
    expect(await new OneSigner().sign(pay(1n))).toEqual(failsWith('signer/audit-broken', { line: 1 }))
    await writeFile(audit(), log.slice(0, log.indexOf('\n') + 1))
    expect(await new OneSigner().sign(pay(1n))).toEqual(failsWith('policy/tampered', { what: 'log shortened' }))
  })
})

describe('the log', () => {
  test('a torn last line is cut off and told; the lines before stay', async () => {
    await new OneSigner().sign(pay(5n))
    const before = await readFile(audit(), 'utf8')
    await appendFile(audit(), '{"atMs":17')
    expect((await new OneSigner().sign(pay(6n))).ok).toBe(true)
    const lines = (await readFile(audit(), 'utf8')).split('\n')
    expect(`${lines[0]}\n`).toBe(before)
    expect(lines.slice(1, 3).map((line) => JSON.parse(line).what)).toEqual(['healed', 'call'])
  })

  test('tells pages, newest first, and the whole as lines and as a table', async () => {
    const signer = new OneSigner()
    for (const amount of [1n, 2n, 3n]) await signer.sign(pay(amount))
    const page = await signer.handlers.audit?.({ kind: 'audit', wallet: 'w', role: 'cold', limit: 2 })
    expect(page).toMatchObject({
      value: {
        total: 3,
        entries: [
          { seq: 3, tao: 3n },
          { seq: 2, decision: 'signed' },
        ],
      },
    })
    const next = await signer.handlers.audit?.({ kind: 'audit', wallet: 'w', role: 'cold', limit: 2, before: 2 })
    expect(next).toMatchObject({ value: { entries: [{ seq: 1 }] } })
    const lines = await signer.handlers['export-audit']?.({
      kind: 'export-audit',
      wallet: 'w',
      role: 'cold',
      format: 'jsonl',
    })
    expect(lines).toEqual(ok(await readFile(audit(), 'utf8')))
    const table = await signer.handlers['export-audit']?.({
      kind: 'export-audit',
      wallet: 'w',
      role: 'cold',
      format: 'csv',
    })
    expect(table?.ok && table.value.split('\r\n')).toHaveLength(5)
  })
})

describe('chains', () => {
  test('a wallet that played never signs for a real chain, and a real one never plays', async () => {
    const signer = new OneSigner()
    expect(await signer.sign(pay(1n), 'finney')).toEqual(failsWith('signer/foreign-genesis', { network: 'finney' }))
    expect((await signer.sign(pay(1n), 'custom ws://one')).ok).toBe(true)
    expect(await signer.sign(pay(1n), 'practice')).toEqual(failsWith('signer/foreign-genesis'))
  })
})

describe('messages', () => {
  const say = (text: string, form: 'bytes' | 'plain') =>
    new OneSigner().handlers['sign-message']?.({ kind: 'sign-message', wallet: 'w', signer: 'coldkey', text, form })
  const payload = payloadOf(runtime, callBytesOf(runtime, pay(1n)))

  test.each([
    ['32 characters: as long as a hash', 'x'.repeat(32), 'hash'],
    ['hex', '0xdeadbeef', 'hex'],
    ['control characters', 'a\u0000b', 'binary'],
    ['a transaction’s bytes as text', Buffer.from(payload).toString('latin1'), 'binary'],
  ])('%s is not signed plainly', async (_what, text, reason) => {
    expect(await say(text, 'plain')).toEqual(failsWith('signer/not-a-message', { reason }))
  })

  test.each(['bytes', 'plain'] as const)('%s: signed here, verified here', async (form) => {
    const signed = await say('hello', form)
    if (!signed?.ok) throw new Error('not signed')
    const { address, signature, signedText, wrappedHere } = signed.value
    expect([signedText, wrappedHere]).toEqual(form === 'bytes' ? ['<Bytes>hello</Bytes>', true] : ['hello', false])
    const verify = (text: string) =>
      new OneSigner().handlers['verify-message']?.({ kind: 'verify-message', address, text, signature })
    expect(await verify('hello')).toEqual(
      ok({ valid: true, scheme: 'ed25519', as: form === 'bytes' ? 'wrapped' : 'plain' }),
    )
    expect(await verify('hello!')).toEqual(ok({ valid: false }))
  })
})

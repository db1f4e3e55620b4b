import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { answerText, readAnswer } from '../../../../shared/mining/axon-answer.ts'
import { ok } from '../../../../shared/result.ts'
import { netuid, ss58 } from '../../../../shared/units/amounts.ts'
import { GENESIS, practiceMetadata } from '../../../../test/support/signing/payloads.ts'
import { signerRequests } from '../../wire-signer.ts'
import { addressOf, type Keypair, pairFromSeed } from '../keypair.ts'
import { AnswerDesk } from './answer-desk.ts'
import { readWhole } from './check-payload.ts'
import { signerHandlers } from './handlers.ts'
import { verifiedMessage } from './messages.ts'
import { readRuntime } from './signing-runtime.ts'
import { Turns } from './turns.ts'
import { WalletRecords } from './wallet-records.ts'

const CALLER = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const UUID = '5ecbd69c-1cec-11ee-b0dc-e29ce36fec1a'
const WHO = { wallet: 'w', hotkey: 'miner' }
const CHAIN = { network: 'practice', genesis: GENESIS }
const nonceAt = (ms: number): string => `${BigInt(ms) * 1_000_000n}`
const answerNow = () => ({ nonce: nonceAt(Date.now()), caller: CALLER, uuid: UUID })

let root: string
let pair: Keypair
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'taoforge-answers-'))
  await mkdir(join(root, 'w'))
  pair = pairFromSeed(new Uint8Array(32).fill(7), 'sr25519')
  return () => rm(root, { recursive: true, force: true })
})

/** The signer of a process of hotkeys behind its own vocabulary: what is not in it gets no answer. */
function hotSigner() {
  const keys = { keyFor: async () => ok({ pair, release: () => undefined }) }
  const handlers = signerHandlers({ walletsFolder: root, keys, checkPassword: undefined })
  return async (request: object): Promise<unknown> => {
    const kind = (request as { kind: keyof typeof handlers }).kind
    const shape = signerRequests.find(({ shape }) => shape.kind.value === kind)
    const read = shape?.safeParse(request)
    if (!read?.success) return 'not in the vocabulary'
    return (handlers[kind] as (request: unknown) => unknown)(read.data)
  }
}
const begin = { kind: 'begin-answers', ...WHO, netuid: netuid(7), chain: CHAIN }
const sign = (answer: object) => ({ kind: 'sign-answer', ...WHO, answer })
const failsWith = (code: string, more: object = {}) => ({ ok: false, error: { code, ...more } })
const log = async () =>
  (await readFile(join(root, 'w', 'audit-hot.jsonl'), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

describe('answers of a miner', () => {
  test('are signed between begin and end, with the own address in the text', async () => {
    const ask = hotSigner()
    expect(await ask(sign(answerNow()))).toEqual(failsWith('signer/not-serving', { hotkey: 'miner' }))
    expect(await ask(begin)).toEqual(ok(null))
    const answer = answerNow()
    const signed = (await ask(sign(answer))) as { ok: true; value: string }
    const us = addressOf(pair.publicKey)
    expect(verifiedMessage(us, answerText(answer, us), signed.value)).toMatchObject({
      value: { valid: true, as: 'plain' },
    })
    expect(await ask({ kind: 'end-answers', ...WHO })).toEqual(ok(null))
    expect(await ask(sign(answerNow()))).toEqual(failsWith('signer/not-serving', { hotkey: 'miner' }))
    expect(await log()).toMatchObject([
      { what: 'answers', decision: 'noted', hotkey: 'miner', signer: us },
      { what: 'answers', decision: 'signed', note: '1 answers signed; no more are signed' },
    ])
  })

  test('are counted in the log, and not written one by one', async () => {
    const keys = { keyFor: async () => ok({ pair, release: () => undefined }) }
    const desk = new AnswerDesk({ keys, records: new WalletRecords(root), turns: new Turns(), notedEvery: 10 })
    await desk.begin({ ...begin, kind: 'begin-answers' })
    for (let i = 0; i < 11; i++)
      expect(await desk.sign({ kind: 'sign-answer', ...WHO, answer: answerNow() })).toMatchObject({ ok: true })
    expect((await log()).map(({ note }) => note)).toEqual([
      'answers on subnet 7 are signed from now on',
      '10 answers signed',
    ])
  })

  test('are refused with a time that is not now', async () => {
    const ask = hotSigner()
    await ask(begin)
    for (const offMs of [-61_000, 61_000, 86_400_000])
      expect(await ask(sign({ ...answerNow(), nonce: nonceAt(Date.now() + offMs) }))).toEqual(
        failsWith('signer/not-an-answer', { what: 'nonce' }),
      )
  })

  test('are not signed with another key that came under the name', async () => {
    const ask = hotSigner()
    await ask(begin)
    pair = pairFromSeed(new Uint8Array(32).fill(8), 'sr25519')
    expect(await ask(sign(answerNow()))).toEqual(failsWith('signer/not-serving', { hotkey: 'miner' }))
  })

  test('are refused where the limits of the wallet do not let it serve, and that is noted', async () => {
    const password = { trimmed: new Uint8Array(1) }
    const cold = signerHandlers({
      walletsFolder: root,
      keys: { keyFor: async () => ok({ pair, release: () => undefined }) },
      checkPassword: async () => ok(null),
    })
    await cold['set-policy']?.({ kind: 'set-policy', wallet: 'w', policy: { subnets: [netuid(1)] }, password })
    const ask = hotSigner()
    expect(await ask(begin)).toMatchObject(failsWith('policy/subnet', { netuid: 7 }))
    expect(await ask(sign(answerNow()))).toMatchObject(failsWith('signer/not-serving'))
    expect(await log()).toMatchObject([{ what: 'answers', decision: 'refused', code: 'policy/subnet' }])
  })

  test('can be nothing else: whatever is asked for, only the text of an answer of our own comes out', async () => {
    const ask = hotSigner()
    await ask(begin)
    const us = addressOf(pair.publicKey)
    const runtime = readRuntime(practiceMetadata())
    const field = fc.oneof(
      fc.string(),
      fc.constantFrom('<Bytes>log me in</Bytes>', `${nonceAt(Date.now())}.${us}`, '0x00', ''),
      fc.integer(),
    )
    const honest = fc.record({
      nonce: fc.nat(59_000).map((ms) => nonceAt(Date.now() - ms)),
      caller: fc.constant(CALLER),
      uuid: fc.uuid(),
    })
    const spoiled = fc
      .tuple(honest, fc.constantFrom('nonce', 'caller', 'uuid', 'text', 'us'), field)
      .map(([answer, name, value]) => ({ ...answer, [name]: value }))
    await fc.assert(
      fc.asyncProperty(fc.oneof(honest, spoiled), async (answer) => {
        const signed = await ask(sign(answer))
        if (typeof signed === 'string' || !(signed as { ok: boolean }).ok) return
        const text = answerText(answer as ReturnType<typeof answerNow>, us)
        const { value } = signed as { value: string }
        expect(verifiedMessage(us, text, value)).toMatchObject({ value: { valid: true, as: 'plain' } })
        expect(readAnswer(text, us)).toEqual(answer)
        expect(text).toMatch(/^\d{19}\.5\w{47}\.5\w{47}\.[0-9a-f-]{36}$/)
        if (!runtime) throw new Error('no runtime')
        expect(readWhole(runtime, new TextEncoder().encode(text)).ok).toBe(false)
      }),
      { numRuns: 100 },
    )
  })
})

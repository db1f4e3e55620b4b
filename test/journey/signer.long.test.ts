import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type HostSession, sessionWith } from '../support/host-session.ts'
import { type CliAnswer, type RunningHost, startHost, taoforge } from '../support/running-host.ts'

const PASSWORD = { TAOFORGE_PASSWORD: 'a long enough one' }
const WORDS = 'bottom drive obey lake curtain smoke basket hold race lonely fit walk'
const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty'
const DAVE = '5DAAnrj7VHTznn2AWBemMuyBwZWs6FNFjdyVXUeYum3PTXFy'
const TAO = 1_000_000_000n
const WAIT_MS = 1_500

interface View {
  readonly state: string
  readonly policy: Readonly<Record<string, unknown>>
  readonly pending?: { readonly policy: object; readonly effectiveAtMs: number }
  readonly spentToday: string
}
interface Page {
  readonly total: number
  readonly entries: readonly { readonly decision: string; readonly code?: string; readonly what: string }[]
}

let host: RunningHost
let session: HostSession
const ask = (channel: string, input: object = {}, env: Record<string, string> = {}): Promise<CliAnswer> =>
  taoforge([channel, JSON.stringify({ wallet: 'w', ...input }), '--data', host.data], { env })
const value = <T>(answer: CliAnswer): T => {
  expect(answer.json).toMatchObject({ ok: true })
  return answer.json.value as T
}
const refused = (answer: CliAnswer, code: string, facts: object = {}) => {
  expect(answer.json).toMatchObject({ ok: false, error: { code, ...facts } })
  expect(answer.exit).toBe(1)
}
/** Plans and prepares; the answer is that of the signature at a terminal. */
async function sign(plan: object): Promise<CliAnswer> {
  const { preparedId } = await session.must<{ preparedId: string }>('transaction.prepare', { plan })
  return taoforge(['transaction.send', JSON.stringify({ preparedId }), '--data', host.data])
}
const pay = async (tao: bigint, to = BOB) =>
  sign(await session.must<object>('transfer.plan', { to, amount: String(tao) }))
const stake = async (netuid: number) => {
  const validators = await session.must<{ hotkey: string }[]>('subnets.validators', { netuid })
  const add = { kind: 'add', netuid, hotkey: validators[0]?.hotkey, amount: String(TAO / 10n) }
  return sign(await session.must<object>('staking.planMoves', { moves: [add], tolerancePpm: 50_000 }))
}
const wrapped = async (intent: object) =>
  sign(await session.must<object>('account.plan', { via: { kind: 'direct' }, intent }))
const inBatch = (...intents: object[]) => ({ kind: 'batch', mode: 'all', intents })
const transfer = (tao: bigint, to = BOB) => ({ kind: 'transfer', to, amount: String(tao) })

let rules: Record<string, unknown> = {}
/** One limit more; what is set before stays. */
const tighten = async (more: Record<string, unknown>) => {
  rules = { ...rules, ...more }
  const set = value<View>(await ask('signer.setPolicy', { policy: rules }))
  expect(set).toMatchObject({ state: 'sealed', policy: rules })
  expect(set.pending).toBeUndefined()
}

beforeAll(async () => {
  host = await startHost({ args: ['--network', 'practice', '--block-ms', '600'] })
  session = await sessionWith(host)
  await session.until('network.status', (status: { state: string }) => status.state === 'ready')
  await session.must('wallet.importWords', { name: 'w', words: WORDS, password: PASSWORD.TAOFORGE_PASSWORD })
  await session.must('wallet.unlock', { name: 'w', password: PASSWORD.TAOFORGE_PASSWORD })
  await session.must('practice.playMoney', { amount: String(100n * TAO) })
}, 240_000)
afterAll(async () => {
  await session?.close()
  await host?.stop()
}, 60_000)

/** One wallet, limits ever tighter; the steps build on each other. */
describe('the signer, from the terminal', { timeout: 180_000 }, () => {
  test('no limits: none is set, and it says so', async () => {
    expect(value<View>(await ask('signer.policy'))).toMatchObject({ state: 'none', policy: {} })
    refused(await ask('signer.policy', { wallet: 'nobody' }), 'keys/unknown-wallet')
    refused(await ask('signer.setPolicy', { policy: { delay: { above: '1', waitMs: -1 } } }), 'policy/bad')
  })

  test('too much at once is refused, alone and inside a batch; the limit itself is signed', async () => {
    await tighten({ mostPerTransaction: String(10n * TAO) })
    const facts = { limit: String(10n * TAO), asked: String(11n * TAO) }
    refused(await pay(11n * TAO), 'policy/per-transaction', facts)
    refused(await wrapped(inBatch(transfer(6n * TAO), transfer(5n * TAO))), 'policy/per-transaction', facts)
    value(await pay(10n * TAO))
    expect(value<View>(await ask('signer.policy')).spentToday).toBe(String(10n * TAO))
  })

  test('too much in a day is refused, with what is spent', async () => {
    await tighten({ mostPerDay: String(16n * TAO) })
    refused(await pay(7n * TAO), 'policy/per-day', { spent: String(10n * TAO), asked: String(7n * TAO) })
    value(await pay(1n * TAO))
  })

  test('a subnet, a recipient, a kind that is not allowed is refused, inside a batch, too', async () => {
    await tighten({ subnets: [1] })
    refused(await stake(2), 'policy/subnet', { netuid: 2, allowed: [1] })
    await tighten({ recipients: [BOB] })
    refused(await pay(TAO, DAVE), 'policy/recipient', { recipient: DAVE })
    refused(await wrapped(inBatch(transfer(TAO), transfer(TAO, DAVE))), 'policy/recipient', { recipient: DAVE })
    await tighten({ kinds: ['transfer', 'batch'] })
    refused(await stake(1), 'policy/kind', { kind: 'add-stake' })
    value(await wrapped(inBatch(transfer(TAO / 2n), transfer(TAO / 2n))))
  })

  test('a large amount waits, and is signed when it is asked for again', async () => {
    await tighten({ delay: { above: String(TAO), waitMs: WAIT_MS } })
    const first = await pay(TAO + 1n)
    refused(first, 'policy/waiting')
    const { readyAtMs } = first.json.error as unknown as { readyAtMs: number }
    refused(await pay(TAO + 1n, BOB), 'policy/waiting')
    while (Date.now() <= readyAtMs) await new Promise((resolve) => setTimeout(resolve, 50))
    value(await pay(TAO + 1n))
    refused(await pay(TAO + 1n), 'policy/waiting')
  })

  test('loosening needs the password, waits, and can be called off without it', async () => {
    const looser = { ...rules, mostPerTransaction: String(20n * TAO), mostPerDay: String(5n * TAO) }
    refused(await ask('signer.setPolicy', { policy: looser }), 'keys/wrong-password')
    refused(
      await ask('signer.setPolicy', { policy: looser }, { TAOFORGE_PASSWORD: 'not it at all' }),
      'keys/wrong-password',
    )
    const set = value<View>(await ask('signer.setPolicy', { policy: looser }, PASSWORD))
    // What is stricter counts at once, what is looser waits.
    expect(set.policy).toMatchObject({ mostPerTransaction: String(10n * TAO), mostPerDay: String(5n * TAO) })
    expect(set.pending?.effectiveAtMs).toBeGreaterThan(Date.now())
    expect(value<View>(await ask('signer.cancelLoosening')).pending).toBeUndefined()
  })

  test('a text is signed with its mark, and never what could be a transaction', async () => {
    refused(await ask('signer.signMessage', { text: 'x'.repeat(32), form: 'plain' }), 'signer/not-a-message')
    refused(await ask('signer.signMessage', { text: '0xabcd', form: 'plain' }), 'signer/not-a-message')
    const said = value<{ address: string; signature: string; signedText: string }>(
      await ask('signer.signMessage', { text: 'hello', form: 'bytes' }),
    )
    expect(said.signedText).toBe('<Bytes>hello</Bytes>')
    const { address, signature } = said
    const verify = async (text: string) => value(await ask('signer.verifyMessage', { address, text, signature }))
    expect(await verify('hello')).toMatchObject({ valid: true, as: 'wrapped' })
    expect(await verify('<Bytes>hello</Bytes>')).toMatchObject({ valid: true, as: 'plain' })
    expect(await verify('hello ')).toEqual({ valid: false })
  })

  test('the log tells of each signature and each refusal, page by page and as a whole', async () => {
    const page = value<Page>(await ask('signer.audit', { role: 'cold', limit: 500 }))
    const codes = page.entries.filter(({ decision }) => decision === 'refused').map(({ code }) => code)
    expect(new Set(codes)).toEqual(
      new Set(['per-transaction', 'per-day', 'subnet', 'recipient', 'kind', 'waiting'].map((name) => `policy/${name}`)),
    )
    const older = value<Page>(await ask('signer.audit', { role: 'cold', limit: 3, before: 4 }))
    expect(older.entries).toHaveLength(3)
    const { text } = value<{ text: string }>(await ask('signer.exportAudit', { role: 'cold', format: 'jsonl' }))
    expect(text.trimEnd().split('\n')).toHaveLength(page.total)
    const csv = value<{ text: string }>(await ask('signer.exportAudit', { role: 'cold', format: 'csv' }))
    expect(csv.text.trimEnd().split('\r\n')).toHaveLength(page.total + 1)
  })

  test('locked, the limits are shown unverified and cannot be set; changed outside, nothing is signed', async () => {
    const file = join(host.data, 'practice', 'wallets', 'w', 'signer-state.json')
    await session.must('wallet.lock')
    expect(value<View>(await ask('signer.policy')).state).toBe('unverified')
    refused(await ask('signer.setPolicy', { policy: { kinds: [] } }), 'keys/locked')
    await session.must('wallet.unlock', { name: 'w', password: PASSWORD.TAOFORGE_PASSWORD })
    const text = await readFile(file, 'utf8')
    const forged = text.replace(String(10n * TAO), String(90n * TAO))
    expect(forged).not.toBe(text)
    await writeFile(file, forged)
    expect(value<View>(await ask('signer.policy'))).toMatchObject({ state: 'tampered', policy: { kinds: [] } })
    refused(await pay(1000n), 'policy/tampered', { what: 'changed' })
    refused(await ask('signer.setPolicy', { policy: rules }), 'keys/wrong-password')
    const anew = value<View>(await ask('signer.setPolicy', { policy: rules }, PASSWORD))
    expect(anew).toMatchObject({ state: 'sealed', policy: { kinds: [] }, pending: { policy: rules } })
    refused(await pay(1000n), 'policy/kind')
  })
})

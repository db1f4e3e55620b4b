import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CliAnswer, type RunningHost, startHost, taoforge } from '../support/running-host.ts'

const PASSWORD = { TAOFORGE_PASSWORD: 'a long enough one' }
const WORDS = 'bottom drive obey lake curtain smoke basket hold race lonely fit walk'
const OTHER_WORDS = 'old leopard transfer rib spatial phone calm indicate online fire caution review'
const FIRST = '5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV'
const SECOND = '5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX'
const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty'
/** The first eight bytes of BOB's public key, then others. */
const IMITATION = '5FHneW46xGXgscmpiWnnrv8BMtyLjbgiq6sBomZrqJfpD1sH'

interface Report {
  readonly address: string
  readonly knownAs?: string
  readonly mustBeTyped: boolean
  readonly findings: readonly { readonly kind: string; readonly name?: string }[]
}

let host: RunningHost
const ask = (channel: string, input: object = {}, given: Parameters<typeof taoforge>[1] = {}): Promise<CliAnswer> =>
  taoforge([channel, JSON.stringify(input), '--data', host.data], given)
const value = <T>(answer: CliAnswer): T => {
  expect(answer.json).toMatchObject({ ok: true })
  return answer.json.value as T
}
const refused = (answer: CliAnswer, code: string, facts: object = {}) => {
  expect(answer.json).toMatchObject({ ok: false, error: { code, ...facts } })
  expect(answer.exit).toBe(1)
}
const freeOf = async (coldkey: string) => BigInt(value<{ free: string }>(await ask('portfolio.get', { coldkey })).free)
const kindsOf = async (text: string) =>
  value<Report>(await ask('addresses.check', { text })).findings.map(({ kind }) => kind)

/** Plans, prepares, signs. @returns the record of what happened */
async function send(channel: string, request: object) {
  const plan = value<Record<string, unknown>>(await ask(channel, request))
  const prepared = value<{ preparedId: string; decoded: { call: string; args: { name: string; value: string }[] } }>(
    await ask('transaction.prepare', { plan }),
  )
  const record = value<{ kind: string; to: string; outcome: { sentRao: string; feeRao: string } }>(
    await ask('transaction.send', { preparedId: prepared.preparedId }),
  )
  return { plan, prepared, record }
}

beforeAll(async () => {
  host = await startHost({ args: ['--network', 'practice', '--block-ms', '600'] })
  value(await taoforge(['network.status', '{}', '--data', host.data, '--network', 'practice']))
  for (const [name, words] of [
    ['second', OTHER_WORDS],
    ['first', WORDS],
  ])
    value(await ask('wallet.importWords', { name }, { env: { ...PASSWORD, TAOFORGE_WORDS: words ?? '' } }))
  value(await ask('wallet.select', { name: 'first' }))
  value(await ask('wallet.unlock', { name: 'first' }, { env: PASSWORD }))
  value(await ask('practice.playMoney', { amount: '100000000000' }))
}, 240_000)
afterAll(() => host?.stop())

describe('sending, from the terminal', { timeout: 240_000 }, () => {
  test('refuses what is no address, each for its own reason', async () => {
    for (const [text, problem] of [
      ['', 'empty'],
      [WORDS, 'words'],
      [`0x${'ab'.repeat(32)}`, 'hex-key'],
      [`0x${'ab'.repeat(20)}`, 'ethereum'],
      [`${FIRST.slice(0, 20)}\u200b${FIRST.slice(20)}`, 'invisible'],
      [FIRST.replace('5D', '50'), 'characters'],
      [FIRST.slice(0, -1), 'too-short'],
      ['15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5', 'other-chain'],
      [FIRST.replace('EqRzV', 'EqRzW'), 'checksum'],
    ] as const)
      refused(await ask('addresses.check', { text }), 'address/not-valid', { problem })
    refused(await ask('transfer.plan', { to: FIRST.replace('EqRzV', 'EqRzW'), amount: '1000' }), 'address/not-valid')
  })

  test('refuses amounts that the chain would refuse, and itself', async () => {
    refused(await ask('transfer.plan', { to: FIRST, amount: '1000000000' }), 'transfer/to-itself')
    refused(await ask('transfer.plan', { to: SECOND, amount: '0' }), 'transfer/too-small', { minimum: '500' })
    refused(await ask('transfer.plan', { to: SECOND, amount: '499' }), 'transfer/too-small', { minimum: '500' })
    const { most } = value<{ most: string }>(await ask('transfer.limits', { to: SECOND }))
    refused(
      await ask('transfer.plan', { to: SECOND, amount: (BigInt(most) + 100n).toString() }),
      'transfer/balance-too-low',
    )
    expect(await freeOf(FIRST)).toBe(100_000_000_000n)
  })

  test('sends, keeping the account alive, and pays exactly what was planned', async () => {
    expect(await kindsOf(SECOND)).toEqual(['own-coldkey'])
    expect(await kindsOf(BOB)).toEqual(['first-time'])
    const { plan, prepared, record } = await send('transfer.plan', { to: BOB, amount: '60000000000' })
    expect(prepared.decoded.call).toBe('Balances.transfer_keep_alive')
    expect(prepared.decoded.args.map(({ name, value: text }) => [name, text])).toEqual([
      ['dest', BOB],
      ['value', '60000000000'],
    ])
    expect(record).toMatchObject({
      kind: 'transfer',
      to: BOB,
      outcome: { sentRao: '60000000000', feeRao: plan['txFee'] },
    })
    expect((await freeOf(FIRST)).toString()).toBe(plan['freeAfter'])
    expect(await kindsOf(BOB)).toEqual([])
  })

  test('an imitation of an address that was paid is planned only after it was typed', async () => {
    expect(await kindsOf(IMITATION)).toEqual(['look-alike', 'first-time'])
    const request = { to: IMITATION, amount: '1000000000' }
    refused(await ask('transfer.plan', request), 'address/look-alike', { of: BOB })
    refused(await ask('transfer.planClose', { to: IMITATION }), 'address/look-alike')
    refused(await ask('transfer.plan', { ...request, typedTo: BOB }), 'address/typed-another')
    const plan = value<object>(await ask('transfer.plan', { ...request, typedTo: IMITATION }))
    refused(await ask('transaction.prepare', { plan: { ...plan, request } }), 'address/look-alike')
    value(await ask('transaction.prepare', { plan }))
  })

  test('the address book names, refuses doubles, goes out and comes in again', async () => {
    const entry = value<{ address: string }>(
      await ask('addresses.add', { address: ` ${BOB.slice(0, 24)} ${BOB.slice(24)}`, name: ' Exchange  deposit ' }),
    )
    expect(entry).toMatchObject({ address: BOB, name: 'Exchange deposit', note: '' })
    expect(value<Report>(await ask('addresses.check', { text: BOB })).knownAs).toBe('Exchange deposit')
    refused(await ask('addresses.add', { address: BOB, name: 'again' }), 'address/already-there')
    refused(await ask('addresses.add', { address: SECOND, name: 'EXCHANGE DEPOSIT' }), 'address/name-taken')
    refused(await ask('addresses.add', { address: SECOND, name: '\u202eevil' }), 'address/bad-name')
    const { text } = value<{ text: string }>(await ask('addresses.export'))
    value(await ask('addresses.change', { address: BOB, name: 'Broker', note: 'weekly' }))
    expect(value(await ask('addresses.import', { text }))).toMatchObject({
      added: 0,
      skipped: [{ row: 1, problem: 'already-there' }],
    })
    value(await ask('addresses.remove', { address: BOB }))
    refused(await ask('addresses.remove', { address: BOB }), 'address/not-there')
    expect(value(await ask('addresses.import', { text }))).toEqual({ added: 1, skipped: [] })
    refused(await ask('addresses.import', { text: '{}' }), 'address/book-unreadable')
  })

  test('closing the account is apart, and empties it', async () => {
    const before = await freeOf(SECOND)
    const { plan, prepared, record } = await send('transfer.planClose', { to: SECOND })
    expect(prepared.decoded.call).toBe('Balances.transfer_all')
    expect(prepared.decoded.args.map(({ value: text }) => text)).toEqual([SECOND, 'false'])
    expect(record).toMatchObject({ kind: 'transfer-all', outcome: { sentRao: plan['amount'] } })
    expect(await freeOf(FIRST)).toBe(0n)
    expect(await freeOf(SECOND)).toBe(before + BigInt(plan['amount'] as string))
    refused(await ask('transfer.planClose', { to: SECOND }), 'transfer/balance-too-low')
  })

  test('what came in was seen in its block', async () => {
    let seen: readonly { from: string; to: string; bait: boolean }[] = []
    // Newest first. The play money of before came in, too; what is waited for is in a block that is not final at once.
    for (let tries = 0; tries < 40 && seen[0]?.from !== FIRST; tries += 1) seen = value(await ask('transfer.received'))
    expect(seen[0]).toMatchObject({ from: FIRST, to: SECOND, bait: false })
  })
})

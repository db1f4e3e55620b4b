import { statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contract } from '../../shared/contract/contract.ts'
import { type CliAnswer, type RunningHost, startHost, taoforge } from '../support/running-host.ts'

const PASSWORD = { TAOFORGE_PASSWORD: 'a long enough one' }
const WORDS = 'bottom drive obey lake curtain smoke basket hold race lonely fit walk'

let host: RunningHost
const ask = (channel: string, input: object = {}, given: Parameters<typeof taoforge>[1] = {}): Promise<CliAnswer> =>
  taoforge([channel, JSON.stringify(input), '--data', host.data], given)
const value = <T>(answer: CliAnswer): T => {
  expect(answer.json).toMatchObject({ ok: true })
  return answer.json.value as T
}
const refused = (answer: CliAnswer, code: string) => {
  expect(answer.json).toMatchObject({ ok: false, error: { code } })
  expect(answer.exit).toBe(1)
  expect(answer.lines).toHaveLength(1)
}
interface Portfolio {
  readonly free: string
  readonly positions: readonly { readonly netuid: number; readonly hotkey: string; readonly available: string }[]
}
const portfolio = async () => value<{ data: Portfolio }>(await ask('portfolio.watch')).data
const validatorOf = async (netuid: number) =>
  value<readonly { hotkey: string; permit: boolean }[]>(await ask('subnets.validators', { netuid })).find(
    (v) => v.permit,
  )?.hotkey ?? ''

beforeAll(async () => {
  // From its sources, as the README starts it; other tests start the bundle of the same sources.
  host = await startHost({ fromSource: true, args: ['--network', 'practice', '--block-ms', '1000'] })
  value(await taoforge(['network.status', '{}', '--data', host.data, '--network', 'practice']))
}, 240_000)
afterAll(() => host?.stop())

/** What bad-input.test.ts holds already, more strictly, is not asked again here. */
describe('the terminal, against a running host', () => {
  test('a wallet from words, with every refusal first', async () => {
    refused(
      await ask('wallet.importWords', { name: 'a' }, { env: { TAOFORGE_PASSWORD: 'x', TAOFORGE_WORDS: WORDS } }),
      'keys/weak-password',
    )
    refused(
      await ask('wallet.importWords', { name: '../a' }, { env: { ...PASSWORD, TAOFORGE_WORDS: WORDS } }),
      'keys/bad-name',
    )
    refused(await ask('wallet.importWords', { name: 'a', password: 'x' }), 'contract/bad-input')
    const wallet = value<{ address: string }>(
      await ask('wallet.importWords', { name: 'a' }, { stdin: `${WORDS}\n${PASSWORD.TAOFORGE_PASSWORD}\n` }),
    )
    expect(wallet.address).toBe('5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV')
    refused(
      await ask('wallet.importWords', { name: 'a' }, { env: { ...PASSWORD, TAOFORGE_WORDS: WORDS } }),
      'keys/name-taken',
    )
    expect(statSync(join(host.data, 'practice', 'wallets', 'a', 'coldkey')).mode & 0o777).toBe(0o600)
  }, 240_000)

  test('a folder without a wallet, and a lock', async () => {
    const nowhere = { path: join(host.data, 'nowhere'), name: 'none' }
    refused(await ask('wallet.importFolder', nowhere), 'keys/keyfile-missing')
    value(await ask('wallet.lock'))
    value(await ask('wallet.unlock', { name: 'a' }, { env: PASSWORD }))
  }, 240_000)

  test('stakes and unstakes, and refuses what the chain would refuse, with nothing changed', async () => {
    const answer = await ask('practice.playMoney', { amount: '100000000000' })
    expect(answer.json.unit).toBe('play')
    const two = await validatorOf(2)
    const add = (over: object = {}) => ({
      moves: [{ kind: 'add', netuid: 2, hotkey: two, amount: '10000000000', ...over }],
      tolerancePpm: 20_000,
    })
    const before = await portfolio()
    refused(await ask('staking.planMoves', add({ amount: '1' })), 'stake/too-small')
    refused(await ask('staking.planMoves', add({ amount: 5 })), 'contract/bad-input')
    refused(await ask('staking.planMoves', add({ netuid: 4000 })), 'stake/unknown-subnet')

    const plan = value<{ steps: readonly object[] }>(await ask('staking.planMoves', add()))
    refused(
      await ask('transaction.prepare', {
        plan: { ...plan, steps: plan.steps.map((step) => ({ ...step, limitPrice: '1' })) },
      }),
      'stake/price-moved',
    )
    expect((await portfolio()).free).toBe(before.free)

    const prepared = value<{ preparedId: string; decoded: { call: string; args: { name: string; value: string }[] } }>(
      await ask('transaction.prepare', { plan }),
    )
    expect(prepared.decoded.call).toBe('SubtensorModule.add_stake_limit')
    expect(prepared.decoded.args.find((a) => a.name === 'amount_staked')?.value).toBe('10000000000')
    const record = value<{ stage: string; outcome: { stakeAdded: { taoRao: string } } }>(
      await ask('transaction.send', { preparedId: prepared.preparedId }),
    )
    expect(record.outcome.stakeAdded.taoRao).toBe('10000000000')
    refused(await ask('transaction.send', { preparedId: prepared.preparedId }), 'contract/bad-input')

    const held = (await portfolio()).positions.find((p) => p.netuid === 2)
    expect(BigInt(held?.available ?? '0')).toBeGreaterThan(0n)
    const sale = { kind: 'remove', netuid: 2, hotkey: two, amount: held?.available ?? '0' }
    const remove = { moves: [sale], tolerancePpm: 20_000 }
    const tooMuch = { ...remove, moves: [{ ...sale, amount: '99999999999999999' }] }
    refused(await ask('staking.planMoves', tooMuch), 'stake/not-enough-alpha')
    const back = value<object>(await ask('staking.planMoves', remove))
    const sell = value<{ preparedId: string }>(await ask('transaction.prepare', { plan: back }))
    await ask('wallet.lock')
    refused(await ask('transaction.send', { preparedId: sell.preparedId }), 'keys/locked')
    value(await ask('wallet.unlock', { name: 'a' }, { env: PASSWORD }))
    const again = value<{ preparedId: string }>(
      await ask('transaction.prepare', { plan: value<object>(await ask('staking.planMoves', remove)) }),
    )
    value(await ask('transaction.send', { preparedId: again.preparedId }))
    expect(value<readonly unknown[]>(await ask('activity.watch')).length).toBeGreaterThanOrEqual(3)
  }, 240_000)

  test('mining: not registered, no such model, then it serves', async () => {
    const miner = value<{ address: string }>(await ask('wallet.createHotkey', { wallet: 'a', name: 'm1' }))
    refused(await ask('wallet.createHotkey', { wallet: 'a', name: 'm1' }), 'keys/name-taken')
    const start = { netuid: 2, hotkey: miner.address, modelId: 'self-test', port: 0 }
    refused(await ask('mining.start', start), 'mining/not-registered')
    refused(await ask('registration.plan', { netuid: 0, hotkey: miner.address, tolerancePpm: 0 }), 'register/closed')

    const plan = value<object>(
      await ask('registration.plan', { netuid: 2, hotkey: miner.address, tolerancePpm: 300_000 }),
    )
    const prepared = value<{ preparedId: string }>(await ask('transaction.prepare', { plan }))
    value(await ask('transaction.send', { preparedId: prepared.preparedId }))
    refused(
      await ask('registration.plan', { netuid: 2, hotkey: miner.address, tolerancePpm: 0 }),
      'register/already-registered',
    )

    refused(await ask('models.import', { path: join(host.data, 'none.gguf') }), 'model/file-missing')
    refused(await ask('mining.start', { ...start, modelId: 'nobody' }), 'model/unknown')

    value(await ask('models.makeSelfTest'))
    value(await ask('mining.start', start))
    refused(await ask('mining.start', start), 'mining/already-running')
    const stopped = value<{ state: string }>(await ask('mining.stop'))
    expect(stopped.state).toBe('off')
  }, 240_000)
})

describe('the terminal alone', () => {
  test('--help names every channel with its kind, input and output', async () => {
    const { lines, exit } = await taoforge(['--help'], { fromSource: true })
    expect(exit).toBe(0)
    for (const [name, channel] of Object.entries(contract)) {
      const at = lines.findIndex((line) => line.startsWith(`${name}  (${channel.kind}`))
      expect(at, name).toBeGreaterThan(0)
      expect(lines[at + 2]).toMatch(/^ {4}in: {2}\S/)
      expect(lines[at + 3]).toMatch(/^ {4}out: \S/)
    }
  })

  test.each([
    [['no.channel'], 'contract/unknown-channel'],
    [['app.info', '{not json'], 'contract/bad-input'],
    [['app.info', '[]'], 'contract/bad-input'],
    [['--wrong'], 'contract/bad-input'],
    [['wallet.unlock', '{"name":"a","password":"b"}'], 'contract/bad-input'],
  ])('%j is refused with a code', async (args, code) => {
    const answer = await taoforge(args)
    refused(answer, code)
  })

  test('what lives between two calls needs a running host', async () => {
    refused(await taoforge(['wallet.draft', '{}', '--data', join(host.data, 'empty')]), 'host/needed')
  })
})

import { expect, test } from 'vitest'
import { startPractice } from '../support/chain/practice-network.ts'
import { FaultProxy } from '../support/fault-proxy.ts'
import { lineIn, linesAgainst, offIn } from './against.ts'
import { DEVELOPMENT, runAgainst } from './main.ts'
import { signerFrom } from './signer.ts'

test('a whole runtime: every row is done, and none is off', async () => {
  const lines = await linesAgainst(['--block-ms', '250', '--limit-orders'], [])
  // Blocks that follow so fast may be ahead of a cover, as the app says before.
  expect(offIn(lines).filter((part) => part !== 'a hidden stake')).toEqual([])
  const line = lineIn(lines)
  expect(line('a sale past its limit')).toMatch(/refused, stake\/impact-too-large$/)
  expect(line('claim from root')).toMatch(/^ok/)
  expect(line('cancel the order')).toMatch(/^ok/)
  expect(line('a hidden stake')).toMatch(/^(ok .*hidden until it was in block|off .*too fast)/)
})

test('a runtime that lacks much of it: what is left is done, and the rest is named', async () => {
  const hidden = [
    'sim_swap_',
    'current_alpha_price_all',
    'get_stake_availability_for_coldkeys',
    'DecayingLock',
    'AutoStakeDestination',
    'LimitOrdersEnabled',
    'NextKeyExpiresAt',
    'BetaBasketRuntimeApi',
    'LastEpochBlock',
    'RootStakeUnlockInterval',
    'TransferToggle',
  ]
  const lines = await linesAgainst(['--block-ms', '150'], hidden)
  expect(offIn(lines)).toEqual([
    'epochs',
    expect.stringMatching(/^what leaving \d+ costs$/),
    'limit orders',
    'a sale past its limit',
    'the shares that came out',
    'auto-stake',
    'locks',
    'a hidden stake',
  ])
  expect(lineIn(lines)('exit everything')).toMatch(/^ok .*expected unknown/)
})

test('a runtime that holds stake on root: what would be refused is not signed, and the exit leaves it and says so', async () => {
  const lines = await linesAgainst(['--block-ms', '150', '--root-hold', '5000'], [])
  const line = lineIn(lines)
  expect(line('unstake from root while it is held')).toMatch(/refused, stake\/root-held$/)
  expect(line('rebalance to 80 % and 20 %')).toMatch(/^off .*on root may not leave/)
  expect(line('a plan to exit')).toMatch(/; left: 0 is held$/)
  expect(line('exit everything')).toMatch(/^ok/)
})

test('a runtime that names no price: only what needs none is done', async () => {
  const lines = await linesAgainst(['--block-ms', '150'], ['sim_swap_', 'current_alpha_price'])
  const line = lineIn(lines)
  expect(line('a limit so far from a price that nobody knows')).toMatch(/refused, stake\/limit-needed$/)
  expect(line('unstake from root')).toMatch(/^ok .*within/)
  expect(line('close an account')).toMatch(/^ok/)
  expect(offIn(lines).at(-1)).toBe('all other trades')
})

test('a development chain without a faucet: the account that it endows pays', async () => {
  const network = await startPractice(['--block-ms', '150'])
  const proxy = await FaultProxy.before(network.ws, { lacks: ['practice_faucet'] })
  const lines: string[] = []
  try {
    const fine = await runAgainst(proxy.ws, undefined, (line) => lines.push(line))
    expect(fine, lines.join('\n')).toBe(true)
  } finally {
    await proxy.stop()
    await network.stop()
  }
  const line = lineIn(lines)
  expect(line('money')).toMatch(new RegExp(`^ok .*${signerFrom(DEVELOPMENT).address}$`))
  expect(line('exit everything')).toMatch(/^ok/)
})

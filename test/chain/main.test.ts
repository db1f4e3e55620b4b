import { expect, test } from 'vitest'
import { lineIn, linesAgainst, offIn } from './against.ts'

test('a runtime that simulates no trade: quoting says so, and every trade is made with a limit that is said', {
  timeout: 120_000,
}, async () => {
  const lines = await linesAgainst(['--block-ms', '100'], ['sim_swap_'])
  const line = lineIn(lines)
  expect(offIn(lines)).toEqual([expect.stringMatching(/^what leaving \d+ costs$/), 'a sale past its limit'])
  for (const what of ['a trade', 'sweep', 'rebalance', 'exit'])
    expect(line(`${what} without a limit, where nothing is simulated`)).toMatch(/: refused, stake\/limit-needed$/)
  expect(line('quote')).toMatch(/: unknown alpha for /)
  for (const what of ['stake', 'swap to another subnet', 'sweep small positions', 'rebalance to 80 % and 20 %'])
    expect(line(what)).toMatch(/^ok .*: within, \d+ \(expected unknown, at least \d+, limit \d+\)/)
  expect(line('exit everything')).toMatch(/^ok .*(within, \d+ \(expected unknown, at least \d+, limit \d+\)(; )?){3}$/)
})

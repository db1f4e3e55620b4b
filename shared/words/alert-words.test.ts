import { expect, test } from 'vitest'
import type { Alert } from '../alerts/alert.ts'
import { webhookBody } from '../alerts/webhook-body.ts'
import { netuid, rao, ss58 } from '../units/amounts.ts'
import { alertWords } from './alert-words.ts'

const KEY = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const price: Alert = {
  ...{ kind: 'price-reached', rule: 'r', netuid: netuid(2) },
  ...{ price: rao(1_500_000_000n), wanted: rao(2_000_000_000n) },
}
const red = (id: number): Alert => ({
  ...{ kind: 'epoch-unexplained', netuid: netuid(id), hotkey: KEY, coldkey: KEY },
  ...{ fromBlock: 1, epochBlock: 2, unexplained: -5_000_000_000n },
})

test.each([price, red(0), red(2)])(
  'an amount of the practice network carries its mark, everywhere it is told',
  (alert) => {
    const { what, why } = alertWords(alert, true)
    expect(`${what} ${why}`).toMatch(/play (TAO|alpha)/)
    expect(`${what} ${why}`).not.toMatch(/\d (TAO|alpha)/)
    const real = alertWords(alert)
    expect(`${real.what} ${real.why}`).not.toContain('play')
    const sent = (network: string) =>
      webhookBody({ id: 1, atMs: 0, read: false, alert }, { network, withAddresses: false })
    expect(JSON.parse(sent('practice'))).toMatchObject({ play: true, what })
    expect(JSON.parse(sent('finney'))).toMatchObject({ play: false, what: real.what })
  },
)

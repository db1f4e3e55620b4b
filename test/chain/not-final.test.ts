import { expect, test } from 'vitest'
import { netuid, rao } from '../../shared/units/amounts.ts'
import { TestAccount } from '../support/chain/account.ts'
import { must, never, newChain, submitAndWait, untilBlock } from '../support/chain/chain-session.ts'
import { plannedMove } from '../support/chain/planned-move.ts'
import { startPractice } from '../support/chain/practice-network.ts'
import { FaultProxy } from '../support/fault-proxy.ts'

const PATIENT = { timeout: 40_000 }

test('as long as the last final block says otherwise, the portfolio shows its numbers beside the newest', async () => {
  const network = await startPractice(['--block-ms', '150'])
  const proxy = await FaultProxy.before(network.ws)
  const chain = newChain()
  try {
    must(await chain.connect({ endpoint: proxy.ws, genesis: network.genesis }, never))
    const account = new TestAccount()
    const { block } = must(await chain.playMoney(account.address, rao(100_000_000_000n)))
    await untilBlock(chain, block)
    const look = async () => must(await chain.portfolio(account.address, false))
    const idle = new TestAccount()
    const all = async () =>
      must(await chain.portfolios([account.address, idle.address], false)).map((one) => one.notFinal)
    // Looked at over some blocks, the node tells by itself what happens to the accounts.
    for (let times = 0; times < 6; times += 1) {
      await all()
      await untilBlock(chain, (await look()).block + 1 + times)
    }
    const { hotkey } = must(await chain.validators(netuid(1)))[0]!
    const move = { kind: 'add', netuid: netuid(1), hotkey, amount: rao(1_000_000_000n), tolerancePpm: 50_000 } as const
    const buy = async (before?: () => void) => {
      const { intent } = must(await plannedMove(chain, account.address, move))
      const { handle, payload } = must(await chain.prepareCall(account.address, intent))
      before?.()
      must(await submitAndWait(chain, handle, account.sign(payload)).accepted)
    }
    await buy(() => {
      proxy.faults = { items: { chain_finalizedHead: () => undefined } }
    })
    await expect
      .poll(async () => (await look()).notFinal, PATIENT)
      .toMatchObject({ free: { final: 100_000_000_000n }, positions: [{ netuid: 1, newest: expect.any(BigInt) }] })
    // All wallets together say the same, each of itself. What happened before the node told of all of them is not known to have
    // happened since: then something has to happen once more.
    const together = async () => {
      const seen = await all()
      if (!seen[0]) await buy()
      return seen
    }
    await expect
      .poll(together, { ...PATIENT, interval: 1_000 })
      .toMatchObject([
        { free: { final: 100_000_000_000n }, positions: [{ netuid: 1, newest: expect.any(BigInt) }] },
        undefined,
      ])
    proxy.faults = {}
    await expect.poll(async () => (await look()).notFinal, PATIENT).toBeUndefined()
  } finally {
    await chain.disconnect()
    await proxy.stop()
    await network.stop()
  }
}, 120_000)

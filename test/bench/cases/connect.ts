import { planAddStake } from '../../../shared/staking/plan-add-stake.ts'
import { netuid, rao, type Ss58 } from '../../../shared/units/amounts.ts'
import { TestAccount } from '../../support/chain/account.ts'
import { must, never, newChain, send, untilBlock } from '../../support/chain/chain-session.ts'
import { MeddlingProxy } from '../../support/chain/meddling-proxy.ts'
import { startPractice } from '../../support/chain/practice-network.ts'

export interface ConnectCost {
  readonly requests: number
  readonly bytes: number
}

/**
 * What a fresh client asks of a node from the first byte to a portfolio with two positions and the value of their sale.
 * Counted by a proxy between both, so that the client cannot leave anything out. Bytes are JSON text, both ways.
 */
export async function measureConnect(): Promise<ConnectCost> {
  // Slow blocks: notifications of heads are not what is measured.
  const network = await startPractice(['--block-ms', '1000'])
  const proxy = await MeddlingProxy.before(network.ws)
  const chain = newChain()
  try {
    const coldkey = await withTwoPositions(network.ws)
    must(await chain.connect({ endpoint: proxy.ws, genesis: network.genesis }, never))
    const { positions, totalIfSold } = must(await chain.portfolio(coldkey, true))
    if (positions.length !== 2 || totalIfSold === undefined) throw new Error('the portfolio is not filled')
    return { requests: proxy.methods.length, bytes: proxy.bytes }
  } finally {
    await chain.disconnect()
    await proxy.stop()
    await network.stop()
  }
}

async function withTwoPositions(endpoint: string): Promise<Ss58> {
  const chain = newChain()
  const account = new TestAccount()
  try {
    must(await chain.connect({ endpoint }, never))
    const { block } = must(await chain.playMoney(account.address, rao(100_000_000_000n)))
    await untilBlock(chain, block)
    for (const subnet of [netuid(1), netuid(2)]) {
      const [validator] = must(await chain.validators(subnet))
      if (!validator) throw new Error('the practice network has no validator')
      const request = { netuid: subnet, hotkey: validator.hotkey, amount: rao(1_000_000_000n), tolerancePpm: 50_000 }
      const plan = must(planAddStake(request, must(await chain.addStakeSnapshot(account.address, request))))
      await send(chain, account, plan)
    }
    return account.address
  } finally {
    await chain.disconnect()
  }
}

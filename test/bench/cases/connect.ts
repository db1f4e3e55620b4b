import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPolkadotChain } from '../../../electron/chain/polkadot/create-polkadot-chain.ts'
import { netuid, rao, type Ss58 } from '../../../shared/units/amounts.ts'
import { TestAccount } from '../../support/chain/account.ts'
import { must, never, newChain, realClock, send, silentLog, untilBlock } from '../../support/chain/chain-session.ts'
import { MeddlingProxy } from '../../support/chain/meddling-proxy.ts'
import { plannedMove } from '../../support/chain/planned-move.ts'
import { type PracticeNetwork, startPractice } from '../../support/chain/practice-network.ts'

export interface ConnectCost {
  /** Text frames that the client sent. */
  readonly frames: number
  /** JSON-RPC calls in them: where a gateway counts the calls of a batch one by one, this is what it counts. */
  readonly requests: number
  readonly bytes: number
}

/**
 * What a client asks of a node from the first byte to a full portfolio: balance, two positions with what of them is
 * available, prices, the value of their sale, and all subnets. Counted by a proxy between both, so that the client
 * cannot leave anything out. Bytes are JSON text, both ways.
 * @param start `cold`: nothing is known of the chain. `warm`: another program met it before, with the same data folder.
 */
export async function measureConnect(start: 'cold' | 'warm'): Promise<ConnectCost> {
  const folder = mkdtempSync(join(tmpdir(), 'taoforge-bench-'))
  // Slow blocks: notifications of heads are not what is measured.
  const network = await startPractice(['--block-ms', '1000'])
  try {
    const coldkey = await withTwoPositions(network.ws)
    const cost = await connectOnce(network, coldkey, folder)
    return start === 'cold' ? cost : await connectOnce(network, coldkey, folder)
  } finally {
    await network.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function connectOnce(network: PracticeNetwork, coldkey: Ss58, metadataFolder: string): Promise<ConnectCost> {
  const proxy = await MeddlingProxy.before(network.ws)
  const chain = createPolkadotChain({ clock: realClock, log: silentLog, metadataFolder })
  try {
    must(await chain.connect({ endpoint: proxy.ws, genesis: network.genesis }, never))
    const [portfolio, subnets] = await Promise.all([chain.portfolio(coldkey, true), chain.subnets()])
    const { positions, totalAtSpot, totalIfSold } = must(portfolio)
    const whole = totalAtSpot !== undefined && totalIfSold !== undefined && must(subnets).subnets.length > 2
    if (positions.length !== 2 || !whole) throw new Error('the portfolio is not full')
    return { frames: proxy.frames, requests: proxy.methods.length, bytes: proxy.bytes }
  } finally {
    await chain.disconnect()
    await proxy.stop()
  }
}

export async function withTwoPositions(endpoint: string, account = new TestAccount()): Promise<Ss58> {
  const chain = newChain()
  try {
    must(await chain.connect({ endpoint }, never))
    const { block } = must(await chain.playMoney(account.address, rao(100_000_000_000n)))
    await untilBlock(chain, block)
    for (const subnet of [netuid(1), netuid(2)]) {
      const [validator] = must(await chain.validators(subnet))
      if (!validator) throw new Error('the practice network has no validator')
      const { hotkey } = validator
      const move = { kind: 'add', netuid: subnet, hotkey, amount: rao(1_000_000_000n), tolerancePpm: 50_000 } as const
      await send(chain, account, must(await plannedMove(chain, account.address, move)))
    }
    return account.address
  } finally {
    await chain.disconnect()
  }
}

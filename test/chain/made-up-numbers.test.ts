import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createPolkadotChain } from '../../electron/chain/polkadot/create-polkadot-chain.ts'
import type { KeysPort } from '../../electron/keys/keys.port.ts'
import type { AccountPlans } from '../../electron/services/account-plans.ts'
import type { NetworkService } from '../../electron/services/network.service.ts'
import { StakeMovesService } from '../../electron/services/stake-moves.service.ts'
import type { TradePlans } from '../../electron/services/trade-plans.ts'
import { TransactionsService } from '../../electron/services/transactions.service.ts'
import type { WalletService } from '../../electron/services/wallet.service.ts'
import type { StoragePort } from '../../electron/storage/storage.port.ts'
import type { StakeMovesPlan } from '../../shared/staking/stake-move.ts'
import { netuid, rao } from '../../shared/units/amounts.ts'
import { TestAccount } from '../support/chain/account.ts'
import { must, never, realClock, silentLog, untilBlock } from '../support/chain/chain-session.ts'
import { plannedMove } from '../support/chain/planned-move.ts'
import { type PracticeNetwork, startPractice } from '../support/chain/practice-network.ts'
import { FaultProxy, type Faults } from '../support/fault-proxy.ts'

const TEXT = netuid(1)
/** Blocks of 150 ms take longer on a computer that has other work. */
const PATIENT = { timeout: 20_000 }

type Chain = ReturnType<typeof createPolkadotChain>
let network: PracticeNetwork
const open: { disconnect(): Promise<void> | void }[] = []
beforeAll(async () => {
  network = await startPractice(['--block-ms', '150'])
})
afterAll(() => network.stop())
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.disconnect()
})

async function bad(faults: Faults = {}): Promise<FaultProxy> {
  const proxy = await FaultProxy.before(network.ws, faults)
  open.push({ disconnect: () => proxy.stop() })
  return proxy
}
function client(): Chain {
  const chain = createPolkadotChain({ clock: realClock, log: silentLog })
  open.push(chain)
  return chain
}
const connect = (chain: Chain, first: FaultProxy, ...others: readonly FaultProxy[]) =>
  chain.connect({ endpoint: first.ws, fallbacks: others.map(({ ws }) => ws), genesis: network.genesis }, never)

async function rich(chain: Chain) {
  const account = new TestAccount()
  const { block } = must(await chain.playMoney(account.address, rao(100_000_000_000n)))
  await untilBlock(chain, block)
  const { hotkey } = must(await chain.validators(TEXT))[0]!
  return { account, add: { kind: 'add', netuid: TEXT, hotkey, amount: rao(1_000_000_000n) } as const }
}

/** Little-endian `u64` at the end of an answer, times `factor`. */
const lastTimes = (factor: number) => (honest: string) => {
  const bytes = Buffer.from(honest.slice(2), 'hex')
  const at = bytes.length - 8
  bytes.writeBigUInt64LE((bytes.readBigUInt64LE(at) * BigInt(factor * 100)) / 100n, at)
  return `0x${bytes.toString('hex')}`
}
/** All of a list of (netuid, price): a compact count, then two and eight bytes each. */
const pricesTimes = (factor: number) => (honest: string) => {
  const bytes = Buffer.from(honest.slice(2), 'hex')
  for (let at = bytes.length - 8; at > 1; at -= 10)
    bytes.writeBigUInt64LE((bytes.readBigUInt64LE(at) * BigInt(factor * 100)) / 100n, at)
  return `0x${bytes.toString('hex')}`
}

/** `alpha_amount`, the second of six numbers of eight bytes. */
const simulatedTimes = (factor: number) => (honest: string) => {
  const bytes = Buffer.from(honest.slice(2), 'hex')
  bytes.writeBigUInt64LE(bytes.readBigUInt64LE(8) * BigInt(factor), 8)
  return `0x${bytes.toString('hex')}`
}

describe('a node that makes up what a trade costs', () => {
  /** The app’s own way to a signature, with a key that only counts. */
  async function trader(faults: Faults) {
    const proxy = await bad()
    const chain = client()
    must(await connect(chain, proxy))
    const { account, add } = await rich(chain)
    const before = must(await plannedMove(chain, account.address, { ...add, tolerancePpm: 50_000 }))
    expect(before.doubts).toEqual([])
    const wallet = { name: 'w', address: account.address, unlocked: true }
    const wallets = { active: () => wallet } as unknown as WalletService
    const markets = { history: () => ({ ok: true, value: { samples: [] } }) as const }
    const moves = new StakeMovesService({ chain, wallets, recipients: { refusal: async () => undefined }, markets })
    const signed = { times: 0 }
    const keys = {
      sign: async () => {
        signed.times += 1
        return { ok: false, error: { code: 'keys/locked' } }
      },
    } as unknown as KeysPort
    const connected = {
      genesis: () => network.genesis,
      choice: () => ({ kind: 'practice' }),
      onChange: () => () => undefined,
    }
    const transactions = new TransactionsService({
      chain,
      keys,
      wallets,
      network: connected as unknown as NetworkService,
      plans: { again: (plan: StakeMovesPlan) => moves.again(plan) } as unknown as TradePlans,
      accounts: {} as AccountPlans,
      storage: { transactions: () => [] } as unknown as StoragePort,
      clock: realClock,
      random: { uuid: () => 'p', bytes: (n) => new Uint8Array(n) },
    })
    proxy.faults = faults
    // What was read of a block is not asked for again: the lie begins with the next one.
    const state = chain.state()
    await untilBlock(chain, state.state === 'ready' ? state.best.number + 1 : 0)
    const plan = (more = {}) => moves.plan({ moves: [add], tolerancePpm: 50_000, ...more })
    return { proxy, before, plan, transactions, signed }
  }
  const PRICES = 'SwapRuntimeApi_current_alpha_price_all'
  const SIMULATED = 'SwapRuntimeApi_sim_swap_tao_for_alpha'
  const FEE = 'TransactionPaymentApi_query_info'

  test.each<[string, Faults, object]>([
    [
      'a price three times too high, so that the limit would be, too',
      { calls: { [PRICES]: pricesTimes(3) } },
      { code: 'stake/price-doubted', source: 'reserves' },
    ],
    [
      'a trade that brings twice what the pool holds for it',
      { calls: { [SIMULATED]: simulatedTimes(2) } },
      { code: 'stake/price-doubted', source: 'simulation' },
    ],
    ['a fee a hundred times too high', { calls: { [FEE]: lastTimes(100) } }, { code: 'chain/fee-doubted' }],
    ['a fee of almost nothing', { calls: { [FEE]: lastTimes(0.01) } }, { code: 'chain/fee-doubted' }],
  ])('%s: both numbers are shown, and nothing is signed in silence', async (_name, faults, error) => {
    const { plan, before, transactions, signed, proxy } = await trader(faults)
    // What was agreed to while the node was honest is not signed with its lie.
    const stopped = { code: expect.stringMatching(/-(moved|doubted)$/) }
    expect(await transactions.prepare(before)).toMatchObject({ ok: false, error: stopped })
    const shown = must(await plan())
    expect(shown.doubts.length).toBeGreaterThan(0)
    for (const { stated, compared } of shown.doubts) expect(stated).not.toBe(compared)
    expect(await transactions.prepare(shown)).toMatchObject({ ok: false, error })
    // Only who says so goes on, up to the key.
    const { preparedId } = must(await transactions.prepare(must(await plan({ despiteDoubts: true }))))
    expect(signed.times).toBe(0)
    expect(await transactions.send(preparedId)).toMatchObject({ error: { code: 'keys/locked' } })
    expect(signed.times).toBe(1)
    expect(proxy.methods.filter((method) => method.startsWith('author_'))).toEqual([])
  })
})

test('two endpoints that state different prices: both numbers stand in the plan', async () => {
  const lies = { calls: { SwapRuntimeApi_current_alpha_price: lastTimes(3) } }
  const [first, other] = [await bad(), await bad(lies)]
  const chain = client()
  must(await connect(chain, first, other))
  const { account, add } = await rich(chain)
  const state = chain.state()
  // A price that cannot be had elsewhere yet is no contradiction; one that was heard is, in every later plan.
  await untilBlock(chain, state.state === 'ready' ? state.best.number + 1 : 0)
  await expect
    .poll(async () => must(await plannedMove(chain, account.address, { ...add, tolerancePpm: 50_000 })).doubts, PATIENT)
    .toMatchObject([{ kind: 'price', source: 'elsewhere', netuid: 1 }])
  expect(other.methods).not.toContain('author_submitAndWatchExtrinsic')
})

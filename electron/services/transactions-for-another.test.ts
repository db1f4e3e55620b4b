import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { AccountPlan } from '../../shared/accounts/plan-account.ts'
import type { AppError } from '../../shared/errors.ts'
import { err, ok } from '../../shared/result.ts'
import type { PlainIntent } from '../../shared/signing/intent.ts'
import { rao, raoPerAlpha, ss58 } from '../../shared/units/amounts.ts'
import { TWO } from '../../test/support/staking/moves-snapshot.ts'
import type { AccountsPort } from '../chain/accounts.port.ts'
import type { ChainPort } from '../chain/chain.port.ts'
import type { KeysPort } from '../keys/keys.port.ts'
import { sqliteStorage } from '../storage/sqlite-storage.ts'
import type { StoragePort } from '../storage/storage.port.ts'
import type { AccountPlans } from './account-plans.ts'
import type { NetworkService } from './network.service.ts'
import type { TradePlans } from './trade-plans.ts'
import { TransactionsService } from './transactions.service.ts'
import type { WalletService } from './wallet.service.ts'

const ALICE = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const BOB = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const add: PlainIntent = {
  kind: 'add-stake',
  hotkey: BOB,
  netuid: TWO,
  amount: rao(1_000_000_000n),
  limitPrice: raoPerAlpha(50_000_000n),
}
const moved: AppError = {
  code: 'stake/price-moved',
  price: raoPerAlpha(60_000_000n),
  limitPrice: raoPerAlpha(50_000_000n),
}
const outcome = { block: 101, blockHash: '0x', extrinsicIndex: 1 }

let folder = ''
let storage: StoragePort
let world: { refusal: AppError | undefined; plannedAgain: number; signed: number }
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taoforge-for-another-'))
  storage = sqliteStorage(folder)
  world = { refusal: undefined, plannedAgain: 0, signed: 0 }
})
afterEach(() => {
  storage.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The plan of a proxy; what the chain says of it now is played. */
async function prepared(inner: PlainIntent): Promise<{ transactions: TransactionsService; id: string }> {
  const plan: AccountPlan = {
    kind: 'account',
    coldkey: BOB,
    signer: ALICE,
    via: { kind: 'proxy', real: BOB },
    inner,
    intent: { kind: 'proxied', real: BOB, intent: inner },
    atBlock: 100,
    txFee: rao(1_600_000n),
    deposit: rao(0n),
    charge: rao(0n),
    freeAfter: rao(1n),
  }
  const again = async () => {
    world.plannedAgain += 1
    return world.refusal ? err(world.refusal) : ok(plan)
  }
  const chain: Partial<ChainPort & AccountsPort> = {
    state: () => ({ state: 'ready', best: { number: 100, hash: '0x', seenAtMs: 0 } }) as ReturnType<ChainPort['state']>,
    prepareCall: async () =>
      ok({ payload: new Uint8Array([1]), metadata: new Uint8Array([2]), decoded: {} as never, handle: 'h' }),
    submit: async (_handle, _signature, onEvent) => {
      onEvent({ stage: 'finalized', outcome })
      return ok({ txHash: '0xaa' })
    },
  }
  const keys: Partial<KeysPort> = {
    sign: async () => {
      world.signed += 1
      return ok(new Uint8Array(65))
    },
  }
  let ids = 0
  const transactions = new TransactionsService({
    chain: chain as ChainPort & AccountsPort,
    accounts: { confirmed: async () => ok(undefined), happened: () => undefined } as unknown as AccountPlans,
    plans: { again } as unknown as TradePlans,
    keys: keys as KeysPort,
    storage,
    clock: { nowMs: () => 1, after: () => () => undefined, every: () => () => undefined },
    random: { bytes: (n) => new Uint8Array(n), uuid: () => `id-${++ids}` },
    wallets: { active: () => ({ name: 'w', address: ALICE, unlocked: true }) } as unknown as WalletService,
    network: {
      choice: () => ({ kind: 'practice' }),
      genesis: () => '0x01',
      onChange: () => () => undefined,
    } as unknown as NetworkService,
  })
  const made = await transactions.prepare(plan)
  if (!made.ok) throw new Error(made.error.code)
  return { transactions, id: made.value.preparedId }
}

test('a trade for another account is looked at once more in the moment of signing, too', async () => {
  const { transactions, id } = await prepared(add)
  world.refusal = moved
  expect(await transactions.send(id)).toEqual({ ok: false, error: moved })
  expect(world.signed).toBe(0)
  world.refusal = undefined
  expect(await transactions.send(id)).toMatchObject({ ok: true })
  expect(world).toMatchObject({ signed: 1, plannedAgain: 3 })
})

test('what has no price is not planned a second time', async () => {
  const { transactions, id } = await prepared({ kind: 'transfer', to: BOB, amount: rao(5n) })
  expect(await transactions.send(id)).toMatchObject({ ok: true })
  expect(world).toMatchObject({ signed: 1, plannedAgain: 1 })
})

import { expect, test } from 'vitest'
import { ok } from '../../shared/result.ts'
import type { TransactionRecord } from '../../shared/transactions/transaction.ts'
import { ss58 } from '../../shared/units/amounts.ts'
import type { ChainPort, TransactionTrace } from '../chain/chain.port.ts'
import type { StoragePort } from '../storage/storage.port.ts'
import type { NetworkService } from './network.service.ts'
import { PendingTransactions } from './pending-transactions.ts'

test('of one that was hidden twice, both are looked for after a crash', () => {
  const twin = { txHash: '0xbb', firstBlock: 3, lastBlock: 10, carrierHash: '0xdd' }
  const trace = { txHash: '0xaa', firstBlock: 4, lastBlock: 11, carrierHash: '0xcc', twin }
  const record: TransactionRecord = {
    ...trace,
    id: 'a',
    genesis: '0x01',
    kind: 'stake-moves',
    signer: ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty'),
    stage: 'signed',
    startedAtMs: 0,
  }
  const followed: TransactionTrace[] = []
  const chain: Pick<ChainPort, 'follow'> = {
    follow: async (of) => {
      followed.push(of)
      return ok(null)
    },
  }
  const storage: Pick<StoragePort, 'pendingTransactions'> = { pendingTransactions: () => [record] }
  const network: Pick<NetworkService, 'genesis'> = { genesis: () => '0x01' }
  const pending = new PendingTransactions({
    chain: chain as ChainPort,
    storage: storage as StoragePort,
    network: network as NetworkService,
    advance: (before) => before,
    playMoney: () => undefined,
  })
  pending.look()
  expect(followed).toEqual([trace])
})

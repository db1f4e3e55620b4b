import { ALICE, accountOf, keysOf, PRACTICE_VALIDATOR } from '../../seed/accounts.ts'
import { netuidsOf } from '../coinbase/coinbase.ts'
import { alphaAssets, balances, subtensorModule, system } from '../core/pallets.ts'
import { subnetAccount } from '../stake/subnet-account.ts'
import type { TestChain } from './test-chain.ts'

const s = subtensorModule.storage

export const TAO = 1_000_000_000n
export const chat = keysOf(PRACTICE_VALIDATOR)
export const alice = accountOf(ALICE)

/** A call of the Subtensor pallet. */
export const staking = (type: string, value: object) => ({ type: 'SubtensorModule', value: { type, value } })
export const transferTo = (to: string, value: bigint) => ({
  type: 'Balances',
  value: { type: 'transfer_keep_alive', value: { dest: { type: 'Id', value: to }, value } },
})
export const free = (chain: TestChain, who: string): bigint => chain.store.get(system.storage.Account, who).data.free

export const reserved = (chain: TestChain, who: string): bigint =>
  chain.store.get(system.storage.Account, who).data.reserved

/** One side of a book against the other, in words. */
export interface BookDifference {
  readonly book: string
  readonly here: bigint
  readonly there: bigint
}

function subnetDifferences(chain: TestChain, netuid: number): BookDifference[] {
  const { store } = chain
  const held = store
    .entries(s.TotalHotkeyAlpha)
    .filter(([[, id]]) => id === netuid)
    .reduce((sum, [, alpha]) => sum + alpha, 0n)
  const pending = [s.PendingOwnerCut, s.PendingServerEmission, s.PendingValidatorEmission, s.PendingRootAlphaDivs]
  const waiting = pending.reduce((sum, item) => sum + store.get(item, netuid), 0n)
  const burned = store.get(alphaAssets.storage.AlphaBurned, netuid)
  return [
    { book: `TAO of ${netuid}`, here: store.get(s.SubnetTAO, netuid), there: free(chain, subnetAccount(netuid)) },
    { book: `alpha of ${netuid}`, here: store.get(s.SubnetAlphaOut, netuid), there: held + waiting + burned },
  ]
}

/** Where the books of the chain disagree; empty after anything that may happen. */
export function differences(chain: TestChain): BookDifference[] {
  const { store } = chain
  const netuids = netuidsOf(store)
  const owned = store.entries(system.storage.Account).reduce((sum, [, { data }]) => sum + data.free + data.reserved, 0n)
  const staked = netuids.reduce((sum, netuid) => sum + store.get(s.SubnetTAO, netuid), 0n)
  const all = [
    { book: 'Balances issuance', here: store.get(balances.storage.TotalIssuance), there: owned },
    { book: 'Subtensor issuance', here: store.get(s.TotalIssuance), there: owned },
    { book: 'total stake', here: store.get(s.TotalStake), there: staked },
    ...netuids.flatMap((netuid) => subnetDifferences(chain, netuid)),
  ]
  return all.filter(({ here, there }) => here !== there)
}

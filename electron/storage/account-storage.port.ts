import type { OwnAnnouncement } from '../../shared/accounts/coldkey-swap.ts'
import type { MultisigAccount } from '../../shared/accounts/multisig.ts'
import type { PureProxy } from '../../shared/accounts/proxy.ts'
import type { NetworkKind } from '../../shared/network/network.ts'
import type { Ss58 } from '../../shared/units/amounts.ts'

/** Part of the storage: what the chain does not tell about accounts. Each method is one transaction. */
export interface AccountStorage {
  /** Coldkey swaps that a person confirmed here. */
  knownSwaps(genesis: string): readonly OwnAnnouncement[]
  putKnownSwap(genesis: string, swap: OwnAnnouncement): void
  /** Sorted by name. */
  multisigAccounts(network: NetworkKind): readonly MultisigAccount[]
  putMultisigAccount(network: NetworkKind, account: MultisigAccount): void
  /** @returns false when there was none. */
  removeMultisigAccount(network: NetworkKind, address: Ss58): boolean
  pureProxies(genesis: string): readonly PureProxy[]
  putPureProxy(genesis: string, proxy: PureProxy): void
  /** Accounts that a wallet acts for as their proxy. */
  actingFor(genesis: string, delegate: Ss58): readonly Ss58[]
  putActingFor(genesis: string, delegate: Ss58, account: Ss58): void
  removeActingFor(genesis: string, delegate: Ss58, account: Ss58): boolean
  /** Hex of a call by its hash, when somebody passed it on. */
  knownCall(genesis: string, callHash: string): string | undefined
  putKnownCall(genesis: string, callHash: string, callHex: string): void
}

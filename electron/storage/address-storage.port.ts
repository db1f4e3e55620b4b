import type { AddressEntry } from '../../shared/addresses/address-book.ts'
import type { NetworkKind } from '../../shared/network/network.ts'
import type { Ss58 } from '../../shared/units/amounts.ts'

/** A `Balances.Transfer` event from or to one of the own accounts. */
export interface SeenTransfer {
  readonly block: number
  /** Place among the block's events. */
  readonly position: number
  readonly from: Ss58
  readonly to: Ss58
  /** rao */
  readonly amount: bigint
}

/** Part of the storage: names of addresses, and who paid whom. Each method is one transaction. */
export interface AddressStorage {
  /** Sorted by name. */
  addressBook(network: NetworkKind): readonly AddressEntry[]
  /** Adds or replaces by address. Throws when a name is taken by another address: the caller looks first. */
  putAddresses(network: NetworkKind, entries: readonly AddressEntry[]): void
  /** @returns false when there was none. */
  removeAddress(network: NetworkKind, address: Ss58): boolean
  /** Newest first. */
  seenTransfers(genesis: string, limit: number): readonly SeenTransfer[]
  /** Last block whose transfers were looked at. */
  seenThrough(genesis: string): number | undefined
  saveSeenTransfers(genesis: string, transfers: readonly SeenTransfer[], throughBlock: number): void
}

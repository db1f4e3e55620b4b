import type { AddressEntry } from '../../shared/addresses/address-book.ts'
import { valueIn } from './loadable.ts'
import { useSubscription } from './use-subscription.ts'

const NONE: readonly AddressEntry[] = []

/** The names of this kind of network, sorted; empty until they were read. */
export function useAddressBook(): { readonly entries: readonly AddressEntry[] } {
  return { entries: valueIn(useSubscription('addresses.watch'))?.entries ?? NONE }
}

import { useMemo } from 'react'
import { valueIn } from '../../bridge/loadable.ts'
import { useAddressBook } from '../../bridge/use-address-book.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'

/** Own wallets and the address book: members are recognised by both. */
export function useNames(): ReadonlyMap<string, string> {
  const { entries } = useAddressBook()
  const wallets = valueIn(useSubscription('wallet.state'))?.wallets
  return useMemo(
    () =>
      new Map([
        ...entries.map(({ address, name }) => [address as string, name] as const),
        ...(wallets ?? []).map(({ address, name }) => [address as string, name] as const),
      ]),
    [entries, wallets],
  )
}

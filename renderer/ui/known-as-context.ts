import { createContext, use } from 'react'

/** Names of the address book, by address. Given once at the top, so that every address in the window can say its name. */
export const KnownAsContext = createContext<ReadonlyMap<string, string>>(new Map())

export const useKnownAsOf = (): ((address: string) => string | undefined) => {
  const names = use(KnownAsContext)
  return (address) => names.get(address)
}

export const useKnownAs = (address: string): string | undefined => use(KnownAsContext).get(address)

import { createContext, use } from 'react'
import type { FiatView } from '../../shared/contract/fiat.contract.ts'

export type ShownFiat = Pick<FiatView, 'price' | 'stale' | 'error'> & { readonly currency: string }

/** The one price for everything that is shown in ordinary money; `undefined` while none is wanted, or TAO are play money. */
export const FiatContext = createContext<ShownFiat | undefined>(undefined)
export const useFiat = (): ShownFiat | undefined => use(FiatContext)

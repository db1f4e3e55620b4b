import { useMemo } from 'react'
import type { FiatView } from '../../shared/contract/fiat.contract.ts'
import { valueIn } from './loadable.ts'
import { useSubscription } from './use-subscription.ts'

/** `undefined`: no prices in ordinary money are wanted, or TAO of this chain are worth nothing elsewhere. */
export function useFiatPrice(): (FiatView & { readonly currency: string }) | undefined {
  const fiat = valueIn(useSubscription('fiat.watch'))
  return useMemo(
    () => (fiat?.source && !fiat.worthless ? { ...fiat, currency: fiat.source.currency } : undefined),
    [fiat],
  )
}

import type { LotMethod } from '../../shared/ledger/lots.ts'
import { valueIn } from './loadable.ts'
import { useSubscription } from './use-subscription.ts'

/** By what costs and gains are computed, as it was chosen in the settings; `undefined` until they were read. */
export const useLotMethod = (): LotMethod | undefined => valueIn(useSubscription('settings.watch'))?.lotMethod

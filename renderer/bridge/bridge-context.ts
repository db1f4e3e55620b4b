import { createContext, use } from 'react'
import type { Client } from './client.ts'
import type { Subscriptions } from './subscriptions.ts'

export interface Bridge {
  readonly client: Client
  readonly subscriptions: Subscriptions
}
export const BridgeContext = createContext<Bridge | undefined>(undefined)

export function useBridge(): Bridge {
  const bridge = use(BridgeContext)
  if (!bridge) throw new Error('BridgeContext is missing above this component')
  return bridge
}
export const useClient = (): Client => useBridge().client

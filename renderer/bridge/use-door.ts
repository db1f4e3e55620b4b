import { useSyncExternalStore } from 'react'
import { useBridge } from './bridge-context.ts'
import type { DoorState } from './transport.ts'

export function useDoor(): DoorState {
  const { door } = useBridge().client
  return useSyncExternalStore(door.watch, door.now)
}

import type { DoorState, DoorWatch } from './transport.ts'

/** A value that can be watched; the shape that React's external store hook wants. */
export function createDoor(first: DoorState): DoorWatch & { readonly set: (next: DoorState) => void } {
  let state = first
  const listeners = new Set<() => void>()
  return {
    now: () => state,
    watch: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    set: (next) => {
      if (next === state) return
      state = next
      for (const listener of [...listeners]) listener()
    },
  }
}

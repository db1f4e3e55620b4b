/** How far the door to the host is open. `lost` heals by itself; `refused` needs a new address from the host. */
export type DoorState = 'opening' | 'open' | 'lost' | 'refused'

/**
 * The two verbs of the door, already encoded: what goes in and comes out is JSON.
 * Electron IPC and WebSocket both fit, so nothing above this line knows which one it is.
 */
export interface Transport {
  /** Resolves with the host's reply. Rejects only when the door itself failed. */
  call(name: string, raw: unknown): Promise<unknown>
  /** `onReply` hears the answer to the subscription itself: accepted, or why not. */
  subscribe(name: string, raw: unknown, heard: SubscriptionEars): () => void
  readonly door: DoorWatch
}

export interface SubscriptionEars {
  readonly onReply: (reply: unknown) => void
  readonly onEvent: (value: unknown) => void
}

export interface DoorWatch {
  readonly now: () => DoorState
  readonly watch: (listener: () => void) => () => void
}

/** The call never reached the host, or its answer never came back. */
export class DoorClosed extends Error {}

import type { WsProvider } from '@polkadot/api'
import { StrictSocket } from './strict-socket.ts'

/** Never by itself. When to connect again is the session's decision. */
const BY_HAND = false
/** No answer is remembered: every read names its block, and a node's state may be pruned meanwhile. */
const NO_CACHE = 0

let loading: Promise<typeof WsProvider> | undefined

/**
 * The provider's code, loaded at the first connection. It takes its socket class from the global scope, once, while it
 * loads; that is the only moment at which it can be given the strict one.
 */
async function load(): Promise<typeof WsProvider> {
  const native = globalThis.WebSocket
  globalThis.WebSocket = StrictSocket
  try {
    return (await import('@polkadot/api')).WsProvider
  } finally {
    globalThis.WebSocket = native
  }
}

/** A provider of one socket, not connected yet. @param timeoutMs after which it forgets an unanswered request */
export async function newProvider(endpoint: string, timeoutMs: number): Promise<WsProvider> {
  loading ??= load()
  const Provider = await loading
  return new Provider(endpoint, BY_HAND, {}, timeoutMs, NO_CACHE)
}

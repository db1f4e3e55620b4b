/**
 * Most bytes of one message, after decompression. The largest honest answers are the metadata (1 MiB as hex) and the
 * events of a full block (a few MiB). What is larger closes the socket before it fills the memory.
 */
const LARGEST_MESSAGE = 32 * 1_048_576

/** Where the WebSocket of Node keeps the class that its limits are set by; nothing else leads to it without a package. */
const DISPATCHER = Symbol.for('undici.globalDispatcher.1')

/** Node's own WebSocket, with a limit to what one message may take. */
export function openSocket(endpoint: string): WebSocket {
  const dispatcher = limitedDispatcher()
  if (dispatcher === undefined) return new WebSocket(endpoint)
  // Node takes options where browsers take protocols; the DOM's type does not know that.
  const Socket = WebSocket as unknown as new (url: string, options: { readonly dispatcher: unknown }) => WebSocket
  return new Socket(endpoint, { dispatcher })
}

let limited: unknown

/** `undefined` where Node keeps it elsewhere: then its own limit of 128 MiB holds. */
function limitedDispatcher(): unknown {
  const usual = (globalThis as unknown as Readonly<Record<symbol, object | undefined>>)[DISPATCHER]
  if (usual === undefined) return undefined
  const Dispatcher = usual.constructor as new (options: object) => unknown
  limited ??= new Dispatcher({ webSocket: { maxPayloadSize: LARGEST_MESSAGE } })
  return limited
}

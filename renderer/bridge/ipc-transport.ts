import { createDoor } from './door-state.ts'
import { DoorClosed, type Transport } from './transport.ts'

/** What the preload script puts on `window`. */
export interface PreloadHost {
  call(name: string, raw: unknown): Promise<unknown>
  subscribe(name: string, raw: unknown, onValue: (value: unknown) => void): () => void
}

declare global {
  interface Window {
    readonly host?: PreloadHost
  }
}

type Frame = { readonly kind: 'reply'; readonly reply: unknown } | { readonly kind: 'event'; readonly value: unknown }
/** The preload sends the answer to a subscription and its values through one function, each in its frame. */
const isFrame = (value: unknown): value is Frame =>
  typeof value === 'object' && value !== null && ['reply', 'event'].includes(String((value as { kind?: unknown }).kind))

/** The door of the desktop window. It is open as long as the window lives. */
export function createIpcTransport(host: PreloadHost): Transport {
  return {
    door: createDoor('open'),
    call: (name, raw) =>
      host.call(name, raw).catch((cause: unknown) => {
        throw new DoorClosed(String(cause))
      }),
    subscribe: (name, raw, heard) =>
      host.subscribe(name, raw, (value) => {
        if (!isFrame(value)) return
        if (value.kind === 'reply') heard.onReply(value.reply)
        else heard.onEvent(value.value)
      }),
  }
}

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

const isReply = (value: unknown): value is { ok: boolean } =>
  typeof value === 'object' && value !== null && typeof (value as { ok?: unknown }).ok === 'boolean'
/** The preload sends the answer to a subscription and its values through one function; they are told apart by shape. */
const asFrame = (value: unknown): { kind: 'reply' | 'event'; value: unknown } => {
  if (typeof value === 'object' && value !== null && 'kind' in value) {
    const frame = value as { kind: unknown; reply?: unknown; value?: unknown }
    if (frame.kind === 'reply' && isReply(frame.reply)) return { kind: 'reply', value: frame.reply }
    if (frame.kind === 'event' && 'value' in frame) return { kind: 'event', value: frame.value }
  }
  return { kind: 'event', value }
}

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
        const frame = asFrame(value)
        if (frame.kind === 'reply') heard.onReply(frame.value)
        else heard.onEvent(frame.value)
      }),
  }
}

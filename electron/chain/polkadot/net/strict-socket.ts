import { z } from 'zod'

const answer = z.looseObject({ jsonrpc: z.literal('2.0'), id: z.number(), method: z.undefined().optional() })
const notification = z.looseObject({
  jsonrpc: z.literal('2.0'),
  method: z.string(),
  params: z.looseObject({ subscription: z.union([z.string(), z.number()]) }),
})
const frame = z.union([answer, notification])

/**
 * A WebSocket that shows its owner JSON-RPC 2.0 alone. `WsProvider` reads frames inside an event handler and throws at
 * anything else: one odd frame of a node would be an uncaught exception, and end the process.
 */
export class StrictSocket extends WebSocket {
  override get onmessage(): WebSocket['onmessage'] {
    return super.onmessage
  }
  override set onmessage(listener: WebSocket['onmessage']) {
    super.onmessage =
      listener &&
      ((event) => {
        if (isFrame(event.data)) listener.call(this, event)
      })
  }
}

function isFrame(text: unknown): boolean {
  if (typeof text !== 'string') return false
  try {
    return frame.safeParse(JSON.parse(text)).success
  } catch {
    return false
  }
}

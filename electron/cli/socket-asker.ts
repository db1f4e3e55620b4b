import { WebSocket } from 'ws'
import { z } from 'zod'
import { sealedCalls } from '../../shared/contract/sealed-call.ts'
import { err } from '../../shared/result.ts'
import type { HostFile } from '../headless/host-file.ts'
import { SUB_PROTOCOL } from '../headless/ws-transport.ts'
import type { WireReply } from '../host/router.ts'
import type { Asker } from './asker.ts'

const wireReply = z.union([
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: z.unknown() }),
])
const frame = z.discriminatedUnion('kind', [
  z.object({ id: z.number(), kind: z.literal('reply'), reply: wireReply }),
  z.object({ id: z.number(), kind: z.literal('event'), value: z.unknown() }),
])
interface Waiting {
  reply(reply: WireReply): void
  value(value: unknown): void
}

const gone: WireReply = err({ code: 'host/unreachable', reason: 'The host ended.' })

/** Asks the host that runs for the data folder; secrets go to its keys processes sealed. @throws when it does not let us in. */
export async function socketAsker({ port, token }: HostFile): Promise<Asker> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, [SUB_PROTOCOL, token])
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  let lastId = 0
  const waiting = new Map<number, Waiting>()
  socket.on('message', (data) => {
    const message = frame.safeParse(JSON.parse(String(data)))
    if (!message.success) return
    const found = waiting.get(message.data.id)
    if (message.data.kind === 'reply') found?.reply(message.data.reply as WireReply)
    else found?.value(message.data.value)
  })
  socket.on('close', () => {
    for (const asked of waiting.values()) asked.reply(gone)
    waiting.clear()
  })
  const ask = (kind: 'call' | 'subscribe', name: string, input: unknown, on: Waiting): number => {
    lastId += 1
    waiting.set(lastId, on)
    socket.send(JSON.stringify({ id: lastId, kind, name, input }))
    return lastId
  }
  return {
    call: sealedCalls(
      (name, raw) =>
        new Promise<WireReply>((resolve) => {
          const id = ask('call', name, raw, {
            reply: (reply) => {
              waiting.delete(id)
              resolve(reply)
            },
            value: () => undefined,
          })
        }),
    ),
    subscribe(name, raw, on) {
      const id = ask('subscribe', name, raw, on)
      return () => {
        waiting.delete(id)
        if (socket.readyState === socket.OPEN) socket.send(JSON.stringify({ id, kind: 'cancel' }))
      }
    },
    close: async () => socket.close(),
  }
}

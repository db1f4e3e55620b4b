import { z } from 'zod'
import type { Handlers } from '../../shared/contract/contract.ts'
import type { Channel, Contract, Reach } from '../../shared/contract/define.ts'
import { readInput } from '../../shared/contract/read-input.ts'
import { wireError } from '../../shared/contract/wire-error.ts'
import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'

/** Already encoded: safe for JSON and for structured clone alike. */
export type WireReply = Result<unknown, unknown>
type AnyCall = (input: unknown, signal: AbortSignal) => Promise<Result<unknown, AppError>>
type AnyStream = (input: unknown, emit: (value: unknown) => void, signal: AbortSignal) => void

const refuse = (error: AppError): WireReply => err(z.encode(wireError, error))

export interface Router {
  call(name: string, raw: unknown, reach: Reach, signal: AbortSignal): Promise<WireReply>
  /** Runs until `signal` aborts; nothing is emitted after that. The reply says whether it was accepted. */
  subscribe(ask: SubscribeAsk, emit: (value: unknown) => void, signal: AbortSignal): WireReply
}
export interface SubscribeAsk {
  readonly name: string
  readonly raw: unknown
  readonly reach: Reach
}

/**
 * Transport-neutral: Electron IPC, WebSocket and terminal end here, so all are checked the same way.
 * @param explain takes a thrown cause (our own bug, or a full disk), logs it, and says what the user may see of it.
 */
export function createRouter<C extends Contract>(
  contract: C,
  handlers: Handlers<C>,
  explain: (cause: unknown) => AppError,
): Router {
  function open(ask: SubscribeAsk, stream: boolean): Result<{ channel: Channel; input: unknown }, AppError> {
    const { name, raw, reach } = ask
    const channel = Object.hasOwn(contract, name) ? contract[name] : undefined
    if (!channel || (channel.kind === 'subscription') !== stream) return err({ code: 'contract/unknown-channel', name })
    if (channel.reach === 'desktop' && reach !== 'desktop') return err({ code: 'contract/desktop-only', name })
    const input = readInput(channel, raw)
    return input.ok ? ok({ channel, input: input.value }) : input
  }
  // The two casts: `Handlers<C>` already proved that name and handler belong together.
  const callOf = (name: string) => handlers[name as keyof C] as unknown as AnyCall
  const streamOf = (name: string) => handlers[name as keyof C] as unknown as AnyStream
  const broken = (cause: unknown): WireReply => refuse(explain(cause))

  return {
    async call(name, raw, reach, signal) {
      const opened = open({ name, raw, reach }, false)
      if (!opened.ok) return refuse(opened.error)
      try {
        const reply = await callOf(name)(opened.value.input, signal)
        return reply.ok ? ok(z.encode(opened.value.channel.output, reply.value)) : refuse(reply.error)
      } catch (cause) {
        return broken(cause)
      }
    },
    subscribe(ask, emit, signal) {
      const opened = open(ask, true)
      if (!opened.ok) return refuse(opened.error)
      const { channel, input } = opened.value
      const send = (value: unknown) => {
        if (signal.aborted) return
        try {
          emit(z.encode(channel.output, value))
        } catch (cause) {
          explain(cause)
        }
      }
      try {
        streamOf(ask.name)(input, send, signal)
        return ok(null)
      } catch (cause) {
        return broken(cause)
      }
    },
  }
}

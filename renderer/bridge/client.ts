import { z } from 'zod'
import {
  type AnswerOf,
  type AppContract,
  type CallName,
  contract,
  type InputOf,
  type SubscriptionName,
} from '../../shared/contract/contract.ts'
import type { Channel } from '../../shared/contract/define.ts'
import { sealedCalls } from '../../shared/contract/sealed-call.ts'
import { wireError } from '../../shared/contract/wire-error.ts'
import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { DoorWatch, Transport } from './transport.ts'

export type Input<N extends keyof AppContract> = InputOf<AppContract[N]>
export type Output<N extends keyof AppContract> = AnswerOf<AppContract[N]>

/**
 * The contract as functions. Amounts are bigint here and decimal text below this line; what is secret is readable here and
 * sealed below it, whichever feature asks.
 */
export interface Client {
  call<N extends CallName>(name: N, input: Input<N>): Promise<Result<Output<N>, AppError>>
  /** Hears the current value first. A refusal is heard once, as an error. */
  subscribe<N extends SubscriptionName>(
    name: N,
    input: Input<N>,
    onValue: (value: Result<Output<N>, AppError>) => void,
  ): () => void
  readonly door: DoorWatch
}

const reply = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: wireError }),
])

const notUnderstood = (name: string): AppError => ({ code: 'internal', incident: `answer to ${name} not understood` })
const unreachable = (cause: unknown): AppError => ({
  code: 'host/unreachable',
  reason: cause instanceof Error ? cause.message : String(cause),
})

function readOutput<T>(channel: Channel, name: string, raw: unknown): Result<T, AppError> {
  const output = channel.output.safeParse(raw)
  // The cast: `Output<N>` is by definition what this channel's codec gives.
  return output.success ? ok(output.data as T) : err(notUnderstood(name))
}

function readReply<T>(channel: Channel, name: string, raw: unknown): Result<T, AppError> {
  const parsed = reply.safeParse(raw)
  if (!parsed.success) return err(notUnderstood(name))
  return parsed.data.ok ? readOutput<T>(channel, name, parsed.data.value) : err(parsed.data.error)
}

function encodeInput(channel: Channel, input: unknown): Result<unknown, AppError> {
  const encoded = z.safeEncode(channel.input, input)
  return encoded.success
    ? ok(encoded.data)
    : err({ code: 'contract/bad-input', issues: encoded.error.issues.map((issue) => issue.message) })
}

export function createClient(transport: Transport): Client {
  const ask = sealedCalls((name, raw) => transport.call(name, raw))
  return {
    door: transport.door,
    call: async <N extends CallName>(name: N, input: Input<N>) => {
      const channel: Channel = contract[name]
      const encoded = encodeInput(channel, input)
      if (!encoded.ok) return encoded
      try {
        return readReply<Output<N>>(channel, name, await ask(name, encoded.value))
      } catch (cause) {
        return err(unreachable(cause))
      }
    },
    subscribe: <N extends SubscriptionName>(
      name: N,
      input: Input<N>,
      onValue: (value: Result<Output<N>, AppError>) => void,
    ) => {
      const channel: Channel = contract[name]
      const encoded = encodeInput(channel, input)
      if (!encoded.ok) {
        onValue(encoded)
        return () => {}
      }
      return transport.subscribe(name, encoded.value, {
        onReply: (raw) => {
          const parsed = reply.safeParse(raw)
          if (!parsed.success) onValue(err(notUnderstood(name)))
          else if (!parsed.data.ok) onValue(err(parsed.data.error))
        },
        onEvent: (raw) => onValue(readOutput<Output<N>>(channel, name, raw)),
      })
    },
  }
}

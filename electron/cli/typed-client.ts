import { z } from 'zod'
import {
  type AnswerOf,
  type AppContract,
  type CallName,
  contract,
  type InputOf,
  type OutputOf,
  type SubscriptionName,
} from '../../shared/contract/contract.ts'
import { wireError } from '../../shared/contract/wire-error.ts'
import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Asker } from './asker.ts'

/** The contract with its types, over any asker: amounts are bigint here, text on the wire. */
export interface TypedClient {
  call<N extends CallName>(name: N, input: InputOf<AppContract[N]>): Promise<Result<AnswerOf<AppContract[N]>, AppError>>
  /** The first value that `wanted` accepts; later ones are not looked at. */
  firstWhere<N extends SubscriptionName>(
    name: N,
    wanted: (value: OutputOf<AppContract[N]>) => boolean,
    limitMs: number,
  ): Promise<Result<OutputOf<AppContract[N]>, AppError>>
}

export const typedClient = (asker: Asker): TypedClient => ({
  async call(name, input) {
    const channel = contract[name]
    const reply = await asker.call(name, z.encode(channel.input as z.ZodType, input))
    return reply.ok
      ? ok(z.decode(channel.output as z.ZodType, reply.value) as never)
      : err(z.decode(wireError, reply.error as { code: string }))
  },
  firstWhere(name, wanted, limitMs) {
    const output = contract[name].output as z.ZodType
    return new Promise((resolve) => {
      const finish = (result: Result<never, AppError>) => {
        clearTimeout(timer)
        queueMicrotask(() => stop())
        resolve(result)
      }
      const timer = setTimeout(
        () => finish(err({ code: 'host/unreachable', reason: `${name}: waited too long` })),
        limitMs,
      )
      const stop = asker.subscribe(
        name,
        {},
        {
          reply: (reply) => {
            if (!reply.ok) finish(err(z.decode(wireError, reply.error as { code: string })))
          },
          value: (raw) => {
            const value = z.decode(output, raw) as never
            if (wanted(value)) finish(ok(value))
          },
        },
      )
    })
  },
})

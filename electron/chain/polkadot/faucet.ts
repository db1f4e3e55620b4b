import { z } from 'zod'
import type { Rao, Ss58 } from '../../../shared/units/amounts.ts'
import { badAnswer, fail } from './failure.ts'
import { METHOD_NOT_FOUND, RpcError } from './net/rpc-error.ts'
import type { Session } from './session.ts'

const answer = z.looseObject({ txHash: z.string(), block: z.number().int() })

/**
 * Asks the practice network for play money.
 * @errors practice/only-there on every chain that has no such faucet; chain/pool-refused with the faucet's reason
 */
export async function askFaucet(session: Session, to: Ss58, amount: Rao): Promise<{ txHash: string; block: number }> {
  try {
    const parsed = answer.safeParse(await session.rpc.request('practice_faucet', [to, amount.toString()]))
    return parsed.success ? parsed.data : badAnswer('practice_faucet')
  } catch (cause) {
    if (!(cause instanceof RpcError)) throw cause
    if (cause.code === METHOD_NOT_FOUND) return fail({ code: 'practice/only-there' })
    return fail({ code: 'chain/pool-refused', reason: cause.data || cause.message })
  }
}

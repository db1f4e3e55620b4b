import type { RegisterRequest } from '../../../../shared/registration/plan-register.ts'
import type { SignablePlan } from '../../../../shared/transactions/transaction.ts'
import type { Rao, Ss58 } from '../../../../shared/units/amounts.ts'
import { fail } from '../failure.ts'
import { parseIp } from '../read/ip.ts'
import type { Runtime } from '../runtime/runtime.ts'
import { fitted } from '../scale/encode.ts'

type Args = Readonly<Record<string, unknown>>
export interface Call {
  readonly name: string
  readonly args: Args
}

/** Buys a place for at most `limit` rao. */
export const registerCall = ({ netuid, hotkey }: Omit<RegisterRequest, 'tolerancePpm'>, limit: bigint): Call => ({
  name: 'SubtensorModule.register_limit',
  args: { netuid, hotkey, limit_price: limit },
})

/** Sends, and fails rather than close the sender's account. */
export const transferCall = (to: Ss58, amount: Rao): Call => ({
  name: 'Balances.transfer_keep_alive',
  args: { dest: { type: 'Id', value: to }, value: amount },
})
/** Sends everything and closes the account. */
export const transferAllCall = (to: Ss58): Call => ({
  name: 'Balances.transfer_all',
  args: { dest: { type: 'Id', value: to }, keep_alive: false },
})

/** The call that a confirmed plan stands for. */
export function callOf(plan: SignablePlan): Call {
  switch (plan.kind) {
    case 'register':
      return registerCall(plan.request, plan.limitPrice)
    case 'transfer':
      return transferCall(plan.request.to, plan.request.amount)
    case 'transfer-all':
      return transferAllCall(plan.request.to)
    case 'serve-axon': {
      const { netuid, version, port, protocol } = plan
      const ip = parseIp(plan.ip) ?? fail({ code: 'mining/bad-address', address: plan.ip, reason: 'no IP address' })
      const args = { netuid, version, ip: ip.value, port, ip_type: ip.type, protocol, placeholder1: 0, placeholder2: 0 }
      return { name: 'SubtensorModule.serve_axon', args }
    }
  }
}

/**
 * SCALE bytes of a call, by the metadata's indices and types.
 * @errors chain/unsupported when the runtime lacks the call, or its arguments are not those we know
 */
export function encodeCall(runtime: Runtime, { name, args }: Call): Uint8Array {
  const { pallet, variant } = runtime.call(name)
  const wanted = variant.fields.map((field) => field.name ?? '')
  if (wanted.length !== Object.keys(args).length || wanted.some((argument) => !Object.hasOwn(args, argument)))
    fail({ code: 'chain/unsupported', missing: [`${name}(${Object.keys(args).join(', ')})`] })
  const values = variant.fields.map((field) => fitted(runtime.types, field.type, args[field.name ?? '']))
  const callIndex = Uint8Array.of(pallet, variant.index)
  return runtime.metadata.registry.createTypeUnsafe('Call', [{ callIndex, args: values }]).toU8a()
}

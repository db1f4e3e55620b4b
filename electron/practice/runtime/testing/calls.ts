import { blake2AsHex } from '@polkadot/util-crypto'
import type { AnyCall } from '../../definitions/outer-call.ts'
import { runtimeCall } from '../../definitions/runtime-types.ts'
import type { RuntimeEventValue } from '../core/pallets.ts'
import { errorName, type Receipt } from './test-chain.ts'

// Calls that carry calls, written shortly.

export const id = (value: string) => ({ type: 'Id', value })
export const kind = (type: string) => ({ type, value: undefined })
export const proxyCall = (type: string, value: object = {}) => ({ type: 'Proxy', value: { type, value } })
export const multisigCall = (type: string, value: object) => ({ type: 'Multisig', value: { type, value } })
export const utilityCall = (type: string, value: object) => ({ type: 'Utility', value: { type, value } })
export const remark = (text = 'hello') => ({
  type: 'System',
  value: { type: 'remark_with_event', value: { remark: new TextEncoder().encode(text) } },
})

/** Acts for `real`, of one kind if one is given. */
export const actFor = (real: string, call: AnyCall, force?: string) =>
  proxyCall('proxy', { real: id(real), force_proxy_type: force && kind(force), call })

/** The hash that announcements and approvals name. The list of all calls is wider than a call's own type. */
export const callHash = (call: AnyCall): string => blake2AsHex(runtimeCall.codec.enc(call as never), 256)

/** `Pallet.Event` in order. */
export const eventNames = ({ events }: Receipt): string[] => events.map((event) => `${event.type}.${event.value.type}`)

/** The fields of the first event of this name. */
export function eventOf(receipt: Receipt, name: string): Readonly<Record<string, unknown>> {
  const found = receipt.events.find((event: RuntimeEventValue) => `${event.type}.${event.value.type}` === name)
  if (found === undefined) throw new Error(`no ${name} among ${eventNames(receipt).join(' ')}`)
  return found.value.value as unknown as Readonly<Record<string, unknown>>
}

/** How a call inside a call ended, by an event that carries its result: `Ok` or `Pallet.Error`. */
export function innerResult(receipt: Receipt, name: string): string {
  const result = eventOf(receipt, name)['result'] as { type: string; value: { type: string; value: unknown } }
  return result.type === 'Ok' ? 'Ok' : errorName(result.value)
}

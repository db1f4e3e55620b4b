import { type Intent, PROXY_TYPES, type ProxyType } from '../signing/intent.ts'
import { alpha, netuid, raoPerAlpha, type Ss58, ss58 } from '../units/amounts.ts'

/** What was read is none of what has a name here. */
export class NotNamed extends Error {}

/** A call with those that it carries. */
export interface Call {
  readonly name: string
  readonly args: ReadonlyMap<string, string>
  readonly inner: readonly Call[]
}

export const text = ({ args }: Call, name: string): string => {
  const value = args.get(name)
  if (value === undefined) throw new NotNamed()
  return value
}
export const big = (call: Call, name: string): bigint => {
  const value = text(call, name)
  if (!/^\d+$/.test(value)) throw new NotNamed()
  return BigInt(value)
}
export const number = (call: Call, name: string): number => Number(big(call, name))
export const subnet = (call: Call, name = 'netuid') => netuid(number(call, name))
export const account = (call: Call, name: string): Ss58 => ss58(text(call, name))
export const flag = (call: Call, name: string): boolean => text(call, name) === 'true'
/** `None` is read as `none`, a value by its fields. */
export const has = (call: Call, name: string): boolean => call.args.get(name) !== 'none'
export const proxyType = (call: Call, name = 'proxy_type'): ProxyType => {
  const value = text(call, name)
  if (!Object.hasOwn(PROXY_TYPES, value)) throw new NotNamed()
  // The cast: just looked up.
  return value as ProxyType
}
export function list(call: Call, name: string): readonly Ss58[] {
  if (call.args.get(name) === '[]') return []
  const items: Ss58[] = []
  for (let at = 0; call.args.has(`${name}[${at}]`); at += 1) items.push(account(call, `${name}[${at}]`))
  return items
}

export const trade = (call: Call) => ({ hotkey: account(call, 'hotkey'), netuid: subnet(call) })
export const move = (call: Call) => ({
  fromNetuid: subnet(call, 'origin_netuid'),
  toNetuid: subnet(call, 'destination_netuid'),
  amount: alpha(big(call, 'alpha_amount')),
})
export const limit = (call: Call) => raoPerAlpha(big(call, 'limit_price'))
export const limited = (call: Call) => (flag(call, 'allow_partial') ? { allowPartial: true } : {})

export type Reader = (call: Call) => Intent

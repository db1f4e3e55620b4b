import type { AnyCall } from '../../definitions/outer-call.ts'
import type { RuntimeCall } from '../../definitions/runtime-types.ts'
import type { CallCondition, CallInfo, ProxyFilterInfo } from '../../definitions/types/proxy.ts'
import type { CallFilter } from '../dispatch/origin.ts'
import { type CallGroup, RULES, type Rule } from './filter-rules.ts'
import { isDeprecated, isSuperset, KINDS, type Kind } from './proxy-types.ts'

/** Arguments of a call by name, whatever call it is. */
const argumentsOf = (call: AnyCall): Readonly<Record<string, unknown>> =>
  call.value.value as Readonly<Record<string, unknown>>

function meets(condition: CallCondition | undefined, call: AnyCall): boolean {
  if (condition === undefined) return true
  const values = argumentsOf(call)
  if (condition.type === 'ParamLessThan') {
    const value = values[condition.value.param_name]
    return typeof value === 'bigint' && value < condition.value.limit
  }
  const inner = values['call'] as AnyCall | undefined
  return inner?.type === condition.value.pallet_name && inner.value.type === condition.value.call_name
}

const isIn = (call: AnyCall, { pallet, calls, condition }: CallGroup): boolean =>
  call.type === pallet && (calls === 'all' || Object.hasOwn(calls, call.value.type)) && meets(condition, call)

function passes(rule: Rule, call: AnyCall): boolean {
  if (rule.mode === 'AllowAll') return true
  if (rule.mode === 'DenyAll') return false
  const named = (groups: readonly CallGroup[] = []) => groups.some((group) => isIn(call, group))
  if (rule.mode === 'Deny') return !named(rule.groups)
  return named(rule.groups) && !named(rule.except)
}

/** Whether a proxy type covers a call by itself. */
export const covers = (kind: Kind, call: RuntimeCall): boolean => passes(RULES[kind], call)

/**
 * What a delegate's call must pass, and every call in a batch of it: a delegate can neither make nor end delegations
 * that reach further than its own, and only `Any` ends all of them or kills a pure account.
 * @source subtensor `pallets/proxy/src/lib.rs` (do_proxy)
 */
export const delegateFilter =
  (kind: Kind): CallFilter =>
  (call) => {
    if (call.type === 'Proxy') {
      const { value } = call
      if (value.type === 'add_proxy' || value.type === 'remove_proxy') {
        if (!isSuperset(kind, value.value.proxy_type.type)) return false
      }
      if ((value.type === 'remove_proxies' || value.type === 'kill_pure') && kind !== 'Any') return false
    }
    return covers(kind, call)
  }

function infosOf({ pallet, index, calls, condition }: CallGroup): CallInfo[] {
  const of = (call_name: string | undefined, call_index: number | undefined): CallInfo => ({
    pallet_name: pallet,
    pallet_index: index,
    call_name,
    call_index,
    condition,
  })
  return calls === 'all' ? [of(undefined, undefined)] : Object.entries(calls).map(([name, number]) => of(name, number))
}

/** What `ProxyFilterRuntimeApi` tells of a proxy type, from the very rules that calls are held against. */
export function describeFilter(kind: Kind): ProxyFilterInfo {
  const rule = RULES[kind]
  const groups = 'groups' in rule ? rule.groups : []
  const except = 'groups' in rule ? (rule.except ?? []) : []
  return {
    proxy_type: KINDS.indexOf(kind),
    name: kind,
    deprecated: isDeprecated(kind),
    filter_mode: { type: rule.mode, value: undefined },
    calls: groups.flatMap(infosOf),
    exceptions: except.flatMap(infosOf),
  }
}

import type { Intent, ProxyType } from '../signing/intent.ts'
import type { Ss58 } from '../units/amounts.ts'
import { mayAct, type ProxyGrant, type ProxyRule } from './proxy.ts'

export interface GrantAsk {
  readonly delegate: Ss58
  /** `undefined`: not known, so any grant could be meant. */
  readonly inner: Intent | undefined
  readonly forceType?: ProxyType | undefined
  /** Absent where the runtime does not tell: it decides by itself, at the price of a fee. */
  readonly rules?: readonly ProxyRule[] | undefined
}

export type GrantAnswer =
  | { readonly kind: 'grant'; readonly grant: ProxyGrant }
  | { readonly kind: 'may-not'; readonly proxyType: string }
  | { readonly kind: 'none' }

/** By which of an account's grants a delegate makes a call: one without delay where there is one. */
export function grantFor(all: readonly ProxyGrant[], { delegate, inner, forceType, rules }: GrantAsk): GrantAnswer {
  const grants = all.filter(
    (grant) => grant.delegate === delegate && (forceType === undefined || forceType === grant.proxyType),
  )
  const [first] = grants
  if (!first) return { kind: 'none' }
  const lets = ({ proxyType }: ProxyGrant): boolean => {
    const rule = rules?.find((candidate) => candidate.proxyType === proxyType)
    return !rule || !inner || mayAct(rule, inner) !== false
  }
  const fit = grants.filter(lets)
  const grant = fit.find(({ delay }) => delay === 0) ?? fit[0]
  return grant ? { kind: 'grant', grant } : { kind: 'may-not', proxyType: first.proxyType }
}

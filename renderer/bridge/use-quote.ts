import { useEffect, useState } from 'react'
import type { Input, Output } from './client.ts'
import type { Loadable } from './loadable.ts'
import { useChain } from './use-chain.ts'
import { useQuestion } from './use-question.ts'

/** A person types faster than a chain should be asked. */
const TYPING_MS = 250

/** `value` once it has not changed for a moment. */
export function useSettled<T>(value: T, key: string): T | undefined {
  const [settled, setSettled] = useState<{ readonly key: string; readonly value: T }>()
  // `key` stands for `value`: amounts are new objects on each draw.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    const timer = setTimeout(() => setSettled({ key, value }), TYPING_MS)
    return () => clearTimeout(timer)
  }, [key])
  return settled?.key === key ? settled.value : undefined
}

type PlanName =
  | 'staking.planMoves'
  | 'staking.planExit'
  | 'staking.planRebalance'
  | 'registration.plan'
  | 'transfer.limits'
  | 'transfer.plan'
  | 'transfer.planClose'
  | 'account.plan'
  | 'orders.plan'
type Quoted<N extends PlanName> = Loadable<Output<N>> | { readonly state: 'idle' }

/** Asks the chain for a quote and asks again every two blocks while the drawer is open. */
export function useQuote<N extends PlanName>(name: N, input: Input<N> | undefined): Quoted<N> {
  const { blockMs } = useChain()
  const key = input === undefined ? '' : JSON.stringify(input, (_, v: unknown) => (typeof v === 'bigint' ? `${v}` : v))
  const settled = useSettled(input, key)
  const answer = useQuestion(name, settled, { freshForMs: blockMs, everyMs: Math.max(4_000, blockMs * 2) })
  if (input === undefined) return { state: 'idle' }
  return settled === undefined ? { state: 'loading' } : answer
}

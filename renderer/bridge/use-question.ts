import { skipToken, useQuery } from '@tanstack/react-query'
import type { AppContract, NamesOf } from '../../shared/contract/contract.ts'
import { useClient } from './bridge-context.ts'
import type { Input, Output } from './client.ts'
import { failed, type Loadable, loading, ready } from './loadable.ts'

type QueryName = NamesOf<AppContract, 'query'>

/** Query keys are hashed as JSON, which has no bigint. */
const keyOf = (input: unknown): string =>
  JSON.stringify(input, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))

export interface QuestionOptions {
  /** How long an answer counts as current, ms. */
  readonly freshForMs?: number
  /** Ask again by itself every so often, ms. */
  readonly everyMs?: number
}

/** One query of the contract. `undefined` input: nothing is asked, and the answer is `idle`. */
export function useQuestion<N extends QueryName>(
  name: N,
  input: Input<N> | undefined,
  options: QuestionOptions = {},
): (Loadable<Output<N>> | { readonly state: 'idle' }) & { readonly again: () => void } {
  const client = useClient()
  const query = useQuery({
    queryKey: [name, input === undefined ? null : keyOf(input)],
    queryFn: input === undefined ? skipToken : () => client.call(name, input),
    staleTime: options.freshForMs ?? 12_000,
    refetchInterval: options.everyMs ?? false,
    retry: false,
  })
  const again = () => void query.refetch()
  if (input === undefined) return { state: 'idle', again }
  if (query.isPending) return { ...loading, again }
  if (query.isError) return { ...failed({ code: 'internal', incident: name }), again }
  return query.data.ok ? { ...ready(query.data.value, query.isStale), again } : { ...failed(query.data.error), again }
}

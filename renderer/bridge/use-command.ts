import { useCallback, useEffect, useRef, useState } from 'react'
import type { AppContract, NamesOf } from '../../shared/contract/contract.ts'
import type { AppError } from '../../shared/errors.ts'
import type { Result } from '../../shared/result.ts'
import { useClient } from './bridge-context.ts'
import type { Input, Output } from './client.ts'

type CommandName = NamesOf<AppContract, 'command'>

export interface Command<N extends CommandName> {
  /** Sends once. Resolves with the host's answer; it is never retried. */
  readonly send: (input: Input<N>) => Promise<Result<Output<N>, AppError>>
  readonly busy: boolean
  readonly error: AppError | undefined
  readonly clear: () => void
}

export function useCommand<N extends CommandName>(name: N): Command<N> {
  const client = useClient()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<AppError>()
  const mounted = useRef(true)
  useEffect(() => {
    mounted.current = true
    return () => {
      mounted.current = false
    }
  }, [])
  const send = useCallback(
    async (input: Input<N>) => {
      setBusy(true)
      setError(undefined)
      const result = await client.call(name, input)
      if (mounted.current) {
        setBusy(false)
        if (!result.ok) setError(result.error)
      }
      return result
    },
    [client, name],
  )
  return { send, busy, error, clear: useCallback(() => setError(undefined), []) }
}

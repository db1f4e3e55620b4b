import { useState } from 'react'
import type { Via } from '../../../shared/accounts/plan-account.ts'
import type { AppError } from '../../../shared/errors.ts'
import type { Intent } from '../../../shared/signing/intent.ts'
import { useAppActions } from '../../bridge/app-actions.ts'
import { useClient } from '../../bridge/bridge-context.ts'
import { useChain } from '../../bridge/use-chain.ts'

const DIRECT: Via = { kind: 'direct' }

export interface Planning {
  /** Plans a call of the active wallet and opens the confirm dialog on it; `done` is called when the chain took it. */
  readonly plan: (intent: Intent, options?: { readonly via?: Via; readonly done?: () => void }) => Promise<void>
  readonly busyWith: string | undefined
  readonly error: AppError | undefined
  /** Why nothing can be planned now. */
  readonly off: string | undefined
}

/** One button of one view: it plans, shows why not, or leads to the bytes. */
export function usePlanning(): Planning {
  const client = useClient()
  const { review } = useAppActions()
  const { stale } = useChain()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<AppError>()
  const plan: Planning['plan'] = async (intent, { via = DIRECT, done } = {}) => {
    setBusy(true)
    setError(undefined)
    const planned = await client.call('account.plan', { via, intent })
    setBusy(false)
    if (planned.ok) review(planned.value, done)
    else setError(planned.error)
  }
  const off = stale ? 'The chain data is old. Signing waits for a new block.' : undefined
  return { plan, busyWith: busy ? 'Planning' : undefined, error, off }
}

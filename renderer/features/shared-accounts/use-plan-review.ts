import { useState } from 'react'
import type { AccountPlan } from '../../../shared/accounts/plan-account.ts'
import type { AppError } from '../../../shared/errors.ts'
import type { Result } from '../../../shared/result.ts'
import { useAppActions } from '../../bridge/app-actions.ts'

/** Asks for a plan and opens the confirm dialog on it; keeps why there is none. */
export function usePlanReview(whenSent: () => void) {
  const { review } = useAppActions()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<AppError>()
  const open = async (ask: () => Promise<Result<AccountPlan, AppError>>) => {
    setBusy(true)
    setError(undefined)
    const plan = await ask()
    setBusy(false)
    if (plan.ok) review(plan.value, whenSent)
    else setError(plan.error)
  }
  return { open: (ask: () => Promise<Result<AccountPlan, AppError>>) => void open(ask), busy, error }
}

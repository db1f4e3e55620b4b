import { createContext, use } from 'react'
import type { Plan } from '../../shared/transactions/transaction.ts'

/** What every view may ask the window for. Features do not know each other; they meet here. */
export interface AppActions {
  /** Opens the confirm dialog on the bytes of `plan`; `whenSent` hears that the chain took it, once what happened was read. */
  readonly review: (plan: Plan, whenSent?: () => void) => void
  /** Asks for the password of the active wallet. */
  readonly unlock: () => void
  /** Says what happened elsewhere. Failures stay until they are read. */
  readonly tell: (message: { readonly kind: 'done' | 'failed'; readonly title: string; readonly text?: string }) => void
}
export const AppActionsContext = createContext<AppActions | undefined>(undefined)

export function useAppActions(): AppActions {
  const actions = use(AppActionsContext)
  if (!actions) throw new Error('AppActionsContext is missing above this component')
  return actions
}

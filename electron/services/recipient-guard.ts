import type { AppError } from '../../shared/errors.ts'
import type { Ss58 } from '../../shared/units/amounts.ts'

/** Who may be paid. Asked for every plan, so also when a plan is made again before it is signed. */
export interface RecipientGuard {
  /** @returns why this recipient is not paid yet. */
  refusal(to: Ss58, typedTo: string | undefined): Promise<AppError | undefined>
}

import type { AppError } from '../../shared/errors.ts'
import type { Result } from '../../shared/result.ts'
import type { HoldingIntent } from '../../shared/signing/intent.ts'
import type { HoldingPlace, OrderStatus } from '../../shared/staking/holding-refusal.ts'
import type { HoldingState } from '../../shared/staking/holding-state.ts'
import type { Ss58 } from '../../shared/units/amounts.ts'

/** What is asked about one thing that a holder wants to do. */
export interface HoldingAnswer {
  readonly state: HoldingState
  readonly place?: HoldingPlace | undefined
  readonly orderStatus?: OrderStatus | undefined
}

/** The chain seen by somebody who holds stake: what is locked, owed, and set. */
export interface HoldingsPort {
  /** Seven requests at most, and two for each lock, in two rounds. What the runtime does not know is absent from the answer. */
  holdingState(coldkey: Ss58): Promise<Result<HoldingState, AppError>>
  /** As {@link holdingState}, with the place that the intent names: one or two requests more. */
  holdingAnswer(coldkey: Ss58, intent: HoldingIntent): Promise<Result<HoldingAnswer, AppError>>
}

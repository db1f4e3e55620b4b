import type { AppError } from '../../shared/errors.ts'
import type { Result } from '../../shared/result.ts'
import type { Alpha, Netuid } from '../../shared/units/amounts.ts'
import type { RegistrationPort } from './registration.port.ts'

export interface MinersPaid {
  readonly block: number
  /** What each uid without a validator permit got at the last epoch, 1e-9 alpha; in the order of uids. */
  readonly emissions: readonly Alpha[]
}

/** What the chain says of those who mine. */
export interface MinersPort extends RegistrationPort {
  /** One request. @errors chain/unsupported, chain/bad-answer */
  minersPaid(netuid: Netuid): Promise<Result<MinersPaid, AppError>>
}

import type { AppError } from '../../shared/errors.ts'
import { type Outlook, outlookOf, payPerDay } from '../../shared/registration/outlook.ts'
import { ok, type Result } from '../../shared/result.ts'
import type { Netuid, Rao } from '../../shared/units/amounts.ts'
import type { RegistrationPort } from '../chain/registration.port.ts'

export interface RegistrationDeps {
  readonly chain: RegistrationPort
}

/** Gather → plan, for whoever thinks about a place on a subnet. Signs nothing. */
export class RegistrationService {
  readonly #chain: RegistrationPort

  constructor({ chain }: RegistrationDeps) {
    this.#chain = chain
  }

  /**
   * @param mostCost rao; absent: the price of now
   * @errors stake/unknown-subnet, chain/unsupported, chain/bad-answer, chain/not-connected
   */
  async outlook(netuid: Netuid, mostCost: Rao | undefined): Promise<Result<Outlook, AppError>> {
    const facts = await this.#chain.registrationFacts(netuid)
    if (!facts.ok) return facts
    const daily = payPerDay(facts.value)
    const sold = daily.length === 0 ? ok([]) : await this.#chain.daySales(netuid, daily)
    // A runtime that simulates no sale leaves what it would bring unknown; all else still stands.
    if (!sold.ok && sold.error.code !== 'chain/unsupported') return sold
    return ok(outlookOf(facts.value, sold.ok ? sold.value : [], mostCost ?? facts.value.price))
  }
}

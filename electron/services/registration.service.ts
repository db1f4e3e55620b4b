import type { PlaceCourse } from '../../shared/contract/registration.contract.ts'
import type { AppError } from '../../shared/errors.ts'
import { type Outlook, outlookOf, payPerDay } from '../../shared/registration/outlook.ts'
import { projectedPrices } from '../../shared/registration/price-course.ts'
import { ok, type Result } from '../../shared/result.ts'
import type { Netuid, Rao } from '../../shared/units/amounts.ts'
import type { RegistrationPort } from '../chain/registration.port.ts'
import type { RegistrationRecorder } from './registration-recorder.ts'

const DAY_BLOCKS = 7_200
/** Before the last one, so that one odd epoch weighs a quarter; each is paid for with requests. */
const EARLIER_EPOCHS = 3

export interface RegistrationDeps {
  readonly chain: Pick<RegistrationPort, 'registrationFacts' | 'earlierPay' | 'daySales'>
  readonly recorder: Pick<RegistrationRecorder, 'course' | 'pace'>
}

/** Gather → plan, for whoever thinks about a place on a subnet. Signs nothing. */
export class RegistrationService {
  readonly #chain: RegistrationDeps['chain']
  readonly #recorder: RegistrationDeps['recorder']

  constructor({ chain, recorder }: RegistrationDeps) {
    this.#chain = chain
    this.#recorder = recorder
  }

  /**
   * @param mostCost rao; absent: the price of now
   * @errors stake/unknown-subnet, chain/unsupported, chain/bad-answer, chain/not-connected
   */
  async outlook(netuid: Netuid, mostCost: Rao | undefined): Promise<Result<Outlook, AppError>> {
    const facts = await this.#chain.registrationFacts(netuid)
    if (!facts.ok) return facts
    const earlier = await this.#chain.earlierPay(facts.value, EARLIER_EPOCHS)
    const pace = this.#recorder.pace(netuid, facts.value.block)
    const known = { ...facts.value, earlier: earlier.ok ? earlier.value : [], pace }
    const daily = payPerDay(known)
    const sold = daily.length === 0 ? ok([]) : await this.#chain.daySales(netuid, daily)
    // A runtime that simulates no sale leaves what it would bring unknown; all else still stands.
    if (!sold.ok && sold.error.code !== 'chain/unsupported') return sold
    return ok(outlookOf(known, sold.ok ? sold.value : [], mostCost ?? facts.value.price))
  }

  /**
   * What a place cost, as recorded here, and what it will cost if nobody registers, by the chain's own rule.
   * @param span how far back, in blocks; as far ahead it is projected, a day at the most
   * @errors stake/unknown-subnet, chain/unsupported, chain/bad-answer, chain/not-connected
   */
  async course(netuid: Netuid, span: number): Promise<Result<PlaceCourse, AppError>> {
    const facts = await this.#chain.registrationFacts(netuid)
    if (!facts.ok) return facts
    const { block, price, rules, open } = facts.value
    const ahead = { blocks: Math.min(span, DAY_BLOCKS), steps: 24 }
    return ok({
      ...{ netuid, block, price, rules, open },
      ...this.#recorder.course(netuid, { block, price, span, rules }),
      projected: projectedPrices({ block, price }, rules, ahead),
    })
  }
}

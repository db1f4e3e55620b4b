import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { HoldingState } from '../../shared/staking/holding-state.ts'
import { type LockStep, lockSteps } from '../../shared/staking/locks.ts'
import type { Netuid, Ss58 } from '../../shared/units/amounts.ts'
import type { HoldingsPort } from '../chain/holdings.port.ts'
import type { WalletService } from './wallet.service.ts'

export interface HoldingsDeps {
  readonly chain: HoldingsPort
  readonly wallets: WalletService
}

/** Locks, auto-stake and root dividends. What is done about them goes through account plans, as other calls. */
export class HoldingsService {
  readonly #deps: HoldingsDeps

  constructor(deps: HoldingsDeps) {
    this.#deps = deps
  }

  async state(account?: Ss58): Promise<Result<HoldingState, AppError>> {
    const coldkey = account ?? this.#deps.wallets.active()?.address
    return coldkey ? this.#deps.chain.holdingState(coldkey) : err({ code: 'keys/no-wallet' })
  }

  /** Empty where nothing decays. @errors chain/unsupported where the chain does not say how fast */
  async lockSteps(netuid: Netuid, account?: Ss58): Promise<Result<readonly LockStep[], AppError>> {
    const found = await this.state(account)
    if (!found.ok) return found
    const { subnets, atBlock, unlockBlocks } = found.value
    const holding = subnets.find((one) => one.netuid === netuid)
    if (!holding?.lock) return ok([])
    if (unlockBlocks === undefined) return err({ code: 'chain/unsupported', missing: ['SubtensorModule.UnlockRate'] })
    return ok(lockSteps(holding, atBlock, unlockBlocks))
  }
}

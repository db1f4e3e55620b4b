import type { AppError } from '../../shared/errors.ts'
import { planRegister, type RegisterPlan, type RegisterRequest } from '../../shared/registration/plan-register.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Plan } from '../../shared/transactions/transaction.ts'
import {
  type CloseAccountPlan,
  type CloseAccountRequest,
  planCloseAccount,
  planTransfer,
  type TransferLimits,
  type TransferPlan,
  type TransferRequest,
  transferLimits,
} from '../../shared/transfers/plan-transfer.ts'
import { type Rao, rao, type Ss58, U64_MAX } from '../../shared/units/amounts.ts'
import type { ChainPort } from '../chain/chain.port.ts'
import type { AccountPlans } from './account-plans.ts'
import type { RecipientGuard } from './recipient-guard.ts'
import type { StakeMovesService } from './stake-moves.service.ts'
import { withoutFee } from './trade-check.ts'
import type { WalletService } from './wallet.service.ts'

export interface TradePlansDeps {
  readonly chain: ChainPort
  readonly wallets: WalletService
  readonly recipients: RecipientGuard
  readonly accounts: AccountPlans
  readonly moves: StakeMovesService
}

/** The fee of a transfer grows with the digits of its amount; this one has them all. */
const LARGEST = rao(U64_MAX)

/** Gather → plan, for every plan that a person confirms. Signs nothing. */
export class TradePlans {
  readonly #deps: TradePlansDeps
  constructor(deps: TradePlansDeps) {
    this.#deps = deps
  }

  register(request: RegisterRequest): Promise<Result<RegisterPlan, AppError>> {
    return this.#planned(
      request.account,
      (coldkey) => this.#deps.chain.registerSnapshot(coldkey, request),
      (snapshot) => planRegister(request, snapshot),
    )
  }

  async transfer(request: TransferRequest): Promise<Result<TransferPlan, AppError>> {
    const refusal = await this.#deps.recipients.refusal(request.to, request.typedTo)
    if (refusal) return err(refusal)
    return this.#planned(
      request.account,
      (coldkey) => this.#deps.chain.transferSnapshot(coldkey, request.to, request.amount),
      (snapshot) => planTransfer(request, snapshot),
    )
  }

  async closeAccount(request: CloseAccountRequest): Promise<Result<CloseAccountPlan, AppError>> {
    const refusal = await this.#deps.recipients.refusal(request.to, request.typedTo)
    if (refusal) return err(refusal)
    return this.#planned(
      request.account,
      (coldkey) => this.#deps.chain.transferSnapshot(coldkey, request.to, undefined),
      (snapshot) => planCloseAccount(request, snapshot),
    )
  }

  /** What can be sent at most, and what it costs. */
  limits(to: Ss58, account?: Ss58): Promise<Result<TransferLimits, AppError>> {
    return this.#planned(
      account,
      (coldkey) => this.#deps.chain.transferSnapshot(coldkey, to, LARGEST),
      (snapshot) => ok(transferLimits(to, snapshot)),
    )
  }

  /** The same request with the chain of now. */
  again(plan: Plan): Promise<Result<Plan, AppError>> {
    switch (plan.kind) {
      case 'transfer':
        return this.transfer(plan.request)
      case 'transfer-all':
        return this.closeAccount(plan.request)
      case 'account':
        return this.#deps.accounts.again(plan)
      case 'stake-moves':
        return this.#deps.moves.again(plan)
      case 'register':
        return this.register(plan.request)
    }
  }

  /** @param account whose state counts; absent: the active wallet's own. Its signer pays the fee, so it does not. */
  async #planned<S extends { readonly txFee: Rao }, P>(
    account: Ss58 | undefined,
    gather: (coldkey: Ss58) => Promise<Result<S, AppError>>,
    plan: (snapshot: S) => Result<P, AppError>,
  ): Promise<Result<P, AppError>> {
    const wallet = this.#deps.wallets.active()
    if (!wallet) return err({ code: 'keys/no-wallet' })
    const coldkey = account ?? wallet.address
    const snapshot = await gather(coldkey)
    if (!snapshot.ok) return snapshot
    return plan(coldkey === wallet.address ? snapshot.value : withoutFee(snapshot.value))
  }
}

import type { AccountPlan } from '../../shared/accounts/plan-account.ts'
import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { LimitOrder } from '../../shared/signing/limit-order.ts'
import { groundRefusal, isPriceMet, type OrderDraft, orderOf, worstPriceOf } from '../../shared/staking/order-draft.ts'
import { isSameSource, type OrderPlan } from '../../shared/staking/order-plan.ts'
import type { ChainPort } from '../chain/chain.port.ts'
import type { OrderProgress, OrdersPort } from '../chain/orders.port.ts'
import type { KeysPort } from '../keys/keys.port.ts'
import type { OrderStorage, SignedOrder } from '../storage/order-storage.port.ts'
import type { ClockPort } from '../system/system.port.ts'
import type { AccountPlans } from './account-plans.ts'
import type { NetworkService } from './network.service.ts'
import { networkName } from './network-name.ts'
import { orderFile } from './order-file.ts'
import type { WalletService } from './wallet.service.ts'

export interface OrdersDeps {
  readonly chain: OrdersPort & Pick<ChainPort, 'isAddress'>
  readonly keys: Pick<KeysPort, 'signOrder'>
  readonly storage: OrderStorage
  readonly clock: ClockPort
  readonly wallets: Pick<WalletService, 'active'>
  readonly network: Pick<NetworkService, 'genesis' | 'choice' | 'status'>
  readonly accounts: Pick<AccountPlans, 'plan'>
}

/** An order and where it stands: what is neither carried out nor cancelled ends with its time. */
export type KnownOrder = SignedOrder & {
  readonly status: OrderProgress['status'] | 'expired'
  readonly filled?: bigint | undefined
}

/** Whether the active wallet can sign orders on this chain now, and why not. */
export interface OrdersOffer {
  readonly atBlock: number
  readonly obstacle?: AppError | undefined
}

/** Limit orders: signed here, carried out by whoever takes them to the chain. */
export class OrdersService {
  readonly #deps: OrdersDeps

  constructor(deps: OrdersDeps) {
    this.#deps = deps
  }

  async offer(): Promise<Result<OrdersOffer, AppError>> {
    const wallet = this.#deps.wallets.active()
    if (!wallet) return err({ code: 'keys/no-wallet' })
    const ground = await this.#deps.chain.orderGround()
    if (!ground.ok) return ground
    const { atBlock } = ground.value
    const watched: AppError | undefined = wallet.watchOnly ? { code: 'keys/watch-only', name: wallet.name } : undefined
    const obstacle = groundRefusal(ground.value, { cryptoType: wallet.cryptoType }) ?? watched
    return ok({ atBlock, ...(obstacle ? { obstacle } : {}) })
  }

  /** What would be signed, and what the chain says of it. @errors those of {@link orderOf}, address/not-valid, keys/no-wallet */
  async plan(draft: OrderDraft): Promise<Result<OrderPlan, AppError>> {
    const { chain, wallets, clock } = this.#deps
    const wallet = wallets.active()
    if (!wallet) return err({ code: 'keys/no-wallet' })
    const addresses = [draft.hotkey, ...(draft.relayers ?? [])]
    if (!addresses.every((address) => chain.isAddress(address)))
      return err({ code: 'address/not-valid', problem: 'checksum' })
    const { address: signer, cryptoType } = wallet
    const market = await chain.orderMarket(signer, draft)
    if (!market.ok) return market
    const order = orderOf(draft, market.value, { signer, cryptoType, nowMs: clock.nowMs() })
    if (!order.ok) return order
    const [written, promised] = await Promise.all([chain.writeOrder(order.value), this.#promised(order.value)])
    if (!written.ok) return written
    if (!promised.ok) return promised
    const { price, free, sellable, atBlock } = market.value
    const worstPrice = worstPriceOf(order.value)
    return ok({
      ...written.value,
      order: order.value,
      atBlock,
      ...(price === undefined ? {} : { price, priceMet: isPriceMet(order.value, price) }),
      ...(worstPrice === undefined ? {} : { worstPrice }),
      available: draft.type === 'LimitBuy' ? free : sellable,
      promised: promised.value,
    })
  }

  /**
   * Signs, and keeps what a relayer needs.
   * @param confirmed chain's name of the order that a person saw; another one is not signed
   * @errors those of {@link plan}, keys/locked, keys/intent-differs, policy/…
   */
  async sign(draft: OrderDraft, confirmed?: string): Promise<Result<SignedOrder, AppError>> {
    const { keys, storage, clock, wallets, network } = this.#deps
    const planned = await this.plan(draft)
    if (!planned.ok) return planned
    const { order, orderId } = planned.value
    const wallet = wallets.active()
    const genesis = network.genesis()
    if (!wallet) return err({ code: 'keys/no-wallet' })
    if (genesis === undefined) return err({ code: 'chain/not-connected' })
    const differs = { code: 'keys/intent-differs', what: 'order' } as const
    if (confirmed !== undefined && confirmed !== orderId) return err(differs)
    const chain = { network: networkName(network.choice()), genesis }
    const signed = await keys.signOrder({ wallet: wallet.name, order, chain })
    if (!signed.ok) return signed
    // Signer and chain each wrote the order by a layout of their own: only the same bytes are good for anything.
    if (signed.value.orderId !== orderId) return err(differs)
    const kept: SignedOrder = { ...signed.value, order, signedAtMs: clock.nowMs() }
    storage.putSignedOrder(genesis, kept)
    return ok(kept)
  }

  async list(): Promise<Result<readonly KnownOrder[], AppError>> {
    const { chain, storage, clock, network } = this.#deps
    const genesis = network.genesis()
    if (genesis === undefined) return err({ code: 'chain/not-connected' })
    const kept = storage.signedOrders(genesis)
    if (kept.length === 0) return ok([])
    const found = await chain.orderProgress(kept.map(({ order }) => order))
    if (!found.ok) return found
    const nowMs = clock.nowMs()
    return ok(
      kept.map((signed, at) => {
        const { status = 'open', filled } = found.value[at] ?? {}
        const over = isOpen(status) && signed.order.expiryMs < nowMs
        return { ...signed, status: over ? 'expired' : status, ...(filled === undefined ? {} : { filled }) }
      }),
    )
  }

  /** The call by which the chain is told. @errors order/not-there, order/already, order/other-signer, those of account plans */
  async planCancel(orderId: string): Promise<Result<AccountPlan, AppError>> {
    const found = await this.#known(orderId)
    if (!found.ok) return found
    const { order, status } = found.value
    if (status !== 'open') return err({ code: 'order/already', status })
    return this.#deps.accounts.plan({ via: { kind: 'direct' }, intent: { kind: 'cancel-order', order } })
  }

  /** What a relayer needs, as a file. @errors order/not-there, order/already */
  async exported(orderId: string): Promise<Result<{ readonly fileName: string; readonly text: string }, AppError>> {
    const { chain, network } = this.#deps
    const found = await this.#known(orderId)
    if (!found.ok) return found
    const { status } = found.value
    if (status !== 'open' && status !== 'partial') return err({ code: 'order/already', status })
    const written = await chain.writeOrder(found.value.order)
    if (!written.ok) return written
    const { label, play } = network.status()
    return ok(orderFile(found.value, { bytes: written.value.bytes, network: label, genesis: network.genesis(), play }))
  }

  async #known(orderId: string): Promise<Result<KnownOrder, AppError>> {
    const all = await this.list()
    if (!all.ok) return all
    const found = all.value.find((one) => one.orderId === orderId)
    return found ? ok(found) : err({ code: 'order/not-there', orderId })
  }

  /** What other open orders may take from where this one takes, in its own unit. */
  async #promised(order: LimitOrder): Promise<Result<bigint, AppError>> {
    const all = await this.list()
    if (!all.ok) return all
    const others = all.value.filter((one) => isOpen(one.status) && isSameSource(one.order, order))
    return ok(others.reduce((sum, one) => sum + one.order.amount - (one.filled ?? 0n), 0n))
  }
}

const isOpen = (status: KnownOrder['status']): boolean => status === 'open' || status === 'partial'

import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { type OrderDraft, orderOf } from '../../shared/staking/order-draft.ts'
import type { HoldingsPort } from '../chain/holdings.port.ts'
import type { OrderProgress, OrdersPort } from '../chain/orders.port.ts'
import type { KeysPort } from '../keys/keys.port.ts'
import type { OrderStorage, SignedOrder } from '../storage/order-storage.port.ts'
import type { ClockPort } from '../system/system.port.ts'
import type { NetworkService } from './network.service.ts'
import { networkName } from './network-name.ts'
import type { WalletService } from './wallet.service.ts'

export interface OrdersDeps {
  readonly chain: OrdersPort & Pick<HoldingsPort, 'holdingState'>
  readonly keys: Pick<KeysPort, 'signOrder'>
  readonly storage: OrderStorage
  readonly clock: ClockPort
  readonly wallets: WalletService
  readonly network: NetworkService
}

/** An order and where it stands: what is neither carried out nor cancelled ends with its time. */
export type KnownOrder = SignedOrder & {
  readonly status: OrderProgress['status'] | 'expired'
  readonly filled?: bigint | undefined
}

/** Limit orders: signed here, carried out by whoever takes them to the chain. */
export class OrdersService {
  readonly #deps: OrdersDeps

  constructor(deps: OrdersDeps) {
    this.#deps = deps
  }

  /** Signs, and keeps what a relayer needs. @errors those of the draft, keys/locked, policy/… */
  async sign(draft: OrderDraft): Promise<Result<SignedOrder, AppError>> {
    const { chain: node, keys, storage, clock, wallets, network } = this.#deps
    const wallet = wallets.active()
    const genesis = network.genesis()
    if (!wallet) return err({ code: 'keys/no-wallet' })
    if (genesis === undefined) return err({ code: 'chain/not-connected' })
    const found = await node.holdingState(wallet.address)
    if (!found.ok) return found
    const order = orderOf(draft, {
      signer: wallet.address,
      cryptoType: wallet.cryptoType,
      enabled: found.value.orders.enabled,
      chainId: found.value.orders.chainId,
      nowMs: clock.nowMs(),
    })
    if (!order.ok) return order
    const chain = { network: networkName(network.choice()), genesis }
    const signed = await keys.signOrder({ wallet: wallet.name, order: order.value, chain })
    if (!signed.ok) return signed
    const kept: SignedOrder = { ...signed.value, order: order.value, signedAtMs: clock.nowMs() }
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
        const over = status === 'open' && signed.order.expiryMs < nowMs
        return { ...signed, status: over ? 'expired' : status, ...(filled === undefined ? {} : { filled }) }
      }),
    )
  }
}

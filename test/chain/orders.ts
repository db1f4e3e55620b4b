import { sr25519Verify } from '@polkadot/util-crypto'
import { type OrderDraft, type OrderSigner, orderOf } from '../../shared/staking/order-draft.ts'
import { raoPerAlpha } from '../../shared/units/amounts.ts'
import { called, type Places, TAO, type Walk } from './walk.ts'

const HOUR_MS = 3_600_000
/** Far below every price: nobody can carry it out before it is cancelled. */
const NEVER = raoPerAlpha(1n)

/** Signs an order away from the chain and cancels it there. To carry one out is a relayer's matter. */
export async function limitOrders(it: Walk, { netuid, hotkey }: Places): Promise<void> {
  const { chain, report, account } = it
  const ground = await chain.orderGround()
  if (!ground.ok || !ground.value.offered) return report.off('limit orders', 'the runtime does not have them')
  const market = report.took(
    'limit orders',
    await chain.orderMarket(account.address, { netuid, hotkey }),
    ({ enabled }) => (enabled ? 'switched on' : 'switched off by the chain'),
  )
  if (!market) return
  const by: OrderSigner = { signer: account.address, cryptoType: 'sr25519', nowMs: Date.now() }
  const draft: OrderDraft = {
    type: 'LimitBuy',
    netuid,
    hotkey,
    amount: TAO / 10n,
    limitPrice: NEVER,
    expiryMs: by.nowMs + HOUR_MS,
  }
  const on = { ...market, enabled: true }
  report.refused('an order of an ed25519 key', orderOf(draft, on, { ...by, cryptoType: 'ed25519' }), 'order/key-type')
  const inverted = { ...draft, type: 'StopLoss', maxSlippagePpb: 10_000_000 } as const
  report.refused(
    'a stop-loss with a bound that works the wrong way',
    orderOf(inverted, on, by),
    'order/stop-loss-slippage',
  )
  report.refused('an order that is over', orderOf({ ...draft, expiryMs: by.nowMs }, on, by), 'order/expired')
  if (!market.enabled) report.refused('an order while they are off', orderOf(draft, market, by), 'order/switched-off')
  const order = report.took('an order', orderOf(draft, on, by), ({ type }) => type)
  if (!order) return
  const written = report.took('an order as the chain reads it', await chain.writeOrder(order), ({ orderId }) => orderId)
  if (!written) return
  const bytes = Buffer.from(written.bytes.slice(2), 'hex')
  const signature = account.sign(bytes).subarray(1)
  if (bytes.length <= 256 && !sr25519Verify(bytes, signature, account.pair.publicKey))
    report.failed('the signature of an order', 'is not of its bytes')
  const statusNow = async () => {
    const progress = await chain.orderProgress([order])
    return progress.ok ? progress.value[0]?.status : progress.error.code
  }
  const open = await statusNow()
  if (open === 'open') report.done('an order that nobody carried out', open)
  else report.failed('an order that nobody carried out', `${open}`)
  if (!(await called(it, 'cancel the order', { kind: 'cancel-order', order }))) return
  const after = await statusNow()
  if (after === 'cancelled') report.done('the order afterwards', after)
  else report.failed('the order afterwards', `${after}`)
}

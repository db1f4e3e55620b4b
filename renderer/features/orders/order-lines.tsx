import type { LimitOrder } from '../../../shared/signing/limit-order.ts'
import { BILLION } from '../../../shared/signing/limit-order.ts'
import { worstPriceOf } from '../../../shared/staking/order-draft.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { useNow } from '../../bridge/use-now.ts'
import { writeDuration, writeMoment } from '../../format/time.ts'
import { FullAddress } from '../../ui/address.tsx'
import { Amount, alphaOf, TAO } from '../../ui/amount.tsx'
import { SubnetName } from '../../ui/subnet-name.tsx'
import { KINDS } from './order-words.ts'

const percentOf = (ppb: number): string => `${Number((ppb / (BILLION / 100)).toFixed(4))} %`

/** Everything that an order says, line by line. */
export function OrderLines({ order }: { readonly order: LimitOrder }) {
  const { type, netuid, amount, limitPrice, hotkey, signer, expiryMs, feePpb, feeTo, relayers, chainId } = order
  const subnet = useDirectory().get(netuid)
  const now = useNow(60_000)
  const { name, rule, isPurchase } = KINDS[type]
  const token = alphaOf(netuid, subnet?.symbol)
  const left = expiryMs - now
  return (
    <dl className="kv order">
      <dt>Order</dt>
      <dd>
        <b className="strong">{name}.</b> {rule}
      </dd>
      <dt>Subnet</dt>
      <dd>
        <SubnetName inline netuid={netuid} name={subnet?.name} symbol={subnet?.symbol} />
      </dd>
      <dt>{isPurchase ? 'Spends' : 'Sells'}</dt>
      <dd>
        <Amount value={amount} unit={isPurchase ? TAO : token} />
        {order.partialFills ? ', in parts if need be' : ', all at once'}
      </dd>
      <dt>Limit, for one alpha</dt>
      <dd>
        <Amount value={limitPrice} unit={TAO} />
      </dd>
      <dt>Last price of the trade</dt>
      <dd>
        <WorstPrice order={order} />
      </dd>
      <dt>{isPurchase ? 'Staked with' : 'Sold from'}</dt>
      <dd>
        <FullAddress address={hotkey} twoLines />
      </dd>
      <dt>Signed by</dt>
      <dd>
        <FullAddress address={signer} twoLines />
      </dd>
      <dt>Ends</dt>
      <dd>
        {writeMoment(expiryMs, now)}
        {left > 0 && <span className="mute">, in {writeDuration(left)}</span>}
      </dd>
      <dt>Carried out by</dt>
      <dd>
        {relayers === undefined
          ? 'anybody who has it'
          : relayers.map((relayer) => <FullAddress key={relayer} address={relayer} twoLines />)}
      </dd>
      <dt>Fee to a relayer</dt>
      <dd>{feePpb === 0 ? 'none' : `${percentOf(feePpb)} of the TAO, to ${feeTo}`}</dd>
      <dt>Chain</dt>
      <dd>{chainId}</dd>
    </dl>
  )
}

export function WorstPrice({ order }: { readonly order: Parameters<typeof worstPriceOf>[0] }) {
  const worst = worstPriceOf(order)
  if (worst === undefined) return <>any, once the limit was met</>
  return (
    <>
      <Amount value={worst} unit={TAO} />
      {order.maxSlippagePpb !== undefined && <span className="mute">, {percentOf(order.maxSlippagePpb)} beyond</span>}
    </>
  )
}

import type { EarningsSummary } from '../../../shared/contract/earnings.contract.ts'
import { splitOf } from '../../../shared/earnings/split.ts'
import { UNITS_PER_WHOLE } from '../../../shared/units/amounts.ts'
import { Amount, TAO } from '../../ui/amount.tsx'

interface PriceOrQuantityProps {
  readonly summary: EarningsSummary
  /** rao per alpha, by the newest list of subnets. */
  readonly priceNow: bigint | undefined
  readonly during: string
}

const NO_PRICE = 'The price of now or that of the first epoch is not known'

/** Quantity and price told apart: of what was earned, and of all that was held. */
export function PriceOrQuantity({ summary, priceNow, during }: PriceOrQuantityProps) {
  const { total, subnet } = summary
  const { alpha, earnedTao } = total
  if (!alpha || !subnet)
    return (
      <section aria-label="Did I earn more, or did the token rise?">
        <h2>Did I earn more, or did the token rise?</h2>
        <p className="soft">
          Choose a subnet: alpha of several subnets cannot be added, so that quantity is told of one.
        </p>
      </section>
    )
  const worthNow = priceNow === undefined ? undefined : (alpha.earned * priceNow) / UNITS_PER_WHOLE
  const since = worthNow === undefined || earnedTao === undefined ? undefined : worthNow - earnedTao
  const split = splitOf({ ...subnet, ...alpha }, priceNow)
  const lines = [
    ['Quantity, earned', split?.earned],
    ['Own moves', split?.flows],
    ['While nobody looked', split?.inGaps],
    ['Not explained', split?.unexplained],
    ['Price alone', split?.price],
  ] as const
  const isShown = (name: string, value: bigint | undefined) =>
    value !== 0n || name === 'Quantity, earned' || name === 'Price alone'
  return (
    <section aria-label="Did I earn more, or did the token rise?">
      <h2>Did I earn more, or did the token rise?</h2>
      <dl className="kv">
        <dt>Earned, at each epoch’s price</dt>
        <dd>
          <Amount value={earnedTao} unit={TAO} decimals={3} why="The price of an epoch was not read" />
        </dd>
        <dt>The price since then</dt>
        <dd>
          <Amount value={since} unit={TAO} decimals={3} signed why={NO_PRICE} />
        </dd>
        <dt className="strong">Earned, at the price of now</dt>
        <dd>
          <Amount value={worthNow} unit={TAO} decimals={3} why={NO_PRICE} />
        </dd>
      </dl>
      <h3>All that is held there</h3>
      <dl className="kv">
        {lines
          .filter(([name, value]) => isShown(name, value))
          .map(([name, value]) => (
            <div className="contents" key={name}>
              <dt>{name}</dt>
              <dd>
                <Amount value={value} unit={TAO} decimals={3} signed why={NO_PRICE} />
              </dd>
            </div>
          ))}
        <dt className="strong">Change of its value</dt>
        <dd>
          <Amount value={split?.change} unit={TAO} decimals={3} signed why={NO_PRICE} />
        </dd>
      </dl>
      <p className="mute small">{`Over the epochs ${during}. Quantities are valued at the price of now.`}</p>
    </section>
  )
}

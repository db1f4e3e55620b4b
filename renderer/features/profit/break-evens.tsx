import type { Figure } from '../../../shared/profit/figure.ts'
import { writeFigure } from '../../../shared/profit/money-text.ts'
import type { ProfitSettings } from '../../../shared/profit/profit-settings.ts'
import type { ProfitResult } from '../../../shared/profit/profit-view.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { Amount, alphaOf, TAO, UnitMark, Unknown } from '../../ui/amount.tsx'

const WHY = 'A part of the result is unknown'

/** A price has no sign to say gain or loss by. */
function Price({ figure }: { readonly figure: Figure }) {
  const { amount, error } = writeFigure(figure)
  return (
    <span className="nu">
      {amount.replace('+', '')}
      {error !== undefined && <span className="soft"> ± {error}</span>}
    </span>
  )
}

/** At which price of power, and of alpha, the result is 0, all else as it is. */
export function BreakEvens({ result, settings }: { readonly result: ProfitResult; readonly settings: ProfitSettings }) {
  const directory = useDirectory()
  const { breakEvenPerKwh, breakEvenPerAlpha, breakEvenRaoPerAlpha, incomes } = result
  const { currency } = settings
  const only = incomes.length === 1 ? incomes[0] : undefined
  return (
    <section className="pad rule" aria-label="Where it would come out even">
      <h2>Where it would come out even</h2>
      <dl className="kv start">
        <dt>Power, a kilowatt-hour</dt>
        <dd>
          {breakEvenPerKwh === undefined ? (
            <Unknown why={WHY} />
          ) : breakEvenPerKwh.amount + breakEvenPerKwh.error < 0n ? (
            'Not even with free power.'
          ) : (
            <>
              up to <Price figure={breakEvenPerKwh} /> {currency}
            </>
          )}
        </dd>
        {only && (
          <>
            <dt>
              One <UnitMark unit={alphaOf(only.netuid, directory.get(only.netuid)?.symbol)} />
            </dt>
            <dd>
              {breakEvenPerAlpha === undefined ? (
                <Unknown why={WHY} />
              ) : (
                <>
                  from <Price figure={breakEvenPerAlpha} /> {currency} on
                  {breakEvenRaoPerAlpha !== undefined && (
                    <>
                      , <Amount value={breakEvenRaoPerAlpha} unit={TAO} />
                    </>
                  )}
                </>
              )}
            </dd>
          </>
        )}
      </dl>
    </section>
  )
}

import { writeFigure } from '../../../shared/profit/money-text.ts'
import type { ProfitResult, ProfitView } from '../../../shared/profit/profit-view.ts'
import { priceSentence, verdictSentence } from '../../../shared/words/profit-words.ts'
import { useNow } from '../../bridge/use-now.ts'
import { writeDuration, writeMoment } from '../../format/time.ts'
import { Amount, TAO, Unknown } from '../../ui/amount.tsx'

/** The answer: how much a day, and how sure. Where nothing can be said it says that, and no digit. */
function Figure({ result, currency }: { readonly result: ProfitResult; readonly currency: string }) {
  const { verdict, net } = result
  if (verdict === 'below-error') return <>below measurement error</>
  if (verdict === 'apart') return <Apart result={result} currency={currency} />
  if (!net) return <Unknown why="See below what is missing" />
  const { amount, error } = writeFigure(net)
  return (
    <>
      {verdict === 'open' && <small className="profit-most">at most </small>}
      <span className="nu">{amount}</span>
      {error !== undefined && <span className="nu lo"> ± {error}</span>} <span className="u">{currency}</span>
    </>
  )
}

/** Both sides, each in what it is paid in. */
function Apart({ result, currency }: { readonly result: ProfitResult; readonly currency: string }) {
  const income = result.lines.find(({ kind }) => kind === 'income')?.rao
  const energy = result.lines.find(({ kind }) => kind === 'energy')?.money
  return (
    <span className="read-m">
      <Amount value={income?.amount} unit={TAO} decimals={3} signed /> <span className="soft">and</span>{' '}
      {energy ? (
        <>
          <span className="nu">{writeFigure(energy).amount}</span> <span className="u">{currency}</span>
        </>
      ) : (
        <>
          <Unknown why="Power is unknown" /> <span className="u">{currency}</span>
        </>
      )}
    </span>
  )
}

export function Readout({ result, view }: { readonly result: ProfitResult; readonly view: ProfitView }) {
  const now = useNow(30_000)
  const { currency } = view.settings
  const { fromMs, toMs, miningMs, heldMs } = result
  return (
    <section aria-label="Result of a day">
      <div className="lbl">
        Result of a day, since {writeMoment(fromMs, now)}: mined {writeDuration(miningMs)} of{' '}
        {writeDuration(toMs - fromMs)}
        {heldMs >= 60_000 && `, held for ${writeDuration(heldMs)}`}
      </div>
      <div className="read" aria-live="polite">
        <Figure result={result} currency={currency} />
      </div>
      <p className="soft">{verdictSentence(result, currency)}</p>
      <p className="mute small">
        {priceSentence(view.price, view.settings, view.play)} It says what was, and promises nothing.
      </p>
    </section>
  )
}

import type { PortfolioView } from '../../../shared/contract/chain-views.contract.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { cleanName } from '../../format/hostile-text.ts'
import { sharesOfPortfolio } from './shares.ts'

const FIVE = 5

/** One bar of the whole: five largest, the rest hatched, free outlined. The Share column holds the same figures. */
export function Composition({ portfolio }: { readonly portfolio: PortfolioView }) {
  const directory = useDirectory()
  const { holdings, freeShare } = sharesOfPortfolio(portfolio)
  if (freeShare === undefined || (portfolio.totalAtSpot ?? 0n) === 0n) return null
  const restShare = holdings.slice(FIVE).reduce((sum, holding) => sum + (holding.share ?? 0), 0)
  const parts = [
    ...holdings.slice(0, FIVE).map((holding) => ({
      key: holding.key,
      share: holding.share ?? 0,
      text: `${holding.position.netuid} ${cleanName(directory.get(holding.position.netuid)?.name ?? '')}`,
      style: { background: holding.series },
    })),
    { key: 'rest', share: restShare, text: 'the rest', style: { background: 'var(--hatch)' } },
    { key: 'free', share: freeShare, text: 'Free', style: { border: '1px solid var(--edge)' } },
  ].filter((part) => part.share > 0)
  const label = parts.map((part) => `${part.text} ${part.share / 10} %`).join(', ')
  return (
    <div className="alloc rule">
      <div className="stack" role="img" aria-label={`Where it is: ${label}`}>
        {parts.map((part) => (
          <i key={part.key} style={{ ...part.style, flex: part.share }} />
        ))}
      </div>
      <div className="stack lbls" aria-hidden="true">
        {parts.map((part) => (
          <span key={part.key} style={{ flex: part.share }}>
            {part.share > 40 ? part.text : ''}
          </span>
        ))}
      </div>
    </div>
  )
}

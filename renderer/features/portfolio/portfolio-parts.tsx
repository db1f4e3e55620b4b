import { hrefOf, type Route } from '../../format/route.ts'

const PARTS: readonly { readonly text: string; readonly to: Route }[] = [
  { text: 'This wallet', to: { view: 'portfolio' } },
  { text: 'All wallets', to: { view: 'portfolio', all: true } },
  { text: 'Locks and claims', to: { view: 'holdings' } },
]

/** The ways to look at what is held; there in every state, since a lock or a claim may be there without a position. */
export function PortfolioParts({ all = false }: { readonly all?: boolean }) {
  return (
    <nav className="seg" aria-label="Parts of the portfolio">
      {PARTS.map(({ text, to }) => (
        <a
          key={text}
          className="seg-link"
          href={hrefOf(to)}
          aria-current={to.view === 'portfolio' && (to.all ?? false) === all ? 'page' : undefined}
        >
          {text}
        </a>
      ))}
    </nav>
  )
}

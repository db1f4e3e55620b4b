import type { Netuid } from '../../../shared/units/amounts.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { cleanText } from '../../format/hostile-text.ts'
import { Failed, Loading } from '../../ui/states.tsx'
import { StrangersWords } from '../../ui/strangers-words.tsx'

/** What the owner says of the subnet: words of a stranger, and shown as such. Nothing is a link, nothing is fetched. */
export function StatementPart({ netuid }: { readonly netuid: Netuid }) {
  const statement = useQuestion('market.statement', { netuid }, { freshForMs: 600_000 })
  const identity = statement.state === 'ready' ? statement.value.identity : undefined
  const lines = identity
    ? ([
        ['Name', identity.name],
        ['Says of itself', identity.description],
        ['Page', identity.url],
        ['Code', identity.github],
        ['Contact', identity.contact],
        ['Discord', identity.discord],
      ] as const)
    : []
  const said = lines.map(([label, text]) => [label, cleanText(text)] as const).filter(([, text]) => text !== '')
  return (
    <section className="rule">
      <div className="pad grid gap-2">
        <h2>What its owner says</h2>
        {statement.state === 'loading' && <Loading awaits="what its owner says" rows={3} />}
        {statement.state === 'failed' && <Failed error={statement.error} again={statement.again} />}
        {statement.state === 'ready' && said.length === 0 && <p className="soft">Nothing.</p>}
        <StrangersWords said={said} />
      </div>
    </section>
  )
}

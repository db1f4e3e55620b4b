import type { NetworkFactsView } from '../../../shared/contract/markets.contract.ts'
import { emissionAt, nextHalving, SUPPLY_CAP } from '../../../shared/network-facts/network-facts.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useNow } from '../../bridge/use-now.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { writePart } from '../../format/percent.ts'
import { writeDate } from '../../format/time.ts'
import { Amount, Num, TAO } from '../../ui/amount.tsx'
import { Head } from '../../ui/head.tsx'
import { Note } from '../../ui/note.tsx'
import { Age, Failed, Loading } from '../../ui/states.tsx'
import { EmissionPart } from './emission-part.tsx'
import { RootPart } from './root-part.tsx'

/** Two requests; issuance grows by one block's emission. */
const AGAIN_MS = 60_000

/** The network as a whole: how much TAO there is, what comes, who holds root, and where the emission goes. */
export function NetworkView() {
  const chain = useChain()
  const answer = useQuestion('market.network', {}, { freshForMs: AGAIN_MS, everyMs: AGAIN_MS })
  const facts = answer.state === 'ready' ? answer.value : undefined
  return (
    <>
      <Head title="Network" age={<Age block={facts?.block} stale={chain.stale} />} />
      {answer.state === 'loading' && <Loading awaits="the facts of the network" rows={6} />}
      {answer.state === 'failed' && <Failed error={answer.error} again={answer.again} />}
      {facts && (
        <>
          <Supply facts={facts} stale={chain.stale} />
          <RootPart facts={facts} />
        </>
      )}
      <EmissionPart />
    </>
  )
}

function Supply({ facts, stale }: { readonly facts: NetworkFactsView; readonly stale: boolean }) {
  const { issuance, blockEmission } = facts
  const ruled = emissionAt(issuance)
  const part = writePart(issuance, SUPPLY_CAP)
  return (
    <div className={stale ? 'pad grid gap-4 stale' : 'pad grid gap-4'}>
      <div>
        <div className="lbl">TAO that exist</div>
        <div className="read">
          <Amount value={issuance} unit={TAO} decimals={3} />
        </div>
        <p className="soft">
          {part} of <Amount value={SUPPLY_CAP} unit={TAO} decimals={3} />. More can never exist.
        </p>
        <div className="bar mt-2" role="img" aria-label={`${part} of all TAO that can ever exist`}>
          <i style={{ inlineSize: part.replace(' ', '') }} />
        </div>
      </div>
      {blockEmission !== undefined && blockEmission !== ruled && (
        <Note kind="warn" title="The chain issues something else than its rule says.">
          <p>
            By the rule a block issues <Amount value={ruled} unit={TAO} />, the chain states{' '}
            <Amount value={blockEmission} unit={TAO} />. The date of the next halving below follows the rule.
          </p>
        </Note>
      )}
      <dl className="kv facts-list">
        <dt>Each block issues</dt>
        <dd>
          <Amount value={blockEmission ?? ruled} unit={TAO} />
          {blockEmission === undefined && ' by the rule'}
        </dd>
        <Halving facts={facts} />
      </dl>
    </div>
  )
}

function Halving({ facts }: { readonly facts: NetworkFactsView }) {
  const { blockMs } = useChain()
  const now = useNow(60_000)
  const next = nextHalving(facts.issuance)
  if (!next)
    return (
      <>
        <dt>Next halving</dt>
        <dd>none: nothing is issued any more</dd>
      </>
    )
  const blocks = Number(next.blocksLeft)
  return (
    <>
      <dt>Halved when so many TAO exist</dt>
      <dd>
        <Amount value={next.atIssuance} unit={TAO} decimals={3} />
      </dd>
      <dt>That is not before block, estimated</dt>
      <dd>
        <Num value={facts.block + blocks} />
      </dd>
      <dt>Not before, estimated</dt>
      <dd>about {writeDate(now + blocks * blockMs)}</dd>
      <dt>From then on each block issues</dt>
      <dd>
        <Amount value={next.emissionAfter} unit={TAO} />
      </dd>
      <dt className="note-line">
        If every block issues all that the rule allows, and blocks keep their pace of {Math.round(blockMs / 100) / 10}{' '}
        s. TAO that are recycled, for places and fees, put it off.
      </dt>
      <dd />
    </>
  )
}

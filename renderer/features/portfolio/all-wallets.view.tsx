import { useRef, useState } from 'react'
import type { EveryPosition } from '../../../shared/contract/ledger.contract.ts'
import { type Grouping, plus, type Sum } from '../../../shared/ledger/all-positions.ts'
import { ageOfBlock } from '../../bridge/age-of-block.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useLotMethod } from '../../bridge/use-lot-method.ts'
import { useNow } from '../../bridge/use-now.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { METHOD_WORDS } from '../../format/lot-words.ts'
import { hrefOf } from '../../format/route.ts'
import { Num, TAO } from '../../ui/amount.tsx'
import { Fiat, FiatNote } from '../../ui/fiat.tsx'
import { Head } from '../../ui/head.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Age, Empty, Failed, Loading } from '../../ui/states.tsx'
import { AllWalletsTable } from './all-wallets-table.tsx'
import { BooksNote } from './books-note.tsx'
import { NotFinalNote } from './not-final-note.tsx'
import { PortfolioParts } from './portfolio-parts.tsx'
import { SumAmount } from './sum-amount.tsx'

/** As often as the books of one wallet are read; the chain is asked anew only when something happened, or after some blocks. */
const AGAIN_MS = 12_000

const BY: readonly { readonly value: Grouping; readonly text: string }[] = [
  { value: 'wallet', text: 'Wallet' },
  { value: 'validator', text: 'Validator' },
  { value: 'subnet', text: 'Subnet' },
]

/** What all wallets of this app hold together, those that are only watched too. */
export function AllWalletsView() {
  const chain = useChain()
  const method = useLotMethod()
  const answer = useQuestion('ledger.allPositions', method && { method }, { freshForMs: 0, everyMs: AGAIN_MS })
  // What was read stays readable beside the reason why it is not newer.
  const last = useRef<EveryPosition>(undefined)
  if (answer.state === 'ready') last.current = answer.value
  const every = last.current
  return (
    <>
      <Head
        title="All wallets"
        age={<Age block={every?.block} ageMs={ageOfBlock(chain, every?.block)} stale={chain.stale} />}
      >
        <PortfolioParts all />
      </Head>
      <BooksNote />
      {!every && answer.state !== 'failed' && <Loading awaits="the positions of all wallets" rows={6} />}
      {answer.state === 'failed' && <Failed error={answer.error} again={answer.again} />}
      {every && <Everything every={every} stale={chain.stale || answer.state === 'failed'} />}
    </>
  )
}

function Everything({ every, stale }: { readonly every: EveryPosition; readonly stale: boolean }) {
  const [by, setBy] = useState<Grouping>('wallet')
  return (
    <>
      <NotFinalNote
        block={every.block}
        parts={every.wallets.flatMap(({ name, notFinal }) => (notFinal ? [{ name, notFinal }] : []))}
      />
      <Totals every={every} stale={stale} />
      <div className="row wrap pad rule">
        <span className="lbl">Group by</span>
        <Segments label="Group by" value={by} choices={BY} onPick={setBy} />
      </div>
      <AllWalletsTable every={every} by={by} stale={stale} />
      {every.rows.length === 0 && (
        <Empty title="No stake yet">
          <p className="soft">None of these wallets has a position.</p>
        </Empty>
      )}
      <p className="pad mute small">
        {METHOD_WORDS[every.method].name}: {METHOD_WORDS[every.method].says}{' '}
        <a href={hrefOf({ view: 'settings' })}>Choose another way</a>. Each sale is simulated by itself: several in one
        pool bring less together.
      </p>
    </>
  )
}

function Totals({ every, stale }: { readonly every: EveryPosition; readonly stale: boolean }) {
  const { sums, free, wallets } = every
  const now = useNow(30_000)
  const total = plus(sums.valueAtSpot, free)
  return (
    <div className={stale ? 'stale pad' : 'pad'}>
      <div className="lbl">
        Total at spot price, <Num value={wallets.length} /> {wallets.length === 1 ? 'wallet' : 'wallets'}
      </div>
      <div className="read" aria-live="polite">
        <SumAmount sum={total} unit={TAO} why="A price is missing, so there is no total" />
        <Fiat value={total.total} />
      </div>
      <div className="pf-three">
        <Readout label="If all were sold now" sum={plus(sums.ifSold, free)} why="Not every sale was simulated yet" />
        <Readout label="Staked" sum={sums.valueAtSpot} why="A price is missing" />
        <Readout label="Free" sum={{ total: free, known: free, missing: 0 }} why="" />
        <Readout label="Unrealised gain" sum={sums.unrealised} why="A cost is unknown" signed />
        <Readout
          label="Realised, with positions that are no more"
          sum={together(sums.realised, every.left)}
          why="A gain is unknown"
          signed
        />
      </div>
      <FiatNote now={now} />
    </div>
  )
}

const together = (a: Sum, b: Sum): Sum => ({
  total: a.total === undefined || b.total === undefined ? undefined : a.total + b.total,
  known: a.known + b.known,
  missing: a.missing + b.missing,
})

interface ReadoutProps {
  readonly label: string
  readonly sum: Sum
  readonly why: string
  readonly signed?: boolean
}
function Readout({ label, sum, why, signed = false }: ReadoutProps) {
  return (
    <div>
      <div className="lbl">{label}</div>
      <div className="read-s">
        <SumAmount sum={sum} unit={TAO} showUnit={false} why={why} signed={signed} decimals={3} />
        <Fiat value={sum.total} />
      </div>
    </div>
  )
}

import { useState } from 'react'
import type { PortfolioView as Portfolio } from '../../../shared/contract/chain-views.contract.ts'
import { type Position, sumOf } from '../../../shared/staking/position.ts'
import { rao } from '../../../shared/units/amounts.ts'
import { ageOfBlock } from '../../bridge/age-of-block.ts'
import { useActing, useShownPortfolio } from '../../bridge/use-acting.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useNow } from '../../bridge/use-now.ts'
import { hrefOf } from '../../format/route.ts'
import { writeBlocks } from '../../format/time.ts'
import { Amount, TAO } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { Fiat, FiatNote } from '../../ui/fiat.tsx'
import { Head } from '../../ui/head.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { Age, Empty, Failed, Loading } from '../../ui/states.tsx'
import { BooksNote } from './books-note.tsx'
import { Composition } from './composition.tsx'
import { Decisions } from './decisions.tsx'
import { ExitDrawer } from './exit-drawer.tsx'
import { NextEpochs } from './next-epochs.tsx'
import { NotFinalNote } from './not-final-note.tsx'
import { PlayMoneyButton } from './play-money-button.tsx'
import { PortfolioParts } from './portfolio-parts.tsx'
import { PositionDrawer } from './position-drawer.tsx'
import { PositionsTable } from './positions-table.tsx'
import { QueuesPanel } from './queues-panel.tsx'
import { RebalanceDrawer } from './rebalance-drawer.tsx'
import { RecentActivity } from './recent-activity.tsx'
import { useBooks } from './use-books.ts'

export function PortfolioView() {
  const chain = useChain()
  const portfolio = useShownPortfolio()
  const { account } = useActing()
  const block = portfolio.state === 'ready' ? portfolio.value.block : undefined
  return (
    <>
      <Head
        title="Portfolio"
        age={
          <Age block={block} ageMs={ageOfBlock(chain, block)} stale={portfolio.state === 'ready' && portfolio.stale} />
        }
      >
        <PortfolioParts />
        {!account && chain.play && <PlayMoneyButton />}
        {!account && (
          <a className="btn" href={hrefOf({ view: 'receive' })}>
            Receive
          </a>
        )}
        <a className="btn" href={hrefOf({ view: 'send' })}>
          Send
        </a>
        <a className="btn pri" href={hrefOf({ view: 'subnets' })}>
          Stake
        </a>
      </Head>
      {portfolio.state === 'loading' && <Loading awaits="your balance and positions" rows={6} />}
      {portfolio.state === 'failed' && <Failed error={portfolio.error} />}
      {portfolio.state === 'ready' && (
        <>
          {portfolio.error && (
            <div className="pad">
              <ErrorNote error={portfolio.error} />
            </div>
          )}
          <Filled portfolio={portfolio.value} stale={portfolio.stale} />
        </>
      )}
    </>
  )
}

function Filled({ portfolio, stale }: { readonly portfolio: Portfolio; readonly stale: boolean }) {
  const [open, setOpen] = useState<Position>()
  const books = useBooks(portfolio)
  const [many, setMany] = useState<'exit' | 'rebalance'>()
  const openOne = (position: Position) => {
    setMany(undefined)
    setOpen(position)
  }
  const openMany = (what: 'exit' | 'rebalance') => {
    setOpen(undefined)
    setMany(what)
  }
  const keyOf = (position: Position) => `${position.netuid}/${position.hotkey}`
  const chosen = open && portfolio.positions.find((position) => keyOf(position) === keyOf(open))
  return (
    <>
      <div className="pf-top">
        <Totals portfolio={portfolio} stale={stale} />
        <div className="vrule">
          <NextEpochs netuids={portfolio.positions.map((position) => position.netuid)} />
        </div>
      </div>
      {portfolio.notFinal && <NotFinalNote block={portfolio.block} parts={[{ notFinal: portfolio.notFinal }]} />}
      <BooksNote />
      <Composition portfolio={portfolio} />
      <QueuesPanel />
      {portfolio.positions.length === 0 ? (
        <div className="rule">
          <Empty title="No stake yet">
            <p className="soft">Stake turns TAO into the token of a subnet and earns at each of its epochs.</p>
            <a className="btn" href={hrefOf({ view: 'subnets' })}>
              Look at the subnets
            </a>
          </Empty>
        </div>
      ) : (
        <PositionsTable
          portfolio={portfolio}
          books={books}
          stale={stale}
          selected={chosen && keyOf(chosen)}
          onUnstake={openOne}
        />
      )}
      {portfolio.positions.length > 0 && (
        <div className="row pad rule">
          <span className="soft">Many positions at once, in one plan:</span>
          <span className="end row">
            <Button onPress={() => openMany('rebalance')}>Rebalance</Button>
            <Button onPress={() => openMany('exit')}>Exit everything</Button>
          </span>
        </div>
      )}
      <div className="halves rule">
        <section className="pad" aria-label="Activity">
          <RecentActivity />
        </section>
        <section className="pad vrule" aria-label="Wants a decision">
          <Decisions portfolio={portfolio} onUnstake={openOne} />
        </section>
      </div>
      {many === 'exit' && <ExitDrawer onClose={() => setMany(undefined)} />}
      {many === 'rebalance' && <RebalanceDrawer portfolio={portfolio} onClose={() => setMany(undefined)} />}
      {chosen && (
        <PositionDrawer
          key={keyOf(chosen)}
          portfolio={portfolio}
          books={books}
          position={chosen}
          onClose={() => setOpen(undefined)}
        />
      )}
    </>
  )
}

/** Sum of what is staked, at spot; unknown as soon as one price is. */
const stakedOf = ({ positions }: Portfolio): bigint | undefined =>
  sumOf(
    rao(0n),
    positions.map(({ valueAtSpot }) => valueAtSpot),
  )

/** The oldest simulation in the sum, in blocks. */
const oldestSale = ({ block, positions }: Portfolio): number =>
  Math.max(0, ...positions.map(({ ifSoldBlock }) => (ifSoldBlock === undefined ? 0 : block - ifSoldBlock)))

function Totals({ portfolio, stale }: { readonly portfolio: Portfolio; readonly stale: boolean }) {
  const now = useNow(30_000)
  const age = oldestSale(portfolio)
  return (
    <div className={stale ? 'stale' : undefined}>
      <div className="lbl">Total at spot price</div>
      <div className="read" aria-live="polite">
        <Amount value={portfolio.totalAtSpot} unit={TAO} why="A price is missing, so there is no total" />
        <Fiat value={portfolio.totalAtSpot} />
      </div>
      <div className="pf-three">
        <Readout
          label="If all were sold now"
          value={portfolio.totalIfSold}
          note={portfolio.totalIfSold !== undefined && age > 0 ? `a part is ${writeBlocks(age)} old` : undefined}
        />
        <Readout label="Staked" value={stakedOf(portfolio)} />
        <Readout label="Free" value={portfolio.free} />
      </div>
      <FiatNote now={now} />
    </div>
  )
}

interface ReadoutProps {
  readonly label: string
  readonly value: bigint | undefined
  readonly note?: string | undefined
}
function Readout({ label, value, note }: ReadoutProps) {
  return (
    <div>
      <div className="lbl">{label}</div>
      <div className="read-s">
        <Amount value={value} unit={TAO} showUnit={false} decimals={3} />
        <Fiat value={value} />
      </div>
      {note && <small className="mute">{note}</small>}
    </div>
  )
}

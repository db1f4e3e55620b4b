import { useEffect, useMemo, useState } from 'react'
import type { EarningsSummary } from '../../../shared/contract/earnings.contract.ts'
import { RANGES } from '../../../shared/earnings/ranges.ts'
import { isNetuid, isSs58Shape, type Netuid } from '../../../shared/units/amounts.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { useNow } from '../../bridge/use-now.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { hrefOf } from '../../format/route.ts'
import { Amount, alphaOf, Num, TAO } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { FiatNote } from '../../ui/fiat.tsx'
import { Head } from '../../ui/head.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Age, Empty, Failed, Loading } from '../../ui/states.tsx'
import { type Ask, RANGE_WORDS } from './ask.ts'
import { Calendar } from './calendar.tsx'
import { EarnedCharts, momentsOfDays, momentsOfEpochs } from './earned-charts.tsx'
import { EarningsFilters } from './earnings-filters.tsx'
import { EpochsTable } from './epochs-table.tsx'
import { FilesPanel } from './files-panel.tsx'
import { GROUPS, type Group, worthOf } from './groups-of.ts'
import { GroupsTable } from './groups-table.tsx'
import { NextPay } from './next-pay.tsx'
import { PriceOrQuantity } from './price-or-quantity.tsx'

const AGAIN_MS = 6_000
/** So many epochs are drawn each by itself; beyond, by days. */
const EACH = 200
/** Blocks: the chain finalizes a few behind its newest one, and booking takes a moment. */
const OFTEN_BEHIND = 25
const RANGE_CHOICES = RANGES.map((value) => ({ value, text: RANGE_WORDS[value].name }))

export function EarningsView() {
  const chain = useChain()
  const [chosen, setAsk] = useState<Ask>({ range: '30d' })
  const [files, setFiles] = useState(false)
  // All that was ever earned is of one subnet: then its alpha can be added up without asking which one.
  const [alone, setAlone] = useState<Netuid>()
  const ask = chosen.netuid === undefined && alone !== undefined ? { ...chosen, netuid: alone } : chosen
  const answer = useQuestion('earnings.summary', ask, { freshForMs: 0, everyMs: AGAIN_MS })
  const seen = answer.state === 'ready' ? answer.value.seen.netuids : undefined
  useEffect(() => {
    if (seen) setAlone(seen.length === 1 ? seen[0] : undefined)
  }, [seen])
  return (
    <>
      <Head title="Earnings" age={<Age block={chain.block} ageMs={chain.ageMs} stale={chain.stale} />}>
        <Button onPress={() => setFiles(!files)}>{files ? 'Hide the files' : 'Files of epochs'}</Button>
      </Head>
      {files && <FilesPanel ask={ask} />}
      <div className="pad earn-bar">
        <Segments
          label="Range"
          value={ask.range}
          choices={RANGE_CHOICES}
          onPick={(range) => setAsk({ ...ask, range })}
        />
        {answer.state === 'ready' && <Findings summary={answer.value} newest={chain.block} />}
      </div>
      {answer.state === 'loading' && <Loading awaits="the epochs" rows={6} />}
      {answer.state === 'failed' && <Failed error={answer.error} again={answer.again} />}
      {answer.state === 'ready' &&
        (answer.value.seen.netuids.length === 0 ? (
          <NothingYet />
        ) : (
          <Filled ask={ask} summary={answer.value} stale={chain.stale} onAsk={setAsk} />
        ))}
    </>
  )
}

function NothingYet() {
  return (
    <Empty title="No epoch yet">
      <p className="soft">
        Stake earns at each epoch of its subnet, and a miner when validators value its answers. The first row comes with
        the next epoch while the app runs.
      </p>
      <a className="btn" href={hrefOf({ view: 'subnets' })}>
        Look at the subnets
      </a>
    </Empty>
  )
}

/** How sure the figures are. */
function Findings({ summary, newest }: { readonly summary: EarningsSummary; readonly newest: number | undefined }) {
  const { total, gaps, bookedThrough } = summary
  if (total.rows === 0) return null
  const behind = newest === undefined || bookedThrough === undefined ? 0 : newest - bookedThrough
  return (
    <span className="row wrap end">
      {total.redRows > 0 && (
        <Chip kind="bad">{`${total.redRows} ${total.redRows === 1 ? 'row does' : 'rows do'} not add up`}</Chip>
      )}
      {gaps.length > 0 && (
        <Chip
          kind="dashed"
          title={`The last one: blocks ${(gaps[0]?.fromBlock ?? 0) + 1} to ${gaps[0]?.throughBlock}. The node had forgotten them when this app came to look; an archive has them.`}
        >
          {`${gaps.length} ${gaps.length === 1 ? 'gap' : 'gaps'}`}
        </Chip>
      )}
      {behind > OFTEN_BEHIND && (
        <Chip kind="dashed" title="Epochs of these blocks are not in the figures yet: they are read, the oldest first.">
          {`${behind} blocks behind`}
        </Chip>
      )}
      {total.roundedRows > 0 && (
        <span className="soft" title="Stake is counted in shares of all who stake to a hotkey: units of 1e-9 alpha.">
          {`${total.roundedRows} but for rounding`}
        </span>
      )}
      {total.untoldRows > 0 && <span className="soft">{`${total.untoldRows} not looked at`}</span>}
      <span className="soft">
        <Num value={total.rows - total.redRows - total.roundedRows - total.untoldRows} /> of <Num value={total.rows} />{' '}
        rows add up
      </span>
    </span>
  )
}

interface FilledProps {
  readonly ask: Ask
  readonly summary: EarningsSummary
  readonly stale: boolean
  readonly onAsk: (ask: Ask) => void
}

function Filled({ ask, summary, stale, onAsk }: FilledProps) {
  const directory = useDirectory()
  const now = useNow(60_000)
  const { total } = summary
  const subnet = ask.netuid === undefined ? undefined : directory.get(ask.netuid)
  const unit = ask.netuid === undefined ? undefined : alphaOf(ask.netuid, subnet?.symbol)
  const isShort = unit !== undefined && total.rows > 0 && total.rows <= EACH
  const { range, netuid } = ask
  const input = isShort ? { ...ask, onlyRed: false, offset: 0, limit: EACH } : undefined
  const epochs = useQuestion('earnings.epochs', input, { freshForMs: 0, everyMs: AGAIN_MS })
  const moments = isShort && epochs.state === 'ready' ? momentsOfEpochs(epochs.value.rows) : momentsOfDays(summary)
  return (
    <>
      <EarningsFilters ask={ask} seen={summary.seen} onAsk={onAsk} />
      <div className="earn-top rule">
        <div className={stale ? 'stale' : undefined}>
          <Readout ask={ask} summary={summary} unit={unit} />
          {moments.length > 0 && <EarnedCharts moments={moments} each={isShort ? 'epoch' : 'day'} unit={unit} />}
        </div>
        <div className="pad vrule grid content-start gap-4">
          <PriceOrQuantity summary={summary} priceNow={subnet?.price} during={RANGE_WORDS[range].during} />
          <NextPay netuids={netuid === undefined ? summary.seen.netuids : [netuid]} />
        </div>
      </div>
      <Calendar days={summary.days} today={summary.span.to} unit={unit} />
      <Groups ask={ask} summary={summary} stale={stale} onAsk={onAsk} />
      <div className="pad empty:hidden">
        <FiatNote now={now} />
      </div>
      <Epochs ask={ask} summary={summary} stale={stale} />
    </>
  )
}

interface ReadoutProps {
  readonly ask: Ask
  readonly summary: EarningsSummary
  readonly unit: ReturnType<typeof alphaOf> | undefined
}

/** The answer before the evidence, and what it was in the time before. */
function Readout({ ask, summary: { total, before }, unit }: ReadoutProps) {
  const { during } = RANGE_WORDS[ask.range]
  const isRecorded = total.rows > 0
  const why = isRecorded ? 'The price of at least one epoch was not read' : 'No epoch is recorded in these days'
  const alpha = isRecorded ? total.alpha : undefined
  return (
    <section className="pad" aria-label="Earned in the range">
      <div className="lbl">Earned {during}</div>
      <div className="read" aria-live="polite">
        {unit && alpha ? (
          <Amount value={alpha.earned} unit={unit} signed />
        ) : (
          <Amount value={worthOf(total)} unit={TAO} signed why={why} />
        )}
      </div>
      <p className="soft">
        {alpha ? (
          <>
            in <Num value={total.epochs} /> {total.epochs === 1 ? 'epoch' : 'epochs'}, worth{' '}
            <Amount value={total.earnedTao} unit={TAO} why={why} /> at the price after each of them
          </>
        ) : (
          <>
            at the price after each of <Num value={total.epochs} /> {total.epochs === 1 ? 'epoch' : 'epochs'}
          </>
        )}
        {total.earnedTao === undefined && total.unpriced < total.rows && (
          <>
            ; at least <Amount value={total.knownTao} unit={TAO} /> of those whose price is known
          </>
        )}
        . Own moves and fees are not in it.
      </p>
      {before && before.rows > 0 && (
        <p className="soft">
          As many days before:{' '}
          {unit && before.alpha && (
            <>
              <Amount value={before.alpha.earned} unit={unit} signed />,{' '}
            </>
          )}
          <Amount value={before.earnedTao} unit={TAO} why={why} />
        </p>
      )}
    </section>
  )
}

const GROUP_CHOICES = GROUPS.map((value) => ({ value, text: `By ${value}` }))

function Groups({ ask, summary, stale, onAsk }: FilledProps) {
  const [group, setGroup] = useState<Group>('subnet')
  const narrow = (key: string) => {
    const netuid = Number(key)
    if (group === 'subnet' && isNetuid(netuid)) return onAsk({ ...ask, netuid })
    if (group === 'wallet' && isSs58Shape(key)) return onAsk({ ...ask, account: key })
    if (group === 'hotkey' && isSs58Shape(key)) return onAsk({ ...ask, hotkey: key })
    return undefined
  }
  if (summary.total.rows === 0)
    return (
      <Empty title="No epoch in this range">
        <p className="soft">
          None of what is chosen had an epoch in these days. Choose a longer range, or other lines.
        </p>
      </Empty>
    )
  return (
    <section className="rule">
      <div className="pad">
        <Segments label="Told apart by" value={group} choices={GROUP_CHOICES} onPick={setGroup} />
      </div>
      <GroupsTable
        summary={summary}
        group={group}
        netuid={ask.netuid}
        stale={stale}
        onPick={group === 'kind' ? undefined : narrow}
      />
    </section>
  )
}

const ROW_CHOICES = [
  { value: 'all', text: 'All epochs' },
  { value: 'red', text: 'Those that do not add up' },
] as const

function Epochs({ ask, summary, stale }: Omit<FilledProps, 'onAsk'>) {
  const [shown, setShown] = useState<'all' | 'red'>('all')
  const { total } = summary
  const onlyRed = shown === 'red' && total.redRows > 0
  const asked = useMemo(() => ({ ...ask, onlyRed }), [ask, onlyRed])
  if (total.rows === 0) return null
  return (
    <section className="rule">
      <div className="pad row wrap">
        <h2>Epochs</h2>
        {total.redRows > 0 && (
          <span className="end">
            <Segments label="Which epochs" value={onlyRed ? 'red' : 'all'} choices={ROW_CHOICES} onPick={setShown} />
          </span>
        )}
      </div>
      <EpochsTable
        // Another choice begins at its own first row.
        key={JSON.stringify(asked)}
        ask={asked}
        total={onlyRed ? total.redRows : total.rows}
        version={total.rows}
        stale={stale}
      />
    </section>
  )
}

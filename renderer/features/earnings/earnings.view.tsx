import { useState } from 'react'
import type { EarningsView as Earnings } from '../../../shared/contract/chain-views.contract.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useNow } from '../../bridge/use-now.ts'
import { useFresh } from '../../bridge/use-subscription.ts'
import { hrefOf } from '../../format/route.ts'
import { FiatNote } from '../../ui/fiat.tsx'
import { Head } from '../../ui/head.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { Age, Empty, Failed, Loading } from '../../ui/states.tsx'
import { EpochCharts } from './epoch-charts.tsx'
import { EpochsTable } from './epochs-table.tsx'
import { NextPay } from './next-pay.tsx'
import { seriesKey } from './series-key.ts'
import { SeriesReadout } from './series-readout.tsx'
import { TotalsTable } from './totals-table.tsx'

export function EarningsView() {
  const chain = useChain()
  const earnings = useFresh('earnings.watch', chain.stale)
  const block = earnings.state === 'ready' ? earnings.value.block : undefined
  const stale = earnings.state === 'ready' && earnings.stale
  return (
    <>
      <Head title="Earnings" age={<Age block={block} ageMs={chain.ageMs} stale={stale} />} />
      {earnings.state === 'loading' && <Loading awaits="the epochs" rows={6} />}
      {earnings.state === 'failed' && <Failed error={earnings.error} />}
      {earnings.state === 'ready' && (
        <>
          {earnings.error && (
            <div className="pad">
              <ErrorNote error={earnings.error} />
            </div>
          )}
          <Filled earnings={earnings.value} stale={stale} />
        </>
      )}
    </>
  )
}

function Filled({ earnings, stale }: { readonly earnings: Earnings; readonly stale: boolean }) {
  const [picked, setPicked] = useState<string>()
  const now = useNow(30_000)
  const newest = earnings.rows[0]
  const keys = new Set(earnings.totals.map(seriesKey))
  const chosen = picked !== undefined && keys.has(picked) ? picked : newest ? seriesKey(newest) : [...keys][0]
  const total = earnings.totals.find((candidate) => seriesKey(candidate) === chosen)
  const rows = earnings.rows.filter((row) => seriesKey(row) === chosen)
  if (earnings.totals.length === 0)
    return (
      <>
        <Empty title="No epoch yet">
          <p className="soft">
            Stake earns at each epoch of its subnet, and a miner when validators value its answers. The first row comes
            with the next epoch while the app runs.
          </p>
          <a className="btn" href={hrefOf({ view: 'subnets' })}>
            Look at the subnets
          </a>
        </Empty>
        <div className="pad rule">
          <NextPay next={earnings.nextEpochs} />
        </div>
      </>
    )
  return (
    <>
      <div className="earn-top">
        <div className={stale ? 'pad stale' : 'pad'}>{total && <SeriesReadout total={total} />}</div>
        <div className="pad vrule">
          <NextPay next={earnings.nextEpochs} />
        </div>
      </div>
      <div className="rule">
        <TotalsTable totals={earnings.totals} chosen={chosen} stale={stale} onPick={setPicked} />
        <div className="pad empty:hidden">
          <FiatNote now={now} />
        </div>
      </div>
      {rows.length > 0 && (
        <>
          <EpochCharts rows={rows} />
          <EpochsTable rows={rows} stale={stale} />
        </>
      )}
    </>
  )
}

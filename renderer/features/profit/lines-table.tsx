import { plainMoney, writeFigure } from '../../../shared/profit/money-text.ts'
import type { ProfitLine } from '../../../shared/profit/profit.ts'
import type { ProfitSettings } from '../../../shared/profit/profit-settings.ts'
import type { PlaceView, ProfitResult } from '../../../shared/profit/profit-view.ts'
import { LINE_WORDS, MISSING_WORDS } from '../../../shared/words/profit-words.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { writeWhole } from '../../format/amount.ts'
import { ShortAddress } from '../../ui/address.tsx'
import { Amount, alphaOf, TAO, Unknown } from '../../ui/amount.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { usePlay } from '../../ui/play-context.ts'

interface PartProps {
  readonly result: ProfitResult
  readonly settings: ProfitSettings
}

/** Kilowatt-hours of so many millionths of a watt-hour, for the eye. */
const kwh = (micro: bigint): string => (Number(micro / 1_000n) / 1_000_000).toFixed(2)
const watts = (value: number | undefined): string =>
  value === undefined ? 'unknown' : `${writeWhole(Math.round(value))} W`
const days = (value: number): string => (value < 10 ? value.toFixed(1) : Math.round(value).toString())

function IncomeNote({ result }: { readonly result: ProfitResult }) {
  const directory = useDirectory()
  return result.incomes.map(({ netuid, hotkey, epochs, notLooked, alphaPerDay, worth }) => (
    <div key={`${netuid}/${hotkey}`}>
      <Amount value={alphaPerDay.amount} unit={alphaOf(netuid, directory.get(netuid)?.symbol)} decimals={3} /> a day, in{' '}
      {epochs} {epochs === 1 ? 'epoch' : 'epochs'}
      {notLooked > 0 && `; ${notLooked} more that nobody looked into are not in it`}
      {worth?.by === 'sale' && ', at what its sale brings now, by the chain'}
      {worth?.by === 'epochs' && ', at the price after each epoch, which no sale is sure to bring'}
    </div>
  ))
}

function EnergyNote({ result, settings }: PartProps) {
  const { watts: drawn, microWattHoursPerDay, energyAtLeast } = result
  const { machine } = settings
  const by = (who: 'measured' | 'said') => (who === 'said' ? 'your figure' : 'measured')
  return (
    <>
      {microWattHoursPerDay !== undefined &&
        `${energyAtLeast ? 'at least ' : ''}${kwh(microWattHoursPerDay)} kWh a day. `}
      {watts(drawn.mining)} while it mines{drawn.mining !== undefined && `, ${by(drawn.miningBy)}`}
      {machine.use === 'shared' && `, less ${watts(drawn.idle)} at rest, ${by(drawn.idleBy)}`}
      {settings.power.by === 'measured' &&
        settings.power.extraWatts !== undefined &&
        `, ${settings.power.extraWatts} W of it your figure`}
      {drawn.partial && '. A part of the computer does not tell what it draws'}.
    </>
  )
}

function HardwareNote({ settings: { hardware, machine, currency } }: { readonly settings: ProfitSettings }) {
  if (!hardware) return null
  const { priceNanos, resaleNanos, lifeDays } = hardware
  return (
    <>
      {plainMoney(priceNanos - resaleNanos)} {currency} over {days(lifeDays)} days
      {machine.use === 'shared' && `, ${machine.sharePercent} % of it`}, your figures.
    </>
  )
}

function PlaceNote({ place, several }: { readonly place: PlaceView; readonly several: boolean }) {
  const { netuid, hotkey, paidRao, paidBy, keptDays, lowDays, expectedDays, highDays } = place
  return (
    <div>
      {several && (
        <>
          Subnet {netuid}, <ShortAddress address={hotkey} />:{' '}
        </>
      )}
      {paidRao !== undefined && (
        <>
          <Amount value={paidRao} unit={TAO} decimals={3} /> paid,{' '}
          {paidBy === 'ledger' ? 'by the ledger' : 'your figure'}.{' '}
        </>
      )}
      {keptDays !== undefined && `Kept for ${days(keptDays)} days so far`}
      {expectedDays !== undefined &&
        `, likely ${days(expectedDays)} in all: ${days(lowDays ?? 0)} to ${highDays === undefined ? 'without end' : days(highDays)}`}
      {keptDays !== undefined && '.'}
    </div>
  )
}

function Says({ line, result, settings }: PartProps & { readonly line: ProfitLine }) {
  return (
    <div className="profit-says">
      {line.kind === 'income' && <IncomeNote result={result} />}
      {line.kind === 'energy' && <EnergyNote result={result} settings={settings} />}
      {line.kind === 'hardware' && <HardwareNote settings={settings} />}
      {line.kind === 'place' &&
        result.places.map((place) => (
          <PlaceNote key={`${place.netuid}/${place.hotkey}`} place={place} several={result.places.length > 1} />
        ))}
      {line.kind === 'fees' && 'Of the network, for sales of what was mined. The pool’s fee is in what a sale brings.'}
      {line.missing && <div className="warn-text">{MISSING_WORDS[line.missing]}</div>}
    </div>
  )
}

/** What the result is made of, each with its error and its source. */
export function LinesTable({ result, settings }: PartProps) {
  const play = usePlay()
  const columns: readonly Column<ProfitLine>[] = [
    { key: 'what', head: 'Part', cell: ({ kind }) => LINE_WORDS[kind] },
    {
      key: 'money',
      head: `${settings.currency} a day`,
      right: true,
      cell: ({ money, atLeast }) => {
        if (!money) return <Unknown why="See what is missing" />
        const { amount, error } = writeFigure(money)
        return (
          <span className="nowrap nu">
            {atLeast && <small className="mute">at least </small>}
            {amount}
            {error !== undefined && <span className="soft"> ± {error}</span>}
          </span>
        )
      },
    },
    {
      key: 'rao',
      head: play ? 'play TAO a day' : 'TAO a day',
      right: true,
      hideWhenNarrow: true,
      cell: ({ kind, rao }) =>
        kind === 'energy' || kind === 'hardware' ? null : (
          <Amount value={rao?.amount} unit={TAO} showUnit={false} decimals={3} signed why="See what is missing" />
        ),
    },
    {
      key: 'says',
      head: 'By what',
      className: 'profit-wrap',
      cell: (line) => <Says line={line} result={result} settings={settings} />,
    },
  ]
  return (
    <div className="rule">
      <DataTable
        caption="What the result of a day is made of"
        columns={columns}
        rows={result.lines}
        rowKey={({ kind }) => kind}
      />
    </div>
  )
}

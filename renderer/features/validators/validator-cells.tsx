import type { ValidatorTableView } from '../../../shared/contract/markets.contract.ts'
import {
  epochYieldPpb,
  type NoYield,
  type ValidatorFlag,
  validatorFlags,
} from '../../../shared/subnets/validator-table.ts'
import { shortAddress } from '../../format/address.ts'
import { cleanName } from '../../format/hostile-text.ts'
import { writePpmShort } from '../../format/percent.ts'
import { writeDays } from '../../format/time.ts'
import { Unknown } from '../../ui/amount.tsx'
import { Chip } from '../../ui/chip.tsx'

export type Row = ValidatorTableView['rows'][number]

const NO_YIELD: Readonly<Record<NoYield, string>> = {
  root: 'Stakers of root are paid by all subnets, not by an epoch of root',
  'not-told': 'This network does not tell what the last epoch paid',
  'no-epoch': 'No whole epoch has been paid to it yet',
  'too-little': 'Less than one alpha was staked to it: rounding would be most of the result',
}
const FLAGS: Readonly<Record<ValidatorFlag, readonly [words: string, title: string]>> = {
  'takes-all': ['keeps all', 'Its take is 100 %: nothing is left for those who stake to it'],
  silent: ['sets no weights', 'It has set no weights for so long that its vote no longer counts'],
}

/** The name that it gave itself, else its address. Both are a stranger's, and stay in their line. */
export function Who({ row, table }: Omit<YieldProps, 'blockMs'>) {
  const name = cleanName(row.identity?.name ?? '')
  return (
    <span className="row chips named">
      <span className="rowline" title={row.hotkey}>
        <span className="mute nid">{row.uid}</span>
        {name === '' ? <span className="mono">{shortAddress(row.hotkey)}</span> : <bdi className="nm">{name}</bdi>}
      </span>
      <Flags row={row} table={table} />
    </span>
  )
}

export function Take({ row }: { readonly row: Row }) {
  return row.takePpm === undefined ? (
    <Unknown why="It never said that it takes stake" />
  ) : (
    <span className="nu">{writePpmShort(row.takePpm)}</span>
  )
}

/** Parts per billion as percent with four decimals. */
const writePpb = (ppb: bigint): string => `${(Number(ppb) / 10_000_000).toFixed(4)} %`

interface YieldProps {
  readonly row: Row
  readonly table: ValidatorTableView
  readonly blockMs: number
}
export function EpochYield({ row, table }: Omit<YieldProps, 'blockMs'>) {
  const found = epochYieldPpb(row, table)
  if (typeof found === 'string') return <Unknown why={NO_YIELD[found]} />
  return <span className="nu">{writePpb(found)}</span>
}

/** More than this a year says more about the epochs than about a year. */
const MOST_PPM = 10_000_000n
export function YearYield({ row, table }: Omit<YieldProps, 'blockMs'>) {
  const { measured } = row
  if (table.netuid === 0) return <Unknown why={NO_YIELD.root} />
  if (!measured) return <Unknown why="No epoch of it was recorded yet" />
  if ('needed' in measured)
    return <Unknown why={`${measured.epochs} of the ${measured.needed} epochs of a day were recorded`} />
  return (
    <span className="nu" title={`From ${measured.epochs} epochs that were recorded here, in alpha, not reinvested`}>
      {measured.yearlyPpm > MOST_PPM ? 'over 1000 %' : `${(Number(measured.yearlyPpm) / 10_000).toFixed(1)} %`}
    </span>
  )
}

/** In parts per million; unknown ones last. */
export const yearlyOf = ({ measured }: Row): bigint | undefined =>
  measured && 'yearlyPpm' in measured ? measured.yearlyPpm : undefined

export function LastUpdate({ row, table, blockMs }: YieldProps) {
  const ago = Math.max(0, table.block - row.lastUpdate)
  if (table.netuid === 0) return <span className="mute">none</span>
  return (
    <span className="nu" title={`block ${row.lastUpdate}, ${ago} blocks ago`}>
      {row.lastUpdate === 0 ? 'never' : `${writeDays(ago * blockMs)} ago`}
    </span>
  )
}

export function Flags({ row, table }: Omit<YieldProps, 'blockMs'>) {
  return validatorFlags(row, table).map((flag) => (
    <Chip key={flag} kind="warn" title={FLAGS[flag][1]}>
      {FLAGS[flag][0]}
    </Chip>
  ))
}

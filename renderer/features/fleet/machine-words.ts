import type { FleetMachineView, FleetView } from '../../../shared/contract/fleet.contract.ts'
import { fleetHeldWords } from '../../../shared/words/fleet-words.ts'
import { writeWhole } from '../../format/amount.ts'
import { writeDuration } from '../../format/time.ts'
import type { ChipKind } from '../../ui/chip.tsx'

export type FleetReportView = FleetView['own']
/** A row of the table: this computer, or one that it looks at. */
export interface MachineRow {
  readonly id: string
  readonly name: string
  /** Absent: this computer. */
  readonly machine?: FleetMachineView | undefined
  /** What it says now; absent: it is not heard. */
  readonly report?: FleetReportView | undefined
}

export const OWN = 'own'

/** This computer first. */
export const rowsOf = ({ own, ownName, machines }: FleetView): readonly MachineRow[] => [
  { id: OWN, name: ownName, report: own },
  ...machines.map((machine) => ({
    id: machine.id,
    name: machine.name,
    machine,
    report: machine.state === 'connected' ? machine.report : undefined,
  })),
]

interface StateWords {
  readonly chip: ChipKind
  readonly word: string
}

const MINER: Readonly<Record<FleetReportView['miner']['state'], StateWords>> = {
  off: { chip: 'neutral', word: 'Miner off' },
  starting: { chip: 'neutral', word: 'Starts' },
  mining: { chip: 'good', word: 'Mining' },
  stopping: { chip: 'neutral', word: 'Stops' },
  failed: { chip: 'bad', word: 'Miner failed' },
}

export function stateWords({ machine, report }: MachineRow): StateWords {
  if (report) return report.miner.held ? { chip: 'warn', word: 'Held' } : MINER[report.miner.state]
  if (machine?.error?.code === 'fleet/bad-report') return { chip: 'bad', word: 'Not believed' }
  if (machine?.state === 'refused') return { chip: 'bad', word: 'Refuses' }
  return machine?.state === 'waiting' ? { chip: 'bad', word: 'Does not answer' } : { chip: 'dashed', word: 'Is asked' }
}

export const heldText = ({ miner }: FleetReportView): string | undefined =>
  miner.held && `It lets callers wait: ${fleetHeldWords(miner.held) || 'it goes on in a moment'}.`

export function seenText({ machine, report }: MachineRow, now: number): string {
  if (!machine || report) return 'now'
  return machine.lastSeenMs === undefined ? 'never so far' : `${writeDuration(now - machine.lastSeenMs)} ago`
}

/** rao, of all its hotkeys; absent: unknown for at least one of them. */
export function earnedBy(report: FleetReportView | undefined): bigint | undefined {
  if (!report?.earnings) return undefined
  return report.earnings.reduce<bigint | undefined>(
    (sum, { tao }) => (sum === undefined || tao === undefined ? undefined : sum + tao),
    0n,
  )
}

/** A decimal, and groups: machines say what they like. */
function grouped(n: number): string {
  const [whole = '0', part = '0'] = n.toFixed(1).split('.')
  return `${writeWhole(Number(whole))}.${part}`
}
/** Kilowatts from ten on: more than a house takes needs no watts. */
export const powerText = (watts: number): string =>
  watts < 10_000 ? `${writeWhole(Math.round(watts))} W` : `${grouped(watts / 1_000)} kW`
export const speedText = (tokensPerSecond: number | undefined): string =>
  tokensPerSecond === undefined ? 'unknown' : `${grouped(tokensPerSecond)} tok/s`
export const heatOf = ({ gpuC, processorC }: FleetReportView): number | undefined => gpuC ?? processorC
export const wattsText = ({ watts, partial }: { readonly watts: number; readonly partial: boolean }): string =>
  `${partial ? 'at least ' : ''}${powerText(watts)}`

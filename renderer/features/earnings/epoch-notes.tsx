import { type EpochCause, type EpochRow, type RowSource, redOf } from '../../../shared/earnings/epoch-row.ts'
import { EARNING_KINDS, kindsOf } from '../../../shared/earnings/kinds.ts'
import { shortAddress } from '../../format/address.ts'
import { plainAmount } from '../../format/amount.ts'
import { Amount, alphaOf, TAO } from '../../ui/amount.tsx'
import { KIND_WORDS } from './ask.ts'

const CAUSES: Readonly<Record<EpochCause, readonly [word: string, sentence: string]>> = {
  rounding: [
    'rounding',
    'Stake is counted in shares of all who stake to a hotkey; each move there may round the others by one unit.',
  ],
  dust: ['dust cleared', 'After an unstake the chain cleared the rest, which was too small to stay.'],
  'hotkey-swap': ['hotkey swapped', 'The hotkey was swapped for another one, which took the stake along.'],
  'coldkey-swap': ['coldkey swapped', 'The coldkey was swapped for another one, which took the stake along.'],
  collateral: [
    'collateral',
    'Collateral of a place was locked or released, and the chain does not say what it did to this stake.',
  ],
  'root-claim': [
    'root dividends claimed',
    'Root dividends were claimed, and the chain does not say what they did to this stake.',
  ],
  'subnet-removed': ['subnet removed', 'The subnet was removed, and its stake was paid out.'],
}

/** Kinds of income that came in this epoch; a single one needs no amount. */
export function EpochMakeUp({ row }: { readonly row: EpochRow }) {
  const kinds = kindsOf(row)
  const made = EARNING_KINDS.filter((kind) => kinds[kind] !== 0n)
  if (made.length === 0) return <span className="mute">nothing</span>
  const said = made.map((kind) => `${KIND_WORDS[kind].name} ${plainAmount(kinds[kind])}`).join(', ')
  return <span title={said}>{made.map((kind) => KIND_WORDS[kind].name).join(', ')}</span>
}

const SOURCES: Readonly<Record<RowSource, readonly [word: string, sentence: string]>> = {
  events: ['from events', 'The events of its blocks, and the stake right before and right after the epoch.'],
  snapshots: ['from snapshots', 'The stake before and after, and own moves; nothing else could be read.'],
  archive: ['from an archive', 'Read later, from a node that keeps the past.'],
}

/** Where the row comes from. */
export function EpochSource({ row: { via } }: { readonly row: EpochRow }) {
  if (via === undefined)
    return (
      <span className="mute" title="A row of an earlier version, which did not say.">
        source unknown
      </span>
    )
  return (
    <span className="mute" title={SOURCES[via][1]}>
      {SOURCES[via][0]}
    </span>
  )
}

/** What the moves of the span cost. The alpha is part of the own moves, the TAO was paid beside them. */
export function EpochFees({ row }: { readonly row: EpochRow }) {
  const { parts } = row
  if (!parts || (parts.feeAlpha === 0n && parts.feeTao === 0n)) return null
  const alpha = parts.feeAlpha !== 0n
  return (
    <span
      className="soft small"
      title={`Fees: ${plainAmount(parts.feeAlpha)} alpha, part of the moves, and ${plainAmount(parts.feeTao)} TAO beside them.`}
    >
      fee <Amount value={alpha ? parts.feeAlpha : parts.feeTao} unit={TAO} decimals={3} showUnit={!alpha} />
      {alpha ? ' alpha' : ''}
    </span>
  )
}

/** What does not add up: by how much, and below it why. */
export function EpochMissing({ row }: { readonly row: EpochRow }) {
  const { parts } = row
  if (!parts)
    return (
      <span className="mute" title="Only the stake before and after is known: what it was made of was not looked at.">
        not looked at
      </span>
    )
  if (parts.unexplained === 0n) return <span className="mute">0 ✓</span>
  return (
    <span
      className={redOf(row) === 0n ? 'exact' : 'exact redsum'}
      title={`${plainAmount(parts.unexplained)} alpha ${row.netuid}`}
    >
      <Amount value={parts.unexplained} unit={alphaOf(row.netuid)} showUnit={false} signed />
    </span>
  )
}

interface WhyProps {
  readonly row: EpochRow
  readonly afterGap: { readonly fromBlock: number; readonly throughBlock: number } | undefined
}

/** Why it does not, and what else is to be said of the row; the gravest first, in one line. */
export function EpochWhy({ row, afterGap }: WhyProps) {
  const { parts } = row
  const cause = parts?.cause
  const elsewhere = parts?.elsewhere
  if (redOf(row) !== 0n && cause === undefined)
    return (
      <span
        className="small"
        title="Earnings, own moves and fees do not make the change of the stake, and no event of these blocks says why. A move by another program, or an event that this version does not know, may be the cause."
      >
        no event says why
      </span>
    )
  if (cause)
    return (
      <span className={redOf(row) === 0n ? 'small soft' : 'small'} title={CAUSES[cause][1]}>
        {CAUSES[cause][0]}
      </span>
    )
  if (afterGap)
    return (
      <span
        className="small"
        title={`Blocks ${afterGap.fromBlock + 1} to ${afterGap.throughBlock} were not looked at. What the stake did there is in no row.`}
      >
        after a gap
      </span>
    )
  if (elsewhere)
    return (
      <span
        className="small soft"
        title={`${plainAmount(elsewhere.alpha)} alpha ${elsewhere.hotkey ? `went by auto-stake to ${elsewhere.hotkey}` : 'was destroyed: the owner of the subnet mined it'}.`}
      >
        {elsewhere.hotkey ? `sent to ${shortAddress(elsewhere.hotkey)}` : 'destroyed'}
      </span>
    )
  if (row.epochs > 1) return <span className="small soft">{row.epochs} epochs at once</span>
  if (!parts && row.earned < 0n) return <span className="small soft">less than before</span>
  return null
}

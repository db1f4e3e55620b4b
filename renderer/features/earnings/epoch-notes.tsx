import { type EpochCause, type EpochRow, redOf } from '../../../shared/earnings/epoch-row.ts'
import { shortAddress } from '../../format/address.ts'
import { Amount, alphaOf, TAO } from '../../ui/amount.tsx'
import { Chip } from '../../ui/chip.tsx'

const CAUSES: Readonly<Record<EpochCause, readonly [word: string, sentence: string]>> = {
  rounding: [
    'rounding',
    'Stake is counted in shares of all who stake to a hotkey; each move there may round the others by one unit.',
  ],
  dust: ['dust cleared', 'After an unstake the chain cleared the rest, which was too small to stay.'],
  'hotkey-swap': ['hotkey swapped', 'The hotkey was swapped for another one, which took the stake along.'],
  'coldkey-swap': ['coldkey swapped', 'The coldkey was swapped for another one, which took the stake along.'],
  'subnet-removed': ['subnet removed', 'The subnet was removed, and its stake was paid out.'],
}

/** Kinds of income that came in this epoch, largest meaning first; a single kind needs no list. */
export function EpochMakeUp({ row }: { readonly row: EpochRow }) {
  const { parts } = row
  if (!parts) return <span className="mute">not looked at</span>
  const kinds = [
    ['mined', parts.mined],
    ['validated', parts.validated],
    ['staked', parts.staked],
    ["owner's cut", parts.ownerCut],
  ] as const
  const made = kinds.filter(([, amount]) => amount !== 0n)
  if (made.length === 0) return <span className="mute">nothing</span>
  return made.map(([kind, amount]) => (
    <div key={kind} className="nowrap">
      {kind} <Amount value={amount} unit={alphaOf(row.netuid)} showUnit={false} signed />
    </div>
  ))
}

/** What the moves of the span cost. The alpha is part of the own moves, the TAO was paid beside them. */
export function EpochFees({ row }: { readonly row: EpochRow }) {
  const { parts } = row
  if (!parts || (parts.feeAlpha === 0n && parts.feeTao === 0n)) return null
  return (
    <>
      {parts.feeTao !== 0n && (
        <div className="nowrap soft">
          fee <Amount value={parts.feeTao} unit={TAO} />
        </div>
      )}
      {parts.feeAlpha !== 0n && (
        <div className="nowrap soft">
          fee <Amount value={parts.feeAlpha} unit={alphaOf(row.netuid)} showUnit={false} />
        </div>
      )}
    </>
  )
}

/** What does not add up comes first: by how much, and why. @param gap stake was not counted between the row before and this one */
export function EpochNotes({ row, gap }: { readonly row: EpochRow; readonly gap: boolean }) {
  const unit = alphaOf(row.netuid)
  const { parts } = row
  const cause = parts?.cause
  const elsewhere = parts?.elsewhere
  return (
    <span className="row chips">
      {redOf(row) !== 0n && (
        <Chip
          kind="bad"
          title="Income, own moves and fees do not add up to the change of the stake, and nothing in these blocks explains it."
        >
          unexplained <Amount value={redOf(row)} unit={unit} showUnit={false} signed />
        </Chip>
      )}
      {parts && cause && (
        <Chip kind={cause === 'rounding' ? 'neutral' : 'warn'} title={CAUSES[cause][1]}>
          {CAUSES[cause][0]} <Amount value={parts.unexplained} unit={unit} showUnit={false} signed />
        </Chip>
      )}
      {elsewhere && (
        <span className="soft">
          <Amount value={elsewhere.alpha} unit={unit} showUnit={false} />
          <br />
          {elsewhere.hotkey ? (
            <>
              went by auto-stake to
              <br />
              <span className="mono nowrap" title={elsewhere.hotkey}>
                {shortAddress(elsewhere.hotkey)}
              </span>
            </>
          ) : (
            'destroyed: the owner mined it'
          )}
        </span>
      )}
      {gap && <Chip kind="dashed">after a gap</Chip>}
      {row.epochs > 1 && <Chip kind="dashed">{row.epochs} epochs at once</Chip>}
      {!parts && row.earned < 0n && <Chip kind="warn">less than before</Chip>}
    </span>
  )
}

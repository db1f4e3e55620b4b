import type { NotFinal } from '../../../shared/staking/not-final.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { Amount, alphaOf, Num, TAO } from '../../ui/amount.tsx'
import { MovePlace } from '../../ui/move-steps.tsx'
import { Note } from '../../ui/note.tsx'

export interface NotFinalNoteProps {
  /** The newest block, by which everything else on the screen is written. */
  readonly block: number
  /** By wallet, where there are several; all compared with the same final block. */
  readonly parts: readonly NotFinalPart[]
}
export interface NotFinalPart {
  /** Of the wallet; absent: there is only one. */
  readonly name?: string
  readonly notFinal: NotFinal
}

/** What the newest block and the last final one say differently of what is held: both, side by side. */
export function NotFinalNote({ block, parts }: NotFinalNoteProps) {
  const [first] = parts
  if (!first) return null
  return (
    <div className="pad rule" aria-live="polite">
      <Note kind="warn" title="Not all of this is final yet.">
        <p>
          What you see is of block <Num value={block} />. The last block that can no longer be replaced,{' '}
          <Num value={first.notFinal.finalBlock} />, says otherwise. Wait some blocks before you count on the newer
          numbers.
        </p>
        <table className="tbl plain">
          <caption className="vh">Newest and final numbers</caption>
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col" className="r">
                Newest
              </th>
              <th scope="col" className="r">
                Final
              </th>
            </tr>
          </thead>
          <tbody>
            {parts.map((part) => (
              <PartRows key={part.name ?? ''} part={part} />
            ))}
          </tbody>
        </table>
      </Note>
    </div>
  )
}

function PartRows({ part: { name, notFinal } }: { readonly part: NotFinalPart }) {
  const names = useDirectory()
  const { free, positions } = notFinal
  const of = name === undefined ? null : <span className="mute"> of {name}</span>
  return (
    <>
      {free && (
        <tr>
          <td>Free{of}</td>
          <td className="r">
            <Amount value={free.newest} unit={TAO} />
          </td>
          <td className="r">
            <Amount value={free.final} unit={TAO} />
          </td>
        </tr>
      )}
      {positions.map(({ netuid, hotkey, newest, final }) => (
        <tr key={`${netuid}/${hotkey}`}>
          <td>
            <MovePlace netuid={netuid} names={names} />
            {of}
          </td>
          <td className="r">
            <Held value={newest} netuid={netuid} symbol={names.get(netuid)?.symbol} />
          </td>
          <td className="r">
            <Held value={final} netuid={netuid} symbol={names.get(netuid)?.symbol} />
          </td>
        </tr>
      ))}
    </>
  )
}

interface HeldProps {
  readonly value: bigint | undefined
  readonly netuid: number
  readonly symbol: string | undefined
}
const Held = ({ value, netuid, symbol }: HeldProps) =>
  value === undefined ? <span className="mute">none</span> : <Amount value={value} unit={alphaOf(netuid, symbol)} />

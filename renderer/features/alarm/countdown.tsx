import type { GuardedSwap } from '../../bridge/use-guard.ts'
import { writeWhole } from '../../format/amount.ts'
import { Num } from '../../ui/amount.tsx'
import { Scale } from '../../ui/scale.tsx'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** The two or three largest units, as in `4 d 21 h 02 min`. */
function unitsOf(ms: number): readonly (readonly [number, string])[] {
  if (ms < HOUR)
    return [
      [Math.trunc(ms / MINUTE), 'min'],
      [Math.trunc((ms % MINUTE) / 1_000), 's'],
    ]
  const hours = Math.trunc((ms % DAY) / HOUR)
  const minutes = Math.trunc((ms % HOUR) / MINUTE)
  const tail = [[hours, 'h'] as const, [minutes, 'min'] as const]
  return ms < DAY ? tail : [[Math.trunc(ms / DAY), 'd'], ...tail]
}

/** What is said aloud: nothing, but for these moments. */
function momentOf(blocks: number, ms: number): string {
  if (blocks === 0) return 'The announced move can be carried out now.'
  if (ms <= MINUTE) return 'Less than 1 minute is left.'
  return ms <= 10 * MINUTE ? 'Less than 10 minutes are left.' : ''
}

/** Time and blocks left. The time is the blocks times the usual time of a block. */
export function Countdown({ alarm }: { readonly alarm: GuardedSwap }) {
  const { swap, blocksNow, msNow, delayBlocks } = alarm
  const until = swap.executableAt
  const from = delayBlocks === undefined ? undefined : until - delayBlocks
  return (
    <div>
      <div className="mute">{blocksNow === 0 ? 'Can be carried out' : 'Can be carried out in about'}</div>
      <div className="cd">
        {blocksNow === 0
          ? 'now'
          : unitsOf(msNow).map(([value, unit]) => (
              <span key={unit} className="nowrap">
                {value}
                <small>{unit}</small>
              </span>
            ))}
      </div>
      {from !== undefined && (
        <Scale
          label={`${blocksNow} of ${delayBlocks} blocks are left, until block ${until}.`}
          from={from}
          to={until}
          pointer={until - blocksNow}
          fillTo={until - blocksNow}
          ticks={{ major: 5, minor: 6 }}
          labels={[
            { at: from, text: 'announced' },
            { at: until, text: `block ${writeWhole(until)}` },
          ]}
        />
      )}
      <p className="mute">
        <Num value={blocksNow} />{' '}
        {delayBlocks !== undefined && (
          <>
            of <Num value={delayBlocks} />
          </>
        )}{' '}
        blocks left, until block <Num value={until} />
      </p>
      <div className="vh" role="status" aria-live="assertive">
        {momentOf(blocksNow, msNow)}
      </div>
    </div>
  )
}

import { OctagonAlert } from 'lucide-react'
import { hrefOf } from '../../format/route.ts'
import { writeDuration } from '../../format/time.ts'
import { Num } from '../../ui/amount.tsx'
import { type Alarm, ownerOf } from './use-alarm.ts'

function Left({ blocks, ms }: { readonly blocks: number; readonly ms: number }) {
  if (blocks === 0) return <>now</>
  return (
    <>
      in about {writeDuration(ms)}, <Num value={blocks} /> blocks
    </>
  )
}

const others = (count: number): string =>
  count === 0 ? '' : ` ${count} other ${count === 1 ? 'coldkey is' : 'coldkeys are'} under alarm, too.`

/** What is left of the alarm in the window while a person looks around; and what is frozen or planned. */
export function AlarmBar({ alarm }: { readonly alarm: Alarm }) {
  const { alarms, swaps, open } = alarm
  const [first] = alarms
  const [other] = swaps
  if (first)
    return (
      <section className="alarm-bar bad" aria-label="Coldkey alarm">
        <OctagonAlert className="ic" />
        <span className="min-w-0">
          <b>Coldkey alarm</b>: someone announced a move of everything in {ownerOf(first)}. It can be carried out{' '}
          <Left blocks={first.blocksNow} ms={first.msNow} />.{others(alarms.length - 1)}
        </span>
        <button type="button" className="btn end" onClick={open}>
          Open the alarm
        </button>
      </section>
    )
  if (!other) return null
  const frozen = other.stage === 'disputed'
  return (
    <section className="alarm-bar" aria-label="Change of coldkey">
      <OctagonAlert className="ic" />
      <span className="min-w-0">
        {frozen ? (
          `The change of ${ownerOf(other)} is disputed. The coldkey is frozen until the chain's root account resets it.`
        ) : (
          <>
            {ownerOf(other)} moves to another coldkey. It can be carried out{' '}
            <Left blocks={other.blocksNow} ms={other.msNow} />.
          </>
        )}
        {swaps.length > 1 && ` Announced changes in all: ${swaps.length}.`}
      </span>
      <a className="btn end" href={hrefOf({ view: 'coldkey' })}>
        Change of coldkey
      </a>
    </section>
  )
}

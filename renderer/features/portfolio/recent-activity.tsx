import { Check, CircleX, Clock } from 'lucide-react'
import { valueIn } from '../../bridge/loadable.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { useNow } from '../../bridge/use-now.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { cleanName } from '../../format/hostile-text.ts'
import { hrefOf } from '../../format/route.ts'
import { writeMoment } from '../../format/time.ts'
import { recordWords, STAGE_WORDS } from '../../format/transaction-words.ts'
import { RecordAmount } from '../../ui/record-amount.tsx'

const SHOWN = 5

export function RecentActivity() {
  const records = valueIn(useSubscription('activity.watch')) ?? []
  const directory = useDirectory()
  const now = useNow(30_000)
  return (
    <>
      <div className="row">
        <h2>Activity</h2>
        <a className="end small" href={hrefOf({ view: 'activity' })}>
          All activity
        </a>
      </div>
      {records.length === 0 && <p className="soft">Nothing was sent from this computer yet.</p>}
      <ul className="ev">
        {records.slice(0, SHOWN).map((record) => {
          const Icon = record.stage === 'failed' ? CircleX : record.stage === 'finalized' ? Check : Clock
          const subnet = record.netuid === undefined ? undefined : directory.get(record.netuid)
          return (
            <li key={record.id}>
              <span className="mute nu">{writeMoment(record.startedAtMs, now)}</span>
              <Icon className={record.stage === 'failed' ? 'ic s bad' : 'ic s'} />
              <span className="grow">
                {recordWords(record)}
                {subnet && (
                  <>
                    , {subnet.netuid} <bdi>{cleanName(subnet.name)}</bdi>
                  </>
                )}
                , {STAGE_WORDS[record.stage]}
              </span>
              <RecordAmount record={record} symbol={subnet?.symbol} />
            </li>
          )
        })}
      </ul>
    </>
  )
}

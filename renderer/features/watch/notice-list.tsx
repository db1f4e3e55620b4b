import { useState } from 'react'
import type { Notice } from '../../../shared/alerts/alert.ts'
import type { AlertsView } from '../../../shared/contract/alerts.contract.ts'
import { ALERT_NAMES, alertWords } from '../../../shared/words/alert-words.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useNow } from '../../bridge/use-now.ts'
import { writeMoment } from '../../format/time.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { usePlay } from '../../ui/play-context.ts'

const FIRST = 10

/** What happened, newest first. It stays until it is old; read ones only lose their mark. */
export function NoticeList({ view }: { readonly view: AlertsView }) {
  const { notices, unread } = view
  const read = useCommand('alerts.read')
  const [all, setAll] = useState(false)
  const newest = notices[0]?.id
  const shown = all ? notices : notices.slice(0, FIRST)
  return (
    <section className="pad grid gap-3" aria-label="Alerts">
      <div className="row wrap">
        <h2>Alerts</h2>
        <span className="soft" aria-live="polite">
          {unread === 0 ? 'all read' : unread === 1 ? 'one unread' : `${unread} unread`}
        </span>
        {newest !== undefined && unread > 0 && (
          <span className="end">
            <Button onPress={() => void read.send({ upTo: newest })}>Mark all as read</Button>
          </span>
        )}
      </div>
      {read.error && <ErrorNote error={read.error} />}
      {notices.length === 0 && (
        <p className="soft">
          Nothing happened yet that you should know of. It would stand here, and nothing is told twice.
        </p>
      )}
      <ul className="grid gap-3">
        {shown.map((notice) => (
          <OneNotice key={notice.id} notice={notice} />
        ))}
      </ul>
      {notices.length > FIRST && (
        <div>
          <Button kind="quiet" onPress={() => setAll(!all)}>
            {all ? 'Show the newest only' : `Show all ${notices.length}`}
          </Button>
        </div>
      )}
    </section>
  )
}

function OneNotice({ notice }: { readonly notice: Notice }) {
  const now = useNow(30_000)
  const { what, why, next } = alertWords(notice.alert, usePlay())
  return (
    <li className="grid gap-1">
      <div className="row wrap">
        {notice.read ? (
          <Chip>{ALERT_NAMES[notice.alert.kind]}</Chip>
        ) : (
          <Chip kind="warn">{`New: ${ALERT_NAMES[notice.alert.kind]}`}</Chip>
        )}
        <time className="mute small nu" dateTime={new Date(notice.atMs).toISOString()}>
          {writeMoment(notice.atMs, now)}
        </time>
      </div>
      <strong className="strong">{what}</strong>
      <p className="soft break">
        {why} {next}
      </p>
    </li>
  )
}

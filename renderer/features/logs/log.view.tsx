import { useState } from 'react'
import type { AppError } from '../../../shared/errors.ts'
import { LOG_LEVELS, type LogLevel, type LogLine } from '../../../shared/log/log-line.ts'
import { useClient } from '../../bridge/bridge-context.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { cleanText } from '../../format/hostile-text.ts'
import { writeClock, writeMoment } from '../../format/time.ts'
import { Button } from '../../ui/button.tsx'
import { Chip, type ChipKind } from '../../ui/chip.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Field } from '../../ui/field.tsx'
import { Head } from '../../ui/head.tsx'
import { ErrorNote, Note } from '../../ui/note.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Empty, Failed, Loading } from '../../ui/states.tsx'

const SHOWN = 500
const LOOK_MS = 2_000
const LEVEL: Readonly<Record<LogLevel, { readonly word: string; readonly chip: ChipKind }>> = {
  debug: { word: 'all', chip: 'dashed' },
  info: { word: 'info', chip: 'neutral' },
  warn: { word: 'warnings', chip: 'warn' },
  error: { word: 'errors', chip: 'bad' },
}

const factsText = ({ facts }: LogLine): string =>
  Object.entries(facts)
    .map(([name, value]) => `${name} ${cleanText(String(value))}`)
    .join(', ')

function timeText(time: string): string {
  const atMs = Date.parse(time)
  if (Number.isNaN(atMs)) return 'unknown'
  const moment = writeMoment(atMs, Date.now())
  return moment.length > 5 ? moment : writeClock(atMs)
}

type Row = LogLine & { readonly key: string }
const COLUMNS: readonly Column<Row>[] = [
  { key: 'time', head: 'Time', cell: (line) => <span className="nu nowrap">{timeText(line.time)}</span> },
  { key: 'level', head: 'Level', cell: (line) => <Chip kind={LEVEL[line.level].chip}>{line.level}</Chip> },
  { key: 'event', head: 'Event', cell: (line) => <span className="mono">{cleanText(line.event)}</span> },
  {
    key: 'facts',
    head: 'Facts',
    className: 'log-facts',
    cell: (line) => <span className="small">{factsText(line)}</span>,
  },
]

/** What the app wrote down of itself, newest first. It holds no secret; a report of it names no address either. */
export function LogView() {
  const [level, setLevel] = useState<LogLevel>('debug')
  const [event, setEvent] = useState('')
  const named = event.trim().slice(0, 100)
  const log = useQuestion(
    'logs.read',
    { limit: SHOWN, level, ...(named === '' ? {} : { event: named }) },
    { everyMs: LOOK_MS },
  )
  const lines = log.state === 'ready' ? log.value.lines : []
  const rows = lines.map((line, at): Row => ({ ...line, key: `${line.time}/${line.event}/${at}` })).reverse()
  return (
    <>
      <Head title="Log">
        <CopyReport />
      </Head>
      <div className="row pad wrap tools">
        <Segments
          label="Level"
          value={level}
          onPick={setLevel}
          choices={LOG_LEVELS.map((value) => ({ value, text: LEVEL[value].word }))}
        />
        <div className="grow">
          <Field
            label="Event contains"
            hideLabel
            type="search"
            placeholder="Event contains, for example chain."
            value={event}
            onType={setEvent}
          />
        </div>
      </div>
      {log.state === 'ready' && log.value.lost > 0 && (
        <div className="pad">
          <Note kind="warn" title={`${log.value.lost} lines could not be written.`}>
            <p>The disk was full, or the folder could not be written. Make room, then the log goes on by itself.</p>
          </Note>
        </div>
      )}
      {log.state === 'loading' && <Loading awaits="the log" rows={6} />}
      {log.state === 'failed' && <Failed error={log.error} again={log.again} />}
      {log.state === 'ready' && rows.length === 0 && (
        <Empty title="No line fits">
          <p className="soft">
            {level === 'debug' && named === ''
              ? 'Nothing worth a line happened so far.'
              : 'Choose all levels, or another event.'}
          </p>
        </Empty>
      )}
      {rows.length > 0 && (
        <DataTable caption="Lines of the log, newest first" columns={COLUMNS} rows={rows} rowKey={(row) => row.key} />
      )}
      {log.state === 'ready' && (
        <p className="pad soft small">
          The last {SHOWN} lines at most. The files lie in <span className="mono break">{log.value.folder}</span>: five
          of 2 MB at most, the oldest makes room.
        </p>
      )}
    </>
  )
}

/** Text that may be sent to somebody: addresses, servers and folders are numbered instead of named. */
function CopyReport() {
  const client = useClient()
  const [done, setDone] = useState<'copied' | 'not-copied'>()
  const [error, setError] = useState<AppError>()
  const copy = async () => {
    setError(undefined)
    setDone(undefined)
    const report = await client.call('logs.report', {})
    if (!report.ok) return setError(report.error)
    try {
      await navigator.clipboard.writeText(report.value.text)
      setDone('copied')
    } catch {
      setDone('not-copied')
    }
  }
  return (
    <span className="row">
      {error && <ErrorNote error={error} />}
      <span className="soft small" role="status">
        {done === 'copied' && 'Copied, without secrets, addresses and servers.'}
        {done === 'not-copied' && 'The clipboard could not be used. At a terminal, taoforge logs --report prints it.'}
      </span>
      <Button onPress={() => void copy()}>Copy for a report</Button>
    </span>
  )
}

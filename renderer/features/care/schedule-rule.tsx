import { useState } from 'react'
import { problemOfBands, type WeekBand } from '../../../shared/care/schedule.ts'
import { useNow } from '../../bridge/use-now.ts'
import { writeDuration, writeMoment } from '../../format/time.ts'
import { Button } from '../../ui/button.tsx'
import { HoursLine } from '../../ui/hours-line.tsx'
import { type BandDraft, bandsOf, draftOf } from './band-text.ts'
import { WeekStrip } from './week-strip.tsx'

/** What most want who set hours: the nights. */
const NIGHTS: WeekBand = { days: [0, 1, 2, 3, 4, 5, 6], fromMinute: 22 * 60, toMinute: 7 * 60 }

export interface ScheduleRuleProps {
  readonly schedule: readonly WeekBand[] | undefined
  readonly changesAtMs: number | undefined
  readonly onSave: (schedule: readonly WeekBand[] | null) => void
}
/** Hours of the week in which the miner may answer. */
export function ScheduleRule({ schedule, changesAtMs, onSave }: ScheduleRuleProps) {
  const [drafts, setDrafts] = useState<readonly BandDraft[]>()
  const now = useNow()
  const bands = drafts ? bandsOf(drafts) : schedule
  const wrong = !drafts ? undefined : bands ? problemOfBands(bands) : 'A time looks like 22:00.'
  return (
    <section className="grid gap-2 form" aria-label="Hours">
      <h2>Hours</h2>
      <label className="pick">
        <input
          type="checkbox"
          checked={schedule !== undefined}
          onChange={(event) => {
            setDrafts(undefined)
            onSave(event.target.checked ? [NIGHTS] : null)
          }}
        />
        <span>Mine only in these hours of the week, by the clock of this computer.</span>
      </label>
      {schedule && (
        <>
          <WeekStrip bands={bands ?? []} />
          {changesAtMs !== undefined && !drafts && (
            <p className="mute small">
              The next change is in {writeDuration(changesAtMs - now)}, at {writeMoment(changesAtMs, now)}.
            </p>
          )}
          {drafts ? (
            <Editor
              drafts={drafts}
              wrong={wrong}
              onChange={setDrafts}
              onCancel={() => setDrafts(undefined)}
              onSave={() => {
                if (!bands || wrong) return
                onSave(bands)
                setDrafts(undefined)
              }}
            />
          ) : (
            <div>
              <Button onPress={() => setDrafts(schedule.map(draftOf))}>Change the hours</Button>
            </div>
          )}
        </>
      )}
    </section>
  )
}

interface EditorProps {
  readonly drafts: readonly BandDraft[]
  readonly wrong: string | undefined
  readonly onChange: (drafts: readonly BandDraft[]) => void
  readonly onSave: () => void
  readonly onCancel: () => void
}
function Editor({ drafts, wrong, onChange, onSave, onCancel }: EditorProps) {
  const put = (changed: BandDraft) => onChange(drafts.map((draft) => (draft.id === changed.id ? changed : draft)))
  const next = Math.max(-1, ...drafts.map(({ id }) => id)) + 1
  return (
    <>
      {drafts.map((draft, index) => (
        <HoursLine
          key={draft.id}
          hours={draft}
          number={index + 1}
          fields="band-times"
          onChange={(changed) => put({ ...draft, ...changed })}
          onRemove={() => onChange(drafts.filter(({ id }) => id !== draft.id))}
        />
      ))}
      <p className="msg bad" aria-live="polite">
        {wrong}
      </p>
      <div className="row wrap">
        <Button onPress={onSave} offBecause={wrong}>
          Save the hours
        </Button>
        <Button onPress={() => onChange([...drafts, draftOf(NIGHTS, next)])}>Add a line</Button>
        <Button kind="quiet" onPress={onCancel}>
          Cancel
        </Button>
      </div>
    </>
  )
}

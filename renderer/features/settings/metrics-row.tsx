import { useState } from 'react'
import { valueIn } from '../../bridge/loadable.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { SettingRow } from './setting-row.tsx'

/** Where exporters of this kind listen as a rule. */
const USUAL_PORT = 9464

/** The door for Prometheus: off until somebody opens it, and for this computer alone. */
export function MetricsRow() {
  const door = valueIn(useSubscription('monitor.watch'))?.door
  const open = useCommand('monitor.openMetrics')
  const close = useCommand('monitor.closeMetrics')
  const [text, setText] = useState<string>()
  const typed = text ?? String(door?.port ?? USUAL_PORT)
  const port =
    /^\d{1,5}$/.test(typed.trim()) && Number(typed) >= 1 && Number(typed) <= 65_535 ? Number(typed) : undefined
  const isOpen = door?.state === 'open'
  return (
    <SettingRow
      title="Metrics for Prometheus"
      text="Counters, times, heat and power of the miner, to be collected by a program of this computer. Off, nothing listens. On, 127.0.0.1 alone is listened on; no address of a wallet is told."
    >
      <form
        className="grid gap-2 grow"
        onSubmit={(event) => {
          event.preventDefault()
          if (port !== undefined) void open.send({ port })
        }}
      >
        <p aria-live="polite" className="break">
          {isOpen ? (
            <>
              On: <span className="mono">http://127.0.0.1:{door.port}/metrics</span>
            </>
          ) : (
            'Off.'
          )}
        </p>
        <div className="row top">
          <Field
            label="Port for Prometheus"
            hideLabel
            inputMode="numeric"
            value={typed}
            onType={setText}
            wrong={port === undefined ? 'A whole number from 1 to 65535.' : undefined}
          />
          <Button
            type="submit"
            offBecause={isOpen && port === door.port ? 'It is open there already.' : undefined}
            busyWith={open.busy ? 'Opening' : undefined}
          >
            Turn on
          </Button>
          {door && door.state !== 'off' && (
            <Button onPress={() => void close.send({})} busyWith={close.busy ? 'Closing' : undefined}>
              Turn off
            </Button>
          )}
        </div>
        {(open.error ?? door?.error) && (
          <ErrorNote error={open.error ?? door?.error ?? { code: 'contract/cancelled' }} />
        )}
      </form>
    </SettingRow>
  )
}

import { useState } from 'react'
import { valueIn } from '../../bridge/loadable.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { Button } from '../../ui/button.tsx'

export interface OutsideRowProps {
  readonly on: boolean
  readonly onPick: (on: boolean) => void
}

const IN_BROWSER = {
  granted: 'This browser shows them while this page is open.',
  denied:
    'This browser was told not to show any: change that in its settings of this page. They stand in the list above.',
  default: 'This browser was not asked yet whether it may.',
  none: 'This browser shows none. They stand in the list above.',
} as const

const stateNow = (): keyof typeof IN_BROWSER => ('Notification' in globalThis ? Notification.permission : 'none')

/** Whether alerts are also shown by the system. A browser has to be allowed to, by the person in front of it. */
export function OutsideRow({ on, onPick }: OutsideRowProps) {
  const info = useQuestion('app.info', {}, { freshForMs: Number.POSITIVE_INFINITY })
  const host = info.state === 'ready' ? valueIn(info)?.host : undefined
  return (
    <div className="grid gap-2">
      <label className="pick">
        <input type="checkbox" checked={on} onChange={(event) => onPick(event.target.checked)} />
        <span>Show new alerts outside of this window, too, as notifications of the system: 20 an hour at most.</span>
      </label>
      {on && host === 'headless' && <OfBrowser />}
    </div>
  )
}

function OfBrowser() {
  const [state, setState] = useState(stateNow)
  return (
    <div className="row wrap">
      <span className="soft small">{IN_BROWSER[state]}</span>
      {state === 'default' && (
        <Button onPress={() => void Notification.requestPermission().then(setState)}>Ask this browser</Button>
      )}
    </div>
  )
}

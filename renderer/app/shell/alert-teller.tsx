import { useEffect, useRef } from 'react'
import type { Notice } from '../../../shared/alerts/alert.ts'
import { alertWords } from '../../../shared/words/alert-words.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'

function show({ id, alert }: Notice, play: boolean): void {
  const { what, why, next } = alertWords(alert, play)
  const notification = new Notification(play ? `Practice: ${what}` : what, {
    body: `${why} ${next}`,
    tag: `taoforge-${id}`,
  })
  notification.onclick = () => {
    window.focus()
    window.location.hash = '#/watch'
  }
}

/** New alerts, as notifications of the browser where it was allowed them. The desktop app shows its own. */
export function AlertTeller() {
  const alerts = valueIn(useSubscription('alerts.watch'))
  const play = valueIn(useSubscription('network.status'))?.play ?? false
  const info = useQuestion('app.info', {}, { freshForMs: Number.POSITIVE_INFINITY })
  const host = info.state === 'ready' ? valueIn(info)?.host : undefined
  const told = useRef<number>(undefined)
  useEffect(() => {
    if (!alerts) return
    const newest = alerts.notices[0]?.id ?? 0
    const before = told.current
    told.current = Math.max(newest, before ?? 0)
    // What was there when the page was opened is in the list; only what comes now is told.
    if (before === undefined || !alerts.settings.system || host !== 'headless') return
    if (!('Notification' in globalThis) || Notification.permission !== 'granted') return
    for (const notice of alerts.notices.filter(({ id }) => id > before).toReversed()) show(notice, play)
  }, [alerts, host, play])
  return null
}

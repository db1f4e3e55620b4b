import type * as Electron from 'electron'
import type { Alert } from '../../shared/alerts/alert.ts'
import { alertWords } from '../../shared/words/alert-words.ts'

export interface NoticesOptions {
  readonly notification: typeof Electron.Notification
  /** Brings the window to the front. */
  readonly show: () => void
}

/** Electron lets go of a notification that nobody holds, and with it of the click on it. */
const MOST_HELD = 20

/** Shows alerts by the system, where it shows notifications at all. @returns called with each alert */
export function systemNotices({ notification: Notification, show }: NoticesOptions) {
  const held = new Set<Electron.Notification>()
  return (alert: Alert, play: boolean): void => {
    if (!Notification.isSupported()) return
    const { what, why, next } = alertWords(alert, play)
    const notice = new Notification({ title: play ? `Practice: ${what}` : what, body: `${why} ${next}` })
    notice.on('click', show)
    notice.on('close', () => held.delete(notice))
    held.add(notice)
    const [oldest] = held
    if (oldest && held.size > MOST_HELD) held.delete(oldest)
    notice.show()
  }
}

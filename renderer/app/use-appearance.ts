import { useEffect } from 'react'
import { valueIn } from '../bridge/loadable.ts'
import { useSubscription } from '../bridge/use-subscription.ts'

/** Theme of the settings on the root element; without one the system decides. */
export function useTheme(): void {
  const theme = valueIn(useSubscription('settings.watch'))?.theme ?? 'system'
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = theme
  }, [theme])
}

/** The practice marking reaches dialogs and the title too, so it sits on the body. */
export function usePracticeMark(play: boolean, view: string): void {
  useEffect(() => {
    document.body.classList.toggle('is-play', play)
    document.title = `${view} · Taoforge${play ? ' · Practice' : ''}`
  }, [play, view])
}

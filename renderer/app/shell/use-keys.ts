import { useEffect } from 'react'
import { hrefOf, type Route } from '../../format/route.ts'
import { VIEWS } from './side-bar.tsx'

export interface KeyActions {
  readonly lock: () => void
  readonly showMap: () => void
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && /^(input|textarea|select)$/i.test(target.tagName)

/** The keyboard map of the window. No single key signs, stakes, stops or sends. */
export function useKeys({ lock, showMap }: KeyActions): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const control = event.ctrlKey || event.metaKey
      const view = control ? VIEWS.find(({ key }) => key === event.key)?.view : undefined
      if (view) {
        event.preventDefault()
        location.hash = hrefOf({ view } as Route)
      } else if (control && event.key.toLowerCase() === 'l') {
        event.preventDefault()
        lock()
      } else if (!control && !isTyping(event.target) && event.key === '?') {
        showMap()
      } else if (!control && !isTyping(event.target) && event.key === '/') {
        const search = document.querySelector<HTMLElement>('input[type="search"]')
        if (!search) return
        event.preventDefault()
        search.focus()
      }
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [lock, showMap])
}

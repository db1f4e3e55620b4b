import { X } from 'lucide-react'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { createPortal } from 'react-dom'

/** Place beside the main region, made by the shell. Outside of `main`, because a drawer is a region of its own. */
export const DRAWER_SLOT = 'drawer-slot'

export interface DrawerProps {
  readonly title: ReactNode
  readonly onClose: () => void
  readonly children: ReactNode
  readonly footer?: ReactNode
}

/** Keeps the table beside it visible and usable. Opening moves the focus to its first field, closing gives it back. */
export function Drawer({ title, onClose, children, footer }: DrawerProps) {
  const id = useId()
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    const before = document.activeElement
    const first =
      panel.current?.querySelector<HTMLElement>('.body select, .body input, .body button') ??
      panel.current?.querySelector<HTMLElement>('header button')
    ;(first ?? panel.current)?.focus()
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  const slot = document.getElementById(DRAWER_SLOT)
  if (!slot) return null
  return createPortal(
    <aside
      className="drawer"
      aria-labelledby={id}
      ref={panel}
      tabIndex={-1}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <header>
        <h2 id={id} className="row min-w-0">
          {title}
        </h2>
        <button type="button" className="btn quiet icon end" aria-label="Close" onClick={onClose}>
          <X className="ic" />
        </button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keys */}
      <section className="body" tabIndex={0} aria-labelledby={id}>
        {children}
      </section>
      {footer && <footer>{footer}</footer>}
    </aside>,
    slot,
  )
}

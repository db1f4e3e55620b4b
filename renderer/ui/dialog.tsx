import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { type ReactNode, type RefObject, useRef } from 'react'
import { usePlay } from './play-context.ts'

export interface DialogProps {
  readonly title: string
  readonly aside?: ReactNode
  readonly onClose: () => void
  /** What has the focus at first: the choice that changes nothing, or the first field. */
  readonly first?: RefObject<HTMLElement | null>
  readonly narrow?: boolean
  readonly children: ReactNode
  /** Between what is read and the buttons; always in sight. */
  readonly ask?: ReactNode
  readonly footer: ReactNode
}

/**
 * For signing, secrets and what cannot be undone. Traps the focus, closes with Esc.
 * No Radix overlay: it locks scrolling through an inline style element, which the content security policy forbids.
 */
export function Dialog(props: DialogProps) {
  const play = usePlay()
  const before = useRef<Element>(null)
  return (
    <Radix.Root open onOpenChange={(open) => !open && props.onClose()}>
      <Radix.Portal>
        <div className="veil">
          <Radix.Content
            className={`dialog${props.narrow ? ' narrow' : ''}`}
            aria-describedby={undefined}
            onPointerDownOutside={(event) => event.preventDefault()}
            onOpenAutoFocus={(event) => {
              before.current = document.activeElement
              if (!props.first?.current) return
              event.preventDefault()
              props.first.current.focus({ focusVisible: true } as FocusOptions)
            }}
            // Without a trigger of its own, Radix would leave the focus nowhere.
            onCloseAutoFocus={(event) => {
              event.preventDefault()
              if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus()
            }}
          >
            {play && <p className="playline">Practice network. Play money, nothing here has value.</p>}
            <header>
              <Radix.Title className="dtitle">{props.title}</Radix.Title>
              <span className="end soft small">{props.aside}</span>
              <Radix.Close className="btn quiet icon" aria-label="Close">
                <X className="ic" />
              </Radix.Close>
            </header>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keys */}
            <section className="dbody" tabIndex={0} aria-label={props.title}>
              {props.children}
            </section>
            {props.ask && <div className="dask">{props.ask}</div>}
            <footer>{props.footer}</footer>
          </Radix.Content>
        </div>
      </Radix.Portal>
    </Radix.Root>
  )
}

import type { ReactNode, Ref } from 'react'

export interface ButtonProps {
  readonly children: ReactNode
  readonly onPress?: (() => void) | undefined
  readonly kind?: 'plain' | 'main' | 'quiet' | 'danger'
  readonly large?: boolean
  readonly type?: 'button' | 'submit'
  /** Why it cannot be pressed now. The button stays reachable, so that the reason can be heard. */
  readonly offBecause?: string | undefined
  /** What it waits for; it keeps its place and cannot be pressed twice. */
  readonly busyWith?: string | undefined
  readonly label?: string
  readonly ref?: Ref<HTMLButtonElement>
  readonly full?: boolean
}
const KIND = { plain: '', main: ' pri', quiet: ' quiet', danger: ' danger' }

export function Button(props: ButtonProps) {
  const { children, kind = 'plain', large = false, type = 'button', offBecause, busyWith } = props
  const off = offBecause !== undefined || busyWith !== undefined
  return (
    <button
      ref={props.ref}
      type={type}
      className={`btn${KIND[kind]}${large ? ' l' : ''}${props.full ? ' w-full' : ''}`}
      aria-disabled={off || undefined}
      aria-busy={busyWith !== undefined || undefined}
      aria-label={props.label}
      title={offBecause ?? props.label}
      onClick={(event) => {
        if (off) event.preventDefault()
        else props.onPress?.()
      }}
    >
      {busyWith ?? children}
    </button>
  )
}

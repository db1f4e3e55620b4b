import { useRef } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { VIEWS } from './side-bar.tsx'

const OTHERS: readonly (readonly [string, string])[] = [
  ['/', 'Search in the table'],
  ['↑ ↓ Home End PageUp PageDown', 'Move among rows'],
  ['Enter', 'Open a row'],
  ['Esc', 'Close, without signing'],
  ['Ctrl L', 'Lock the wallet'],
  ['?', 'Show this map'],
]

export function KeyMap({ onClose }: { readonly onClose: () => void }) {
  const close = useRef<HTMLButtonElement>(null)
  const rows = [
    ...VIEWS.flatMap(({ key, title }) => (key === undefined ? [] : [[`Ctrl ${key}`, title] as const])),
    ...OTHERS,
  ]
  return (
    <Dialog
      title="Keys"
      narrow
      onClose={onClose}
      first={close}
      footer={
        <span className="end">
          <Button ref={close} onPress={onClose}>
            Close
          </Button>
        </span>
      }
    >
      <dl className="kv start">
        {rows.map(([key, what]) => (
          <div className="contents" key={key}>
            <dt className="mono">{key}</dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p className="soft">Use Cmd instead of Ctrl on a Mac. In a browser tab the browser keeps some of these keys.</p>
    </Dialog>
  )
}

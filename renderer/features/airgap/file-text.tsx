import { useId, useState } from 'react'
import { Button } from '../../ui/button.tsx'

/** A file as text: a window may not write files, so it is copied. The terminal writes it to one. */
export function FileText({ name, text }: { readonly name: string; readonly text: string }) {
  const id = useId()
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
  }
  return (
    <details>
      <summary>As a file instead</summary>
      <div className="grid gap-2">
        <label className="lab" htmlFor={id}>
          Save this text as <span className="mono">{name}</span>
        </label>
        <textarea id={id} className="area" readOnly rows={6} value={text} />
        <div className="row">
          <Button onPress={() => void copy()}>{copied ? 'Copied' : 'Copy the text'}</Button>
        </div>
      </div>
    </details>
  )
}

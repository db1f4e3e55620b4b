import { useId, useState } from 'react'
import { Button } from './button.tsx'

/** Text that belongs into a file. A window may not write files, so it is copied; the terminal writes it to one. */
export interface TextToSaveProps {
  readonly fileName: string
  readonly text: string
  readonly rows?: number
}
export function TextToSave({ fileName, text, rows = 12 }: TextToSaveProps) {
  const id = useId()
  return (
    <div>
      <label className="lab" htmlFor={id}>
        Save this text as <span className="mono">{fileName}</span>
      </label>
      <textarea id={id} className="area" readOnly rows={rows} value={text} />
    </div>
  )
}

/** Says "Copied" as long as this very text is what was copied. */
export function CopyTextButton({ text, main = false }: { readonly text: string; readonly main?: boolean }) {
  const [copied, setCopied] = useState<string>()
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setCopied(text)
  }
  return (
    <Button kind={main ? 'main' : 'plain'} onPress={() => void copy()}>
      {copied === text ? 'Copied' : 'Copy the text'}
    </Button>
  )
}

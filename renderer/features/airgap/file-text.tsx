import { CopyTextButton, TextToSave } from '../../ui/text-to-save.tsx'

/** The other way besides the codes. */
export function FileText({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <details>
      <summary>As a file instead</summary>
      <div className="grid gap-2">
        <TextToSave fileName={name} text={text} rows={6} />
        <div className="row">
          <CopyTextButton text={text} />
        </div>
      </div>
    </details>
  )
}

import { useId, useRef, useState } from 'react'
import type { AuditRole } from '../../../shared/signing/audit.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Failed, Loading } from '../../ui/states.tsx'

export interface AuditExportProps {
  readonly wallet: string
  readonly role: AuditRole
  readonly onClose: () => void
}

/** The whole log as text: a window may not write files, so it is copied. The terminal writes it to one. */
export function AuditExport({ wallet, role, onClose }: AuditExportProps) {
  const id = useId()
  const close = useRef<HTMLButtonElement>(null)
  const [format, setFormat] = useState<'jsonl' | 'csv'>('jsonl')
  const log = useQuestion('signer.exportAudit', { wallet, role, format }, { freshForMs: 0 })
  const [copied, setCopied] = useState<string>()
  const copy = async (text: string) => {
    await navigator.clipboard.writeText(text)
    setCopied(format)
  }
  return (
    <Dialog
      title="Export the log of signatures"
      onClose={onClose}
      first={close}
      footer={
        <span className="end">
          <Button ref={close} onPress={onClose}>
            Close
          </Button>
          {log.state === 'ready' && (
            <Button kind="main" onPress={() => void copy(log.value.text)}>
              {copied === format ? 'Copied' : 'Copy the text'}
            </Button>
          )}
        </span>
      }
    >
      <Segments
        label="Format"
        value={format}
        onPick={setFormat}
        choices={[
          { value: 'jsonl', text: 'JSON lines' },
          { value: 'csv', text: 'CSV' },
        ]}
      />
      <p className="soft">
        {format === 'jsonl'
          ? 'As it is kept: each line holds the hash of the one before, so that others can check it.'
          : 'For spreadsheets. Times in milliseconds since 1970 UTC, amounts in rao.'}
      </p>
      {log.state === 'loading' && <Loading awaits="the log" rows={3} />}
      {log.state === 'failed' && <Failed error={log.error} />}
      {log.state === 'ready' && (
        <div>
          <label className="lab" htmlFor={id}>
            Save this text as{' '}
            <span className="mono">
              {wallet}-signed-{role}.{format}
            </span>
          </label>
          <textarea id={id} className="area" readOnly rows={12} value={log.value.text} />
        </div>
      )}
    </Dialog>
  )
}

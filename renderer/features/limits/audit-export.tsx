import { useRef, useState } from 'react'
import type { AuditRole } from '../../../shared/signing/audit.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Failed, Loading } from '../../ui/states.tsx'
import { CopyTextButton, TextToSave } from '../../ui/text-to-save.tsx'

export interface AuditExportProps {
  readonly wallet: string
  readonly role: AuditRole
  readonly onClose: () => void
}

/** The whole log as text. */
export function AuditExport({ wallet, role, onClose }: AuditExportProps) {
  const close = useRef<HTMLButtonElement>(null)
  const [format, setFormat] = useState<'jsonl' | 'csv'>('jsonl')
  const log = useQuestion('signer.exportAudit', { wallet, role, format }, { freshForMs: 0 })
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
          {log.state === 'ready' && <CopyTextButton main text={log.value.text} />}
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
      {log.state === 'ready' && <TextToSave fileName={`${wallet}-signed-${role}.${format}`} text={log.value.text} />}
    </Dialog>
  )
}

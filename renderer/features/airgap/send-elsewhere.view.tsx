import { useCallback, useEffect, useId, useRef, useState } from 'react'
import type { WalletView } from '../../../shared/contract/wallet.contract.ts'
import type { Plan, Prepared } from '../../../shared/transactions/transaction.ts'
import { useAppActions } from '../../bridge/app-actions.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { QrCamera } from '../../ui/qr-camera.tsx'
import { QrFrames } from '../../ui/qr-frames.tsx'
import { Failed, Loading } from '../../ui/states.tsx'
import { FileText } from './file-text.tsx'
import { Reading } from './reading.tsx'

export interface SendElsewhereProps {
  readonly plan: Plan
  readonly wallet: WalletView
  readonly onSent?: (() => void) | undefined
  readonly onClose: () => void
}

function usePrepared(plan: Plan) {
  const { send, busy, error } = useCommand('transaction.prepare')
  const [prepared, setPrepared] = useState<Prepared>()
  useEffect(() => {
    void send({ plan }).then((result) => result.ok && setPrepared(result.value))
  }, [send, plan])
  return { prepared, busy, error }
}

/** For a wallet whose key is on another device: the transaction goes there as codes, the signature comes back. */
export function SendElsewhereDialog({ plan, wallet, onSent, onClose }: SendElsewhereProps) {
  const { tell } = useAppActions()
  const { prepared, busy, error } = usePrepared(plan)
  const send = useCommand('airgap.send')
  const [signature, setSignature] = useState('')
  const cancel = useRef<HTMLButtonElement>(null)
  const deliver = async () => {
    if (!prepared) return
    const sent = await send.send({ preparedId: prepared.preparedId, signature })
    if (!sent.ok) return
    tell({ kind: 'done', title: 'Sent.', text: 'The chain took it. Activity follows it until it is final.' })
    onSent?.()
    onClose()
  }
  return (
    <Dialog
      title="Sign on another device"
      aside={`The key of ${wallet.name} is not here`}
      onClose={() => !send.busy && onClose()}
      first={cancel}
      ask={send.error && <ErrorNote error={send.error} />}
      footer={
        <span className="end">
          <Button large ref={cancel} onPress={onClose} offBecause={send.busy ? 'It is sent already.' : undefined}>
            Cancel
          </Button>
          <Button
            large
            kind="main"
            offBecause={signature.trim() === '' ? 'The signature is still missing.' : undefined}
            busyWith={send.busy ? 'Waiting for a block' : undefined}
            onPress={() => void deliver()}
          >
            Check and send
          </Button>
        </span>
      }
    >
      {busy && <Loading awaits="a new quote and the bytes" rows={4} />}
      {error && <ErrorNote error={error} />}
      {prepared && <Outward preparedId={prepared.preparedId} />}
      {prepared && <Back signature={signature} onSignature={setSignature} />}
    </Dialog>
  )
}

function Outward({ preparedId }: { readonly preparedId: string }) {
  const out = useQuestion('airgap.export', { preparedId }, { freshForMs: Number.POSITIVE_INFINITY })
  const read = useQuestion('signer.reading', { preparedId }, { freshForMs: Number.POSITIVE_INFINITY })
  return (
    <section className="grid gap-3">
      {read.state === 'ready' && <Reading reading={read.value} />}
      <h3>1. Show the codes to the device that has the key</h3>
      {out.state === 'loading' && <Loading awaits="the proof of the metadata" rows={4} />}
      {out.state === 'failed' && <Failed error={out.error} />}
      {out.state === 'ready' && (
        <>
          <QrFrames frames={out.value.frames} label="The transaction, to be signed." />
          <p className="soft small">
            {out.value.bytes} bytes, with the proof of their meaning. For Polkadot Vault from version 7 on, or for a
            second Taoforge under “Offline signer”.
            {out.value.validUntilBlock !== undefined && ` Good up to block ${out.value.validUntilBlock}.`}
          </p>
          <FileText name={out.value.fileName} text={out.value.file} />
        </>
      )}
    </section>
  )
}

function Back({
  signature,
  onSignature,
}: {
  readonly signature: string
  readonly onSignature: (text: string) => void
}) {
  const id = useId()
  const onCode = useCallback((content: string) => onSignature(signatureIn(content)), [onSignature])
  return (
    <section className="grid gap-3">
      <h3>2. Bring its signature back</h3>
      <QrCamera onCode={onCode} progress={signature === '' ? undefined : 'A signature was read.'} />
      <div>
        <label className="lab" htmlFor={id}>
          or the text of its file, or its digits
        </label>
        <textarea
          id={id}
          className="area"
          rows={3}
          value={signature}
          onChange={(event) => onSignature(event.target.value)}
        />
      </div>
    </section>
  )
}

/** Signers show digits; some show the bytes themselves. */
function signatureIn(content: string): string {
  if (/^[\x20-\x7e\s]*$/.test(content)) return content
  return Array.from(content, (letter) => letter.charCodeAt(0).toString(16).padStart(2, '0')).join('')
}

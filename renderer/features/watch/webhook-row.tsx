import { useState } from 'react'
import { webhookAddress } from '../../../shared/alerts/webhook-address.ts'
import type { AlertsView } from '../../../shared/contract/alerts.contract.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useNow } from '../../bridge/use-now.ts'
import { writeMoment } from '../../format/time.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { ErrorNote } from '../../ui/note.tsx'

const WRONG = {
  address: 'Not a web address.',
  'not-encrypted': 'It must begin with https://, unless it is of this computer.',
  credentials: 'No name and no password in the address.',
  private: 'It must be an address of the internet, or of this computer.',
} as const

/** A server that is told of alerts. Off until an address is saved. */
export function WebhookRow({ view }: { readonly view: AlertsView }) {
  const { webhook } = view.settings
  const set = useCommand('alerts.set')
  const tried = useCommand('alerts.testWebhook')
  return (
    <section className="pad rule grid gap-3" aria-label="Webhook">
      <h2>Tell a server</h2>
      <p className="soft">
        Off, nothing leaves this computer. On, each alert is sent to the address below as JSON: its sentences, the
        subnet and the uid, and nothing secret. Keep the address to yourself if it has a key in it. A redirect is not
        followed; what fails is tried twice more.
      </p>
      <WebhookForm
        url={webhook?.url ?? ''}
        withAddresses={webhook?.withAddresses ?? false}
        busy={set.busy}
        onSave={(next) => void set.send({ webhook: next })}
      />
      {webhook && (
        <div className="row wrap">
          <Button onPress={() => void tried.send({})} busyWith={tried.busy ? 'Sending' : undefined}>
            Send a test
          </Button>
          <Button onPress={() => void set.send({ webhook: null })}>Turn off</Button>
        </div>
      )}
      {set.error && <ErrorNote error={set.error} />}
      <LastTry view={view} />
    </section>
  )
}

function LastTry({ view }: { readonly view: AlertsView }) {
  const now = useNow(30_000)
  const { webhook, settings } = view
  if (!settings.webhook || !webhook) return null
  if (webhook.error) return <ErrorNote error={webhook.error} />
  return (
    <p className="soft" aria-live="polite">
      The server took what was sent at {writeMoment(webhook.atMs, now)}.
    </p>
  )
}

interface FormProps {
  readonly url: string
  readonly withAddresses: boolean
  readonly busy: boolean
  readonly onSave: (webhook: { url: string; withAddresses: boolean }) => void
}
function WebhookForm({ url, withAddresses, busy, onSave }: FormProps) {
  const [text, setText] = useState(url)
  const [addresses, setAddresses] = useState(withAddresses)
  const address = webhookAddress(text.trim())
  const problem = text.trim() === '' || address.ok ? undefined : WRONG[address.error]
  const same = text.trim() === url && addresses === withAddresses
  const off =
    text.trim() === '' ? 'Type an address first.' : (problem ?? (same ? 'It is this one already.' : undefined))
  return (
    <form
      className="grid gap-3 form"
      onSubmit={(event) => {
        event.preventDefault()
        if (off === undefined) onSave({ url: text.trim(), withAddresses: addresses })
      }}
    >
      <Field label="Address" value={text} onType={setText} mono wrong={problem} placeholder="https://" />
      <label className="pick">
        <input type="checkbox" checked={addresses} onChange={(event) => setAddresses(event.target.checked)} />
        <span>Send the address of the hotkey along.</span>
      </label>
      <div>
        <Button type="submit" offBecause={off} busyWith={busy ? 'Saving' : undefined}>
          {url === '' ? 'Turn on' : 'Save'}
        </Button>
      </div>
    </form>
  )
}

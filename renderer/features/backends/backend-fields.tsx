import { SERVES } from '../../../shared/backends/backend.ts'
import type { BackendView } from '../../../shared/contract/backends.contract.ts'
import { Field } from '../../ui/field.tsx'
import { Note } from '../../ui/note.tsx'
import { Select } from '../../ui/select.tsx'
import { SERVES_WORDS } from './backend-words.ts'
import type { BackendForm } from './use-backend-form.ts'

const CHOICES = SERVES.map((value) => ({ value, text: SERVES_WORDS[value] }))

export function BackendFields({
  form,
  entry,
}: {
  readonly form: BackendForm
  readonly entry: BackendView | undefined
}) {
  const { draft, type } = form
  return (
    <>
      <Field label="Name" value={draft.name} onType={(name) => type({ name })} hint="Yours alone." />
      <AddressField form={form} />
      <Field label="Model" mono value={draft.model} onType={(model) => type({ model })} hint={modelHint(entry)} />
      <Select
        label="What it does"
        value={draft.serves}
        choices={CHOICES}
        onPick={(value) => type({ serves: SERVES.find((one) => one === value) ?? 'text' })}
      />
      <Field
        label="Places"
        value={draft.places}
        onType={(places) => type({ places })}
        inputMode="numeric"
        hint="Requests that it computes at the same time. Work is shared by the length of the queues, over these."
        wrong={form.wrongPlaces ? 'A whole number from 1 to 1024.' : undefined}
      />
      <Field
        label="Key"
        type="password"
        value={draft.apiKey}
        onType={(apiKey) => type({ apiKey })}
        hint={
          entry?.hasKey
            ? 'There is one, which is shown to nobody. Empty: it stays, unless the address becomes another.'
            : 'Only if that server wants one. It is kept in a file that only you may read.'
        }
        wrong={form.wrongKey ? 'Letters, digits and signs without spaces.' : undefined}
      />
      <label className="pick">
        <input type="checkbox" checked={draft.enabled} onChange={(event) => type({ enabled: event.target.checked })} />
        <span>Give it requests.</span>
      </label>
    </>
  )
}

function modelHint(entry: BackendView | undefined): string {
  const models = entry?.models ?? []
  if (models.length === 0) return 'As that server lists it under /v1/models.'
  return `That server lists: ${models.slice(0, 8).join(', ')}.`
}

const WRONG = {
  address: 'A web address as http://192.168.1.20:8000 or https://gpu.example.org/v1.',
  credentials: 'No name and no password in the address: a key has its own field.',
} as const

function AddressField({ form }: { readonly form: BackendForm }) {
  const { draft, type, address } = form
  const problem = address.ok || draft.url.trim() === '' ? undefined : address.error
  const isPlain =
    (address.ok && !address.value.encrypted && address.value.where === 'elsewhere') || problem === 'not-encrypted'
  return (
    <>
      <Field
        label="Address"
        mono
        value={draft.url}
        onType={(url) => type({ url, plainAccepted: false })}
        hint="Without a path, /v1 is asked."
        wrong={problem === undefined || problem === 'not-encrypted' ? undefined : WRONG[problem]}
      />
      {address.ok && !address.value.encrypted && address.value.where === 'own-network' && (
        <Note>
          <p>Not encrypted: whoever is in the same network can read the requests, the answers and the key.</p>
        </Note>
      )}
      {isPlain && (
        <Note kind="warn" title="Anybody on the way can read this.">
          <p>
            The address begins with http:// and is not known to be of your own network. The requests, the answers and
            the key can be read and changed on the way. Use https://, or a tunnel that ends on this computer.
          </p>
          <label className="pick">
            <input
              type="checkbox"
              checked={draft.plainAccepted}
              onChange={(event) => type({ plainAccepted: event.target.checked })}
            />
            <span>I accept this for this address.</span>
          </label>
        </Note>
      )}
    </>
  )
}

import type { AdapterChoice } from '../../../shared/contract/mining.contract.ts'
import { Field } from '../../ui/field.tsx'
import { Note } from '../../ui/note.tsx'
import { useMineDraft } from './mine-draft.store.ts'

/** A whole number from `least` to 65535; `undefined` for anything else. */
export const readPort = (text: string, least = 0): number | undefined =>
  /^\d{1,5}$/.test(text.trim()) && Number(text) <= 65_535 && Number(text) >= least ? Number(text) : undefined

/** A path as a request can name it. */
const readPath = (text: string): string | undefined => (/^\/[!-~]{0,500}$/.test(text.trim()) ? text.trim() : undefined)

/** Where the user's own program listens; `undefined` while it is not said. */
export function useOwnService(): { readonly port: number; readonly path: string } | undefined {
  const { servicePort, servicePath } = useMineDraft()
  const port = readPort(servicePort, 1)
  const path = readPath(servicePath)
  return port === undefined || path === undefined ? undefined : { port, path }
}

export function ServiceFields() {
  const { servicePort, servicePath, userTypedService } = useMineDraft()
  return (
    <>
      <Field
        label="Port of your service"
        value={servicePort}
        onType={(port) => userTypedService({ servicePort: port })}
        inputMode="numeric"
        hint="On this computer, 127.0.0.1. Each request is sent there as JSON, and its answer has to be JSON."
        wrong={
          servicePort === '' || readPort(servicePort, 1) !== undefined ? undefined : 'A whole number from 1 to 65535.'
        }
      />
      <Field
        label="Path of your service"
        mono
        value={servicePath}
        onType={(path) => userTypedService({ servicePath: path })}
        wrong={readPath(servicePath) === undefined ? 'Begins with / and has no spaces.' : undefined}
      />
    </>
  )
}

/** What has to be read before something runs that nobody tried here. */
export function ByHand({ adapter }: { readonly adapter: AdapterChoice }) {
  const { understood, userUnderstood } = useMineDraft()
  return (
    <>
      <Note kind="warn" title="Nobody tried this with the validators of this subnet.">
        <p>
          {adapter.status === 'unverified'
            ? `${adapter.title} was written from ${adapter.source}.`
            : `${adapter.title} speaks its protocol as ${adapter.source} does; whether this subnet does is not known.`}{' '}
          It may earn nothing, and the place may be lost to others.
        </p>
      </Note>
      <label className="pick">
        <input type="checkbox" checked={understood} onChange={(event) => userUnderstood(event.target.checked)} />
        <span>I understood this and start it by hand.</span>
      </label>
    </>
  )
}

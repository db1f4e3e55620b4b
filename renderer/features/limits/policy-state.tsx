import type { AppError } from '../../../shared/errors.ts'
import type { PolicyView } from '../../../shared/signing/policy-view.ts'
import { useAppActions } from '../../bridge/app-actions.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote, Note } from '../../ui/note.tsx'

/** Whether the limits can be trusted, and what to do where they cannot. */
export function StateNote({ view }: { readonly view: PolicyView }) {
  const actions = useAppActions()
  if (view.state === 'sealed') return null
  if (view.state === 'tampered')
    return (
      <div className="pad" role="alert">
        <Note kind="bad" title="These limits were changed from outside. Nothing is signed.">
          <p>
            The files beside the key are not as the signer left them: changed, deleted, older, or of another wallet. A
            program or a person with access to this computer did it, or a backup was copied back.
          </p>
          <p>
            Find out which, before anything else. Look at the log. Then set limits anew: it needs your password, and
            nothing is signed until they count.
          </p>
        </Note>
      </div>
    )
  return (
    <div className="pad">
      {view.state === 'none' ? (
        <Note title="No limits were ever set.">
          <p>
            The signer checks every transaction against what you confirmed, and signs any amount. Limits hold even if
          </p>
          <p>this window or the app around it is taken over: they are kept and enforced where the key is.</p>
        </Note>
      ) : (
        <Note kind="warn" title="Not verified: the wallet is locked.">
          <p>The limits below stand in the file. Whether the signer wrote them, only the opened key can tell.</p>
          <div className="mt-2">
            <Button onPress={actions.unlock}>Unlock to verify</Button>
          </div>
        </Note>
      )}
    </div>
  )
}

/** The log itself does not fit together. */
export function BrokenNote({ error }: { readonly error: AppError }) {
  return (
    <div className="pad">
      <ErrorNote error={error}>
        <p className="mt-2">
          Nothing is signed. When limits are set anew, the broken log is kept beside the new one under a name with the
          time in it.
        </p>
      </ErrorNote>
    </div>
  )
}

import { ClipboardCheck, Copy } from 'lucide-react'
import { useState } from 'react'
import { judgePaste } from '../../shared/addresses/pasted.ts'
import { Button } from './button.tsx'
import { rememberCopied } from './copied-address.ts'
import { Field } from './field.tsx'
import { Note } from './note.tsx'

type State = 'idle' | 'copied' | 'failed'

/**
 * Copies an address, and lets the clipboard be checked: the app may not read it (no page may), so the person pastes it
 * back, and the app compares. Programs that swap addresses in the clipboard are common.
 */
export function CopyAddress({ address, checks = true }: { readonly address: string; readonly checks?: boolean }) {
  const [state, setState] = useState<State>('idle')
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(address)
      rememberCopied(address)
      setState('copied')
    } catch {
      setState('failed')
    }
  }
  return (
    <div className="grid gap-2">
      <span className="row wrap">
        <Button onPress={() => void copy()}>
          <Copy className="ic s" />
          Copy the address
        </Button>
        <span aria-live="polite" className="soft small">
          {state === 'copied' && 'Copied without spaces.'}
        </span>
      </span>
      {state === 'failed' && (
        <Note kind="warn" title="It could not be copied.">
          <p>The window may not write to the clipboard now. Select the groups above and copy them.</p>
        </Note>
      )}
      {state === 'copied' && checks && <PasteBack address={address} />}
    </div>
  )
}

/** What comes back from the clipboard, against what was put there. */
function PasteBack({ address }: { readonly address: string }) {
  const [text, setText] = useState('')
  const verdict = text === '' ? undefined : judgePaste(text, address)
  return (
    <div className="grid gap-2">
      <Field
        label="Paste it here to check the clipboard"
        hint="Other programs can change what was copied. The last look belongs to the place where you paste it."
        mono
        value={text}
        onType={setText}
      />
      <div aria-live="polite">
        {verdict?.kind === 'same' && (
          <p className="row good">
            <ClipboardCheck className="ic" />
            The clipboard holds exactly this address.
          </p>
        )}
        {verdict?.kind === 'changed' && (
          <Note kind="bad" title="The clipboard holds something else.">
            <p>
              {verdict.alike
                ? 'What came back imitates the address. A program on this computer may swap addresses: stop, and look for it.'
                : 'Something else was copied in the meantime. Copy the address again.'}
            </p>
          </Note>
        )}
      </div>
    </div>
  )
}

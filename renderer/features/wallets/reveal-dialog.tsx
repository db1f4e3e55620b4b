import { useEffect, useState } from 'react'
import type { WalletView } from '../../../shared/contract/wallet.contract.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useNow } from '../../bridge/use-now.ts'
import { writeDuration } from '../../format/time.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Note } from '../../ui/note.tsx'
import { beside, PasswordField } from '../../ui/password-field.tsx'
import { AskDialog } from './ask-dialog.tsx'
import { WordList } from './word-list.tsx'

/** Long enough to compare 24 words with paper, too short to be forgotten on the screen. */
const SHOWN_MS = 60_000

interface Shown {
  readonly words: readonly string[]
  readonly untilMs: number
}

export interface RevealDialogProps {
  readonly wallet: WalletView
  readonly onClose: () => void
}
/** The words, after the password was given again: each time, also while the wallet is unlocked. */
export function RevealDialog({ wallet, onClose }: RevealDialogProps) {
  const reveal = useCommand('wallet.revealWords')
  const [password, setPassword] = useState('')
  const [shown, setShown] = useState<Shown>()
  const [hidden, setHidden] = useState(false)
  const send = async () => {
    const sending = reveal.send({ name: wallet.name, password })
    setPassword('')
    const told = await sending
    if (told.ok) setShown({ words: told.value, untilMs: Date.now() + SHOWN_MS })
  }
  const hide = () => {
    setShown(undefined)
    setHidden(true)
  }
  if (shown) return <ShownWords name={wallet.name} shown={shown} onHide={hide} onClose={onClose} />
  return (
    <AskDialog
      title={`Show the words of ${wallet.name}`}
      action="Show the words"
      busyWith={reveal.busy ? 'Opening the key file' : undefined}
      offBecause={password === '' ? 'It asks for the password.' : undefined}
      error={beside(reveal.error)}
      onSubmit={() => void send()}
      onClose={onClose}
    >
      {hidden && <p aria-live="polite">The words are hidden again.</p>}
      <Note kind="warn" title="Who sees the words has the money.">
        <p>
          Look around first: nobody behind you, no shared screen, no recording. No support of any product ever asks for
          them.
        </p>
      </Note>
      <PasswordField
        hint="It is asked for each time. The words are hidden after a minute, and when you leave this window."
        value={password}
        onType={setPassword}
        error={reveal.error}
      />
    </AskDialog>
  )
}

interface ShownWordsProps {
  readonly name: string
  readonly shown: Shown
  readonly onHide: () => void
  readonly onClose: () => void
}
function ShownWords({ name, shown, onHide, onClose }: ShownWordsProps) {
  const now = useNow()
  const over = now >= shown.untilMs
  useEffect(() => {
    if (over) onHide()
  }, [over, onHide])
  useEffect(() => {
    const whenAway = () => document.hidden && onHide()
    window.addEventListener('blur', onHide)
    document.addEventListener('visibilitychange', whenAway)
    return () => {
      window.removeEventListener('blur', onHide)
      document.removeEventListener('visibilitychange', whenAway)
    }
  }, [onHide])
  return (
    <Dialog
      title={`The words of ${name}`}
      onClose={onClose}
      footer={
        <>
          <span className="why">
            Hidden again in {writeDuration(shown.untilMs - now)}, or when you leave this window.
          </span>
          <span className="end">
            <Button kind="main" onPress={onClose}>
              Hide the words
            </Button>
          </span>
        </>
      }
    >
      <WordList words={shown.words} />
      <Note kind="warn" title="On paper only.">
        <p>They cannot be copied from here. Each copy on a computer, in a photo or in a chat can be read by others.</p>
      </Note>
    </Dialog>
  )
}

import { useId, useState } from 'react'
import type { WalletView } from '../../../shared/contract/wallet.contract.ts'
import { isWrapped, type MessageForm, type SignedMessage } from '../../../shared/signing/message.ts'
import { useAppActions } from '../../bridge/app-actions.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { Button } from '../../ui/button.tsx'
import { GroupedAddress } from '../../ui/grouped-address.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Select } from '../../ui/select.tsx'

const COLDKEY = 'coldkey'

function keysOf(wallet: WalletView) {
  const hotkeys = wallet.hotkeys.map(({ name }) => ({ value: `hotkey ${name}`, text: `hotkey ${name}` }))
  return [{ value: COLDKEY, text: 'coldkey' }, ...hotkeys]
}

/** Why this key cannot sign now. */
function lockedBecause(wallet: WalletView, key: string): string | undefined {
  if (key === COLDKEY) return wallet.unlocked ? undefined : 'The wallet is locked.'
  const hotkey = wallet.hotkeys.find(({ name }) => `hotkey ${name}` === key)
  return hotkey?.encrypted && !hotkey.unlocked ? 'This hotkey is locked.' : undefined
}

const FORM_WORDS: Readonly<Record<MessageForm, string>> = {
  bytes:
    'The signature is over <Bytes>, your text, and </Bytes>. Browser wallets do the same. A text with this mark can never be a transaction.',
  plain:
    'The signature is over your text alone, as btcli does it. Refused when the text could be read as a transaction or as the hash of one.',
}

/** Signs a text with a key of the wallet. */
export function SignMessage({ wallet }: { readonly wallet: WalletView }) {
  const id = useId()
  const actions = useAppActions()
  const sign = useCommand('signer.signMessage')
  const [key, setKey] = useState(COLDKEY)
  const [form, setForm] = useState<MessageForm>('bytes')
  const [text, setText] = useState('')
  const [signed, setSigned] = useState<SignedMessage>()
  const locked = lockedBecause(wallet, key)
  const change = (apply: () => void) => {
    apply()
    setSigned(undefined)
    sign.clear()
  }
  const press = async () => {
    const hotkey = key === COLDKEY ? {} : { hotkey: key.slice('hotkey '.length) }
    const done = await sign.send({ wallet: wallet.name, text, form, ...hotkey })
    if (done.ok) setSigned(done.value)
  }
  const offBecause = text === '' ? 'Write a text first.' : locked
  return (
    <section className="pad grid gap-3" aria-label="Sign a text">
      <h2>Sign</h2>
      <p className="soft">
        A signed text proves that you hold the key. Read it first: whoever has it can show it around.
      </p>
      <Select label="Key" value={key} choices={keysOf(wallet)} onPick={(picked) => change(() => setKey(picked))} />
      <div>
        <label className="lab" htmlFor={id}>
          Text
        </label>
        <textarea
          id={id}
          className="area"
          rows={5}
          value={text}
          onChange={(event) => change(() => setText(event.target.value))}
        />
      </div>
      <div>
        <Segments
          label="Form"
          value={form}
          onPick={(picked) => change(() => setForm(picked))}
          choices={[
            { value: 'bytes', text: 'With the <Bytes> mark' },
            { value: 'plain', text: 'Plain' },
          ]}
        />
        <p className="msg">
          {isWrapped(text) ? 'Your text has the <Bytes> mark already. It is signed as it stands.' : FORM_WORDS[form]}
        </p>
      </div>
      {sign.error && <ErrorNote error={sign.error} />}
      <div className="row wrap">
        {locked && key === COLDKEY && <Button onPress={actions.unlock}>Unlock the wallet</Button>}
        <Button
          kind="main"
          offBecause={offBecause}
          busyWith={sign.busy ? 'Signing' : undefined}
          onPress={() => void press()}
        >
          Sign the text
        </Button>
        {offBecause && <span className="soft">{offBecause}</span>}
      </div>
      {signed && <Signed signed={signed} />}
    </section>
  )
}

function Signed({ signed }: { readonly signed: SignedMessage }) {
  return (
    <dl className="grid gap-2" aria-live="polite">
      <dt className="mute">Address</dt>
      <dd>
        <GroupedAddress address={signed.address} twoLines />
      </dd>
      <dt className="mute">Signed text{signed.wrappedHere && ', with the mark put around it'}</dt>
      <dd className="mono small break">{signed.signedText}</dd>
      <dt className="mute">Signature, {signed.scheme}</dt>
      <dd className="mono small break">{signed.signature}</dd>
    </dl>
  )
}

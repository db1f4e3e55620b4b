import { useId, useState } from 'react'
import { readAddress } from '../../../shared/addresses/read-address.ts'
import type { AppError } from '../../../shared/errors.ts'
import type { VerifiedMessage } from '../../../shared/signing/message.ts'
import { ADDRESS_PROBLEMS } from '../../../shared/words/explain-address-error.ts'
import { useClient } from '../../bridge/bridge-context.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Field } from '../../ui/field.tsx'
import { ErrorNote, Note } from '../../ui/note.tsx'

const FORMS = {
  plain: 'over the text alone, as it stands here',
  wrapped: 'over the text with the <Bytes> mark around it, as browser wallets sign',
  hex: 'over the bytes that the text spells in hex, as Python’s tools read a text that begins with 0x',
} as const

type Answer = { readonly ok: true; readonly value: VerifiedMessage } | { readonly ok: false; readonly error: AppError }

/** Whether an address signed a text, and in which form. */
export function VerifyMessage() {
  const id = useId()
  const client = useClient()
  const [typed, setTyped] = useState({ address: '', text: '', signature: '' })
  const [answer, setAnswer] = useState<Answer>()
  const change = (part: Partial<typeof typed>) => {
    setTyped({ ...typed, ...part })
    setAnswer(undefined)
  }
  const address = readAddress(typed.address)
  const wrong = typed.address.trim() === '' || address.ok ? undefined : ADDRESS_PROBLEMS[address.error.problem][0]
  const offBecause = !address.ok
    ? 'Enter the address first.'
    : typed.signature.trim() === ''
      ? 'Enter the signature first.'
      : undefined
  const check = async () => {
    if (!address.ok) return
    const { text, signature } = typed
    setAnswer(await client.call('signer.verifyMessage', { address: address.value, text, signature: signature.trim() }))
  }
  return (
    <section className="pad grid gap-3 vrule" aria-label="Verify a signed text">
      <h2>Verify</h2>
      <p className="soft">Needs no key and no network. Every form is tried; the one that fits is named.</p>
      <Field
        label="Address that should have signed"
        mono
        value={typed.address}
        onType={(text) => change({ address: text })}
        wrong={wrong}
      />
      <div>
        <label className="lab" htmlFor={id}>
          Text to verify
        </label>
        <textarea
          id={id}
          className="area"
          rows={5}
          value={typed.text}
          onChange={(event) => change({ text: event.target.value })}
        />
      </div>
      <Field label="Signature" mono value={typed.signature} onType={(signature) => change({ signature })} />
      <div className="row wrap">
        <Button kind="main" offBecause={offBecause} onPress={() => void check()}>
          Verify the signature
        </Button>
        {offBecause && <span className="soft">{offBecause}</span>}
      </div>
      <div aria-live="polite">{answer && <Verdict answer={answer} />}</div>
    </section>
  )
}

function Verdict({ answer }: { readonly answer: Answer }) {
  if (!answer.ok) return <ErrorNote error={answer.error} />
  const { value } = answer
  if (!value.valid)
    return (
      <Note kind="bad" title="This address did not sign this text.">
        <p>Neither alone, nor with the mark, nor as hex. One other character, even a space at the end, is enough.</p>
      </Note>
    )
  return (
    <div className="grid gap-1">
      <div>
        <Chip kind="good">The signature is right</Chip>
      </div>
      <p>
        It is {value.scheme}, {FORMS[value.as]}.
      </p>
    </div>
  )
}

import { useState } from 'react'
import type { AirgapReceived, AirgapSigned, GivenOverGap } from '../../../shared/contract/airgap.contract.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { errorInField } from '../../format/explain-error.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { GroupedAddress } from '../../ui/grouped-address.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { QrCode } from '../../ui/qr-code.tsx'
import { FileText } from './file-text.tsx'
import { Reading } from './reading.tsx'

export interface SignReceivedProps {
  readonly given: GivenOverGap
  readonly received: AirgapReceived
}

/** What came over the gap, and after a deliberate step its signature. */
export function SignReceived({ given, received }: SignReceivedProps) {
  const wallets = valueIn(useSubscription('wallet.state'))?.wallets ?? []
  const locked = !wallets.some(({ name, unlocked }) => name === received.wallet && unlocked)
  const unlock = useCommand('wallet.unlock')
  const sign = useCommand('airgap.sign')
  const [password, setPassword] = useState('')
  const [signed, setSigned] = useState<AirgapSigned>()
  const press = async () => {
    if (locked) {
      const opening = unlock.send({ name: received.wallet, password })
      setPassword('')
      const opened = await opening
      if (!opened.ok) return
    }
    const done = await sign.send({ given, payloadHash: received.reading.payloadHash })
    if (done.ok) setSigned(done.value)
  }
  return (
    <>
      <section className="grid gap-2">
        <h2>
          A transaction of <bdi>{received.wallet}</bdi>
        </h2>
        <GroupedAddress address={received.address} />
      </section>
      <Reading reading={received.reading} />
      {signed ? (
        <section className="grid gap-3">
          <h2>The signature</h2>
          <QrCode text={signed.text} label="The signature, for the device that sends the transaction." />
          <FileText name={signed.fileName} text={signed.file} />
        </section>
      ) : (
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault()
            void press()
          }}
        >
          {locked && (
            <Field
              label={`Password of ${received.wallet}`}
              type="password"
              autoComplete="current-password"
              value={password}
              onType={setPassword}
              hint="The wallet is locked. Signing opens it."
              {...errorInField(unlock.error)}
            />
          )}
          {sign.error && <ErrorNote error={sign.error} />}
          <div className="row">
            <Button
              large
              kind="main"
              busyWith={unlock.busy ? 'Opening the key file' : sign.busy ? 'Signing' : undefined}
              onPress={() => void press()}
            >
              Sign
            </Button>
            <span className="why">Sign only what you yourself prepared on the other device.</span>
          </div>
        </form>
      )}
    </>
  )
}

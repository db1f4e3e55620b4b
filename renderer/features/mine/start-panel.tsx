import { valueIn } from '../../bridge/loadable.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { UnlockHotkey } from '../../ui/unlock-hotkey.tsx'
import type { Chosen } from './before.view.tsx'
import { useMineDraft } from './mine-draft.store.ts'
import { ByHand, readPort, ServiceFields, useOwnService } from './start-inputs.tsx'

export function StartPanel({ chosen }: { readonly chosen: Chosen }) {
  const { option, adapter, hotkey, model, uid, computing } = chosen
  const draft = useMineDraft()
  const chain = useChain()
  const settings = valueIn(useSubscription('settings.watch'))
  const start = useCommand('mining.start')
  const portText = draft.port ?? String(settings?.minerPort ?? 8091)
  const port = readPort(portText)
  const service = useOwnService()
  const forwards = adapter?.needs === 'service'
  const off = !adapter
    ? 'Choose an adapter first.'
    : forwards && !service
      ? 'Say where your service listens.'
      : !forwards && computing.here && model?.state !== 'ready'
        ? 'Choose a model that is ready.'
        : port === undefined
          ? 'The port is not a number from 0 to 65535.'
          : !chain.play && draft.publicIp.trim() === ''
            ? 'Enter the public address first.'
            : adapter.byHand && !draft.understood
              ? 'Tick the line above first.'
              : undefined
  const go = () => {
    if (!option || !hotkey || !adapter || port === undefined) return
    const address = draft.publicIp.trim()
    void start.send({
      netuid: option.netuid,
      hotkey: hotkey.address,
      adapter: adapter.id,
      understood: draft.understood,
      ...(forwards || !computing.here ? {} : { modelId: model?.id }),
      ...(forwards || !computing.servers ? {} : { backends: true }),
      ...(forwards && service ? { service } : {}),
      port,
      ...(address ? { publicIp: address } : {}),
    })
  }
  return (
    <>
      <h2>Serve and mine</h2>
      <p className="soft">
        This hotkey holds <b className="strong">uid {uid}</b>. Starting{' '}
        {forwards ? 'looks for your service' : computing.here ? 'loads the model' : 'looks at your servers'}, opens a
        server, and announces its address on the chain, signed by the hotkey. That costs nothing.
      </p>
      <Field
        label="Port"
        value={portText}
        onType={draft.userTypedPort}
        inputMode="numeric"
        hint="0 takes any free one."
        wrong={port === undefined ? 'A whole number from 0 to 65535.' : undefined}
      />
      {!chain.play && (
        <Field
          label="Public IP address"
          mono
          value={draft.publicIp}
          onType={draft.userTypedAddress}
          hint="Validators connect to it from outside, so the port must be open there."
        />
      )}
      {forwards && <ServiceFields />}
      {adapter?.byHand && <ByHand adapter={adapter} />}
      {start.error && <ErrorNote error={start.error} />}
      {start.error?.code === 'keys/hotkey-locked' && <UnlockHotkey hotkey={start.error.name} onDone={go} />}
      <div className="grid gap-1">
        <Button
          kind="main"
          large
          offBecause={off}
          busyWith={start.busy ? (forwards || !computing.here ? 'Opening the server' : 'Loading the model') : undefined}
          onPress={go}
        >
          Start mining
        </Button>
        {off && <span className="why">{off}</span>}
      </div>
    </>
  )
}

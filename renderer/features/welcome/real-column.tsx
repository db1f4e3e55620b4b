import { useState } from 'react'
import { useCommand } from '../../bridge/use-command.ts'
import { isEndpoint } from '../../format/endpoint.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { Select } from '../../ui/select.tsx'

type RealKind = 'finney' | 'test' | 'local' | 'custom'
const KINDS: readonly { readonly value: RealKind; readonly text: string }[] = [
  { value: 'finney', text: 'Finney, the main network' },
  { value: 'test', text: 'Test network' },
  { value: 'local', text: 'Local node, ws://127.0.0.1:9944' },
  { value: 'custom', text: 'Own endpoint' },
]

export function RealColumn() {
  const select = useCommand('network.select')
  const [kind, setKind] = useState<RealKind>('finney')
  const [endpoint, setEndpoint] = useState('')
  const [asked, setAsked] = useState(false)
  const wrong =
    kind === 'custom' && asked && !isEndpoint(endpoint) ? 'Begin with ws:// or wss:// and a host name.' : undefined
  const use = () => {
    setAsked(true)
    if (kind !== 'custom') void select.send({ kind })
    else if (isEndpoint(endpoint)) void select.send({ kind, endpoint: endpoint.trim() })
  }
  return (
    <form
      className="choice-foot"
      onSubmit={(event) => {
        event.preventDefault()
        use()
      }}
    >
      <div className="rowline real-row">
        <Button large type="submit" busyWith={select.busy ? 'Connecting' : undefined}>
          Use the real network
        </Button>
        <div className="grow">
          <Select
            label="Which real network"
            hideLabel
            value={kind}
            choices={KINDS}
            onPick={(picked) => setKind(picked as RealKind)}
          />
        </div>
      </div>
      {kind === 'custom' && (
        <Field
          label="Endpoint"
          hint="Address of a node that you trust: it sees your addresses and may answer wrongly."
          placeholder="wss://example.org:443"
          mono
          value={endpoint}
          onType={setEndpoint}
          wrong={wrong}
          code={wrong === undefined ? undefined : 'chain/bad-endpoint'}
        />
      )}
      {select.error && <ErrorNote error={select.error} />}
    </form>
  )
}

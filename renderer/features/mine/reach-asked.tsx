import { useState } from 'react'
import type { ReachState } from '../../../shared/contract/reach.contract.ts'
import { readInvitation } from '../../../shared/reach/probe-invitation.ts'
import { stunServer, USUAL_STUN_SERVERS } from '../../../shared/reach/stun-message.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { ErrorNote } from '../../ui/note.tsx'

const wordsOf = (text: string): readonly string[] => text.split(/[\s,]+/).filter((word) => word !== '')

/** Who hears of the question, before it is asked; and the place to change it. */
export function ReachAsked({ asks }: { readonly asks: ReachState['asks'] }) {
  const { servers, helpers } = asks
  return (
    <>
      <p className="soft small">
        Nobody is asked until you press the button. Then it asks your own router,{' '}
        {servers.length === 0 ? 'no server' : <span className="break">{servers.join(', ')}</span>}
        {servers.length > 0 && ' (they see your address, and nothing else)'}, and{' '}
        {helpers.length === 0 ? 'no helper yet' : <span className="break">{helpers.join(', ')}</span>}
        {helpers.length > 0 && ' (it sees your address and knocks at the port)'}.
      </p>
      <details>
        <summary>Choose who is asked</summary>
        <div className="grid gap-3">
          <Servers key={servers.join()} servers={servers} />
          <Invitation helpers={helpers} />
        </div>
      </details>
    </>
  )
}

function Servers({ servers }: { readonly servers: readonly string[] }) {
  const change = useCommand('settings.change')
  const [text, setText] = useState(servers.join(' '))
  const words = wordsOf(text)
  const wrong = words.find((word) => !stunServer(word))
  return (
    <div className="grid gap-1">
      <Field
        label="Servers that say which address they see"
        hint="STUN servers as name:port, with spaces between. Two or more have to agree. Empty: none is asked."
        mono
        value={text}
        onType={setText}
        wrong={wrong === undefined ? undefined : `${wrong} is no server: write name:port.`}
      />
      <div className="row wrap">
        <Button
          offBecause={wrong !== undefined || words.length > 8 ? 'Write at most eight servers as name:port.' : undefined}
          onPress={() => void change.send({ stunServers: words })}
        >
          Keep these servers
        </Button>
        <Button kind="quiet" onPress={() => void change.send({ stunServers: [...USUAL_STUN_SERVERS] })}>
          The usual ones
        </Button>
      </div>
      {change.error && <ErrorNote error={change.error} />}
    </div>
  )
}

function Invitation({ helpers }: { readonly helpers: readonly string[] }) {
  const change = useCommand('settings.change')
  const [text, setText] = useState('')
  const words = wordsOf(text)
  const wrong = words.some((word) => !readInvitation(word)) || words.length > 4
  const keep = async () => {
    const done = await change.send({ probeHelpers: words })
    if (done.ok) setText('')
  }
  return (
    <div className="grid gap-1">
      <Field
        label="Invitation of somebody outside"
        hint="A friend or your own server runs taoforge probe, or presses “Knock for somebody else” below, and sends you its line."
        mono
        value={text}
        onType={setText}
        wrong={wrong ? 'It begins with taoforge-probe: and ends with a key of 22 characters.' : undefined}
      />
      <div className="row wrap">
        <Button
          offBecause={words.length === 0 || wrong ? 'Paste an invitation first.' : undefined}
          onPress={() => void keep()}
        >
          Use this helper
        </Button>
        {helpers.length > 0 && (
          <Button kind="quiet" onPress={() => void change.send({ probeHelpers: [] })}>
            Forget {helpers.length === 1 ? 'the helper' : 'all helpers'}
          </Button>
        )}
      </div>
      {change.error && <ErrorNote error={change.error} />}
    </div>
  )
}

import { useState } from 'react'
import type { ReachState } from '../../../shared/contract/reach.contract.ts'
import { parseIp, scopeOf } from '../../../shared/mining/ip-address.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { ErrorNote } from '../../ui/note.tsx'

interface ReachHelpingProps {
  readonly helping: ReachState['helping']
  readonly address: string | undefined
}

const isPublic = (text: string): boolean => {
  const ip = parseIp(text.trim())
  return ip !== undefined && scopeOf(ip) === 'public'
}

/** The other side: this computer knocks for those who hold its invitation. */
export function ReachHelping({ helping, address }: ReachHelpingProps) {
  const stop = useCommand('reach.stopHelping')
  return (
    <details>
      <summary>Knock for somebody else</summary>
      <div className="grid gap-3">
        {helping ? (
          <>
            <p className="soft">
              Send this line to whom you trust. It is worth something until you stop: each who has it can have this
              computer connect to his own address, and to no other.
            </p>
            <p className="mono small break">{helping.invitation}</p>
            <p className="soft small">
              Knocked {helping.answered} {helping.answered === 1 ? 'time' : 'times'} so far. Port {helping.port} has to
              be open here, too.
            </p>
            <Button onPress={() => void stop.send({})} busyWith={stop.busy ? 'Stopping' : undefined}>
              Stop knocking
            </Button>
            {stop.error && <ErrorNote error={stop.error} />}
          </>
        ) : (
          <StartHelping known={address} />
        )}
      </div>
    </details>
  )
}

function StartHelping({ known }: { readonly known: string | undefined }) {
  const help = useCommand('reach.help')
  const [typed, setTyped] = useState<string>()
  const address = (typed ?? known ?? '').trim()
  const wrong = address !== '' && !isPublic(address)
  const off = address === '' || wrong ? 'Enter the address of this computer on the internet.' : undefined
  return (
    <>
      <p className="soft">
        If this computer can be reached, it can tell somebody else whether theirs can. It learns their address, and they
        learn yours.
      </p>
      <Field
        label="Address of this computer on the internet"
        mono
        value={typed ?? known ?? ''}
        onType={setTyped}
        wrong={wrong ? 'That is no address of the internet.' : undefined}
      />
      <Button
        offBecause={off}
        busyWith={help.busy ? 'Opening' : undefined}
        onPress={() => void help.send({ port: 8092, address })}
      >
        Knock for others on port 8092
      </Button>
      {help.error && <ErrorNote error={help.error} />}
    </>
  )
}

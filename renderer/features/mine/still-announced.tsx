import { useChain } from '../../bridge/use-chain.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { writeBlocks } from '../../format/time.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote, Note } from '../../ui/note.tsx'
import type { Chosen } from './before.view.tsx'

/** A miner that is off, and an address that the chain still names: validators call it in vain. */
export function StillAnnounced({ chosen }: { readonly chosen: Chosen }) {
  const { option, hotkey, uid } = chosen
  const chain = useChain()
  const withdraw = useCommand('mining.withdraw')
  const place = option && hotkey && uid !== undefined ? { netuid: option.netuid, hotkey: hotkey.address } : undefined
  const said = useQuestion('mining.announced', chain.status && !chain.play ? place : undefined, { everyMs: 12_000 })
  if (said.state !== 'ready' || !said.value.endpoint || !place) return null
  const { endpoint, waitBlocks, leaving, kept } = said.value
  const off = leaving
    ? 'It follows by itself, while this app runs.'
    : waitBlocks > 0
      ? `The chain takes it in ${writeBlocks(waitBlocks)}.`
      : undefined
  const go = async () => {
    const done = await withdraw.send(place)
    if (done.ok) said.again()
  }
  return (
    <>
      <Note kind="warn" title="The chain still says that this miner serves.">
        <p>
          <span className="mono break">
            {endpoint.ip.includes(':') ? `[${endpoint.ip}]` : endpoint.ip}:{endpoint.port}
          </span>{' '}
          since block {endpoint.block}. Validators call it in vain while the miner is off. Taking it back costs nothing;
          the next start then waits until the chain takes an announcement again.
        </p>
        <div className="grid gap-1 mt-2">
          <Button
            offBecause={off}
            busyWith={withdraw.busy ? 'Waiting for a block' : undefined}
            onPress={() => void go()}
          >
            Take the address back
          </Button>
          {off && <span className="why">{off}</span>}
        </div>
      </Note>
      {withdraw.error ? (
        <ErrorNote error={withdraw.error} />
      ) : (
        kept && (
          <ErrorNote error={kept}>
            <p>That is why the address was not taken back when the miner ended.</p>
          </ErrorNote>
        )
      )}
    </>
  )
}

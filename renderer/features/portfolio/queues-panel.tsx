import { isOver, type KnownQueue, nextIn } from '../../../shared/staking/move-queue.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { explainError } from '../../format/explain-error.ts'
import { MOVE_NAMES } from '../../format/move-words.ts'
import { ShortAddress } from '../../ui/address.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { MovePlace } from '../../ui/move-steps.tsx'
import { ErrorNote } from '../../ui/note.tsx'

const STATE = {
  waiting: { kind: 'neutral', text: 'waits' },
  sending: { kind: 'dashed', text: 'on its way' },
  done: { kind: 'good', text: 'done' },
  failed: { kind: 'bad', text: 'not done' },
} as const

/** Lists of moves that are signed one after the other: how far they are, and the way on. */
export function QueuesPanel() {
  const queues = valueIn(useSubscription('staking.queues')) ?? []
  if (queues.length === 0) return null
  return (
    <section className="pad rule grid gap-3" aria-label="Lists of moves">
      {queues.map((queue) => (
        <Queue key={queue.id} queue={queue} />
      ))}
    </section>
  )
}

function Queue({ queue }: { readonly queue: KnownQueue }) {
  const names = useDirectory()
  const run = useCommand('staking.runQueue')
  const stop = useCommand('staking.stopQueue')
  const drop = useCommand('staking.dropQueue')
  const through = queue.items.filter(({ state }) => state === 'done').length
  const open = nextIn(queue) !== undefined
  const left = queue.items.filter(({ state }) => state === 'waiting').length
  const rests = queue.now === 'resting'
  return (
    <div className="grid gap-2">
      <h2 className="row wrap">
        List of moves
        <span className="soft light">
          {through} of {queue.items.length} done, each signed by itself
        </span>
        {queue.coldkey !== queue.signer && (
          <span className="soft light small">
            in the name of <ShortAddress address={queue.coldkey} />
          </span>
        )}
        <span className="end row">
          {open &&
            (rests ? (
              <Button onPress={() => void run.send({ id: queue.id })}>Go on</Button>
            ) : (
              <Button
                busyWith={queue.now === 'stopping' ? 'Stopping behind this one' : undefined}
                onPress={() => void stop.send({ id: queue.id })}
              >
                Stop
              </Button>
            ))}
          <Button
            kind="quiet"
            offBecause={rests ? undefined : 'It is being carried out.'}
            onPress={() => void drop.send({ id: queue.id })}
          >
            Put away
          </Button>
        </span>
      </h2>
      {rests && run.error && <ErrorNote error={run.error} />}
      {stop.error && <ErrorNote error={stop.error} />}
      {drop.error && <ErrorNote error={drop.error} />}
      {isOver(queue) && left > 0 && (
        <p className="small">
          One of them was not done, and the {left === 1 ? 'one' : left} behind it would build on it: nothing more of
          this list is made. Put it away and plan again with what is there now.
        </p>
      )}
      <ol className="moves">
        {queue.items.map(({ move, state, error }, index) => (
          // The order of a list never changes.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <li key={index}>
            <div className="row wrap">
              {MOVE_NAMES[move.kind]}
              <MovePlace netuid={move.kind === 'swap' ? move.fromNetuid : move.netuid} names={names} />
              {move.kind === 'swap' && (
                <>
                  <span className="mute">to</span>
                  <MovePlace netuid={move.toNetuid} names={names} />
                </>
              )}
              <span className="end">
                <Chip kind={STATE[state].kind}>{STATE[state].text}</Chip>
              </span>
            </div>
            {error && <p className="small soft">{explainError(error).what}</p>}
          </li>
        ))}
      </ol>
    </div>
  )
}

import { type KnownPlaceList, type ListedPlace, nextPlace } from '../../../shared/registration/place-list.ts'
import { useAppActions } from '../../bridge/app-actions.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { explainError } from '../../format/explain-error.ts'
import { hrefOf } from '../../format/route.ts'
import { Amount, TAO } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { ErrorNote, Note } from '../../ui/note.tsx'
import { SubnetName } from '../../ui/subnet-name.tsx'
import { type HotkeyNames, HotkeyOf } from './several-plan.tsx'

const STATE = {
  waiting: { kind: 'neutral', text: 'not begun' },
  sending: { kind: 'dashed', text: 'sent' },
  done: { kind: 'good', text: 'registered' },
  failed: { kind: 'bad', text: 'refused' },
} as const

const doneOf = ({ places }: KnownPlaceList): number => places.filter(({ state }) => state === 'done').length

/** On every view of the mine: a list that is not through is never out of sight. */
export function OpenListsNote() {
  const lists = valueIn(useSubscription('registration.lists')) ?? []
  const open = lists.filter((list) => nextPlace(list) !== undefined)
  if (open.length === 0) return null
  return (
    <div className="pad rule-after" role="status">
      {open.map((list) => (
        <Note key={list.id} title={`Several hotkeys: ${doneOf(list)} of ${list.places.length} are registered.`}>
          <p>
            {list.now === 'resting' ? 'It rests. Nothing more is bought until you go on.' : 'The others follow.'}{' '}
            <a href={hrefOf({ view: 'mine', several: true })}>Look at them</a>
          </p>
        </Note>
      ))}
    </div>
  )
}

/** Lists of registrations that were agreed to: how far they are, and the way on. */
export function PlaceLists({ names }: { readonly names: HotkeyNames }) {
  const lists = valueIn(useSubscription('registration.lists')) ?? []
  if (lists.length === 0) return null
  return (
    <section className="pad rule-after grid gap-4" aria-label="Lists of registrations">
      {lists.toReversed().map((list) => (
        <OneList key={list.id} list={list} names={names} />
      ))}
    </section>
  )
}

function OneList({ list, names }: { readonly list: KnownPlaceList; readonly names: HotkeyNames }) {
  const wallet = valueIn(useSubscription('wallet.state'))?.active
  const subnet = useDirectory().get(list.netuid)
  const { unlock } = useAppActions()
  const run = useCommand('registration.runMany')
  const stop = useCommand('registration.stopMany')
  const drop = useCommand('registration.dropMany')
  const rests = list.now === 'resting'
  const broken = run.error ?? list.broken
  const open = nextPlace(list) !== undefined
  const locked = wallet?.address === list.coldkey && !wallet.unlocked && !wallet.watchOnly
  return (
    <div className="grid gap-2">
      <h2 className="row wrap">
        <span>
          Places on <SubnetName inline netuid={list.netuid} name={subnet?.name} symbol={subnet?.symbol} />
        </span>
        <span className="soft light">
          {doneOf(list)} of {list.places.length} registered, at most <Amount value={list.mostCost} unit={TAO} /> agreed
          to
        </span>
        <span className="end row">
          {open &&
            (rests ? (
              <Button onPress={() => (locked ? unlock() : void run.send({ id: list.id }))}>
                {locked ? 'Unlock to go on' : 'Go on'}
              </Button>
            ) : (
              <Button
                busyWith={list.now === 'stopping' ? 'Stopping behind this one' : undefined}
                onPress={() => void stop.send({ id: list.id })}
              >
                Stop
              </Button>
            ))}
          <Button
            kind="quiet"
            offBecause={rests ? undefined : 'It is being carried out.'}
            onPress={() => void drop.send({ id: list.id })}
          >
            Put away
          </Button>
        </span>
      </h2>
      <p className="soft small" aria-live="polite">
        {standOf(list, open)}
      </p>
      {rests && broken && <ErrorNote error={broken} />}
      {stop.error && <ErrorNote error={stop.error} />}
      {drop.error && <ErrorNote error={drop.error} />}
      <ol className="moves">
        {list.places.map((place) => (
          <OnePlace key={place.hotkey} place={place} names={names} />
        ))}
      </ol>
    </div>
  )
}

function standOf({ now, places }: KnownPlaceList, open: boolean): string {
  if (now === 'stopping') return 'The one that is on its way is followed to its end; none is begun behind it.'
  if (now === 'running')
    return 'One after the other. What was sent comes into a block, or is refused, before the next one is sent.'
  if (open) return 'It rests. Nothing more is bought until you go on; what was bought stays bought.'
  return places.some(({ state }) => state === 'failed')
    ? 'It is through. What was refused can be chosen and agreed to again.'
    : 'It is through.'
}

function OnePlace({ place, names }: { readonly place: ListedPlace; readonly names: HotkeyNames }) {
  const { hotkey, state, uid, block, paid, preparedId, price, limitPrice, error } = place
  const said = error && explainError(error)
  return (
    <li>
      <div className="row wrap">
        <HotkeyOf address={hotkey} names={names} />
        <span className="end">
          <Chip kind={STATE[state].kind}>
            {STATE[state].text}
            {state === 'done' && `, uid ${uid ?? 'unknown'}`}
          </Chip>
        </span>
      </div>
      <p className="small soft">
        {state === 'done' ? (
          preparedId === undefined ? (
            'It had a place already. Nothing was paid.'
          ) : (
            <>
              Paid <Amount value={paid} unit={TAO} why="The chain’s events did not tell it" />
              {block !== undefined && <>, in block {block}</>}
            </>
          )
        ) : (
          <>
            about <Amount value={price} unit={TAO} />, never above <Amount value={limitPrice} unit={TAO} />
          </>
        )}
      </p>
      {said && (
        <p className="small break">
          {said.what} {said.why}{' '}
          {state === 'failed' ? 'The block took its network fee, and nothing for the place.' : said.next}{' '}
          <span className="mono mute">{error.code}</span>
        </p>
      )}
    </li>
  )
}

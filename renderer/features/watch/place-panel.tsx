import { useState } from 'react'
import type { PlaceWatch } from '../../../shared/contract/registration.contract.ts'
import type { WatchedPlace } from '../../../shared/registration/watch.ts'
import { keptSentence, paceSentence, removalSentence, standingSentence } from '../../../shared/words/watch-words.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { useNow } from '../../bridge/use-now.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { cleanName } from '../../format/hostile-text.ts'
import { writeComing, writeDuration } from '../../format/time.ts'
import { Amount, alphaOf, Unknown } from '../../ui/amount.tsx'
import { Chip } from '../../ui/chip.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { PlaceCourseChart } from '../../ui/place-course.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Loading } from '../../ui/states.tsx'
import { SubnetName } from '../../ui/subnet-name.tsx'

type Removal = NonNullable<PlaceWatch['data']>['removal']

/** So near to the bottom one should look. */
const NEAR = 5

function Standing({ place }: { readonly place: WatchedPlace }) {
  const { protection, registrationsLeft } = place
  if (protection === 'immune') return <Chip kind="good">immune</Chip>
  if (protection === 'owner') return <Chip kind="good">the owner’s</Chip>
  if (protection === 'few-others') return <Chip>safe for now</Chip>
  if (registrationsLeft === undefined) return <Chip kind="dashed">unknown</Chip>
  if (registrationsLeft === 1) return <Chip kind="warn">next to go</Chip>
  return <Chip kind={registrationsLeft <= NEAR ? 'warn' : 'neutral'}>{registrationsLeft} registrations left</Chip>
}

/** File name of the hotkey, and its wallet's. */
function useOwner(hotkey: string): string | undefined {
  const wallets = valueIn(useSubscription('wallet.state'))?.wallets ?? []
  for (const wallet of wallets) {
    const own = wallet.hotkeys.find(({ address }) => address === hotkey)
    if (own) return `${cleanName(own.name)} of ${cleanName(wallet.name)}`
  }
  return undefined
}

export function PlacePanel({ place, removal }: { readonly place: WatchedPlace; readonly removal: Removal }) {
  const { blockMs, block: best } = useChain()
  const now = useNow(30_000)
  const subnet = useDirectory().get(place.netuid)
  const owner = useOwner(place.hotkey)
  const own = removal?.subnets.find(({ netuid }) => netuid === place.netuid)
  const block = best ?? place.block
  const immuneBlocks = own?.immuneUntilBlock === undefined ? undefined : Math.max(0, own.immuneUntilBlock - block)
  const immuneAtMs = now + (place.immuneUntilBlock - block) * blockMs
  return (
    <section className="pad rule-after grid gap-3" aria-label={`Place on subnet ${place.netuid}`}>
      <div className="row wrap">
        <h2>
          <SubnetName netuid={place.netuid} name={subnet?.name} symbol={subnet?.symbol} inline />
        </h2>
        <span className="soft">
          uid {place.uid}
          {owner && <>, {owner}</>}
        </span>
        <span className="end">
          <Standing place={place} />
        </span>
      </div>
      <p>
        {standingSentence(place, block, blockMs)} {keptSentence(place, blockMs)}
      </p>
      <dl className="kv">
        <dt>Place from the bottom</dt>
        <dd className="nu">
          {place.fromBottom === undefined ? (
            <Unknown why="It cannot be replaced now" />
          ) : (
            `${place.fromBottom} of ${place.mortal}`
          )}
        </dd>
        <dt>Pay of the last epoch</dt>
        <dd>
          <Amount value={place.emission} unit={alphaOf(place.netuid, subnet?.symbol)} />
        </dd>
        <dt>Places taken</dt>
        <dd className="nu">
          {place.taken} of {place.most}
        </dd>
        <dt>Immune until</dt>
        <dd className="nu">
          block {place.immuneUntilBlock}
          {place.immuneUntilBlock > block ? `, about ${writeComing(immuneAtMs, now)}` : ', over'}
        </dd>
      </dl>
      <p className="soft small">
        {paceSentence(place.pace, blockMs)}{' '}
        {removal
          ? removalSentence({
              ...removal,
              netuid: place.netuid,
              next: removal.next,
              freeSubnets: removal.freeSubnets,
              immuneBlocks,
              blockMs,
            })
          : 'Whether the subnet itself may be removed is unknown.'}
      </p>
      <Course netuid={place.netuid} blockMs={blockMs} />
    </section>
  )
}

/** Blocks; 6 hours, a day, 7 and 30 days of blocks of 12 s. */
const SPANS = ['1800', '7200', '50400', '216000'] as const
const EVERY_MS = 60_000

/** Asked only when it is opened: two requests. */
function Course({ netuid, blockMs }: { readonly netuid: WatchedPlace['netuid']; readonly blockMs: number }) {
  const [open, setOpen] = useState(false)
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Price of a place here</summary>
      {open && <AskedCourse netuid={netuid} blockMs={blockMs} />}
    </details>
  )
}

function AskedCourse({ netuid, blockMs }: { readonly netuid: WatchedPlace['netuid']; readonly blockMs: number }) {
  const [span, setSpan] = useState<(typeof SPANS)[number]>('7200')
  const options = { freshForMs: EVERY_MS, everyMs: EVERY_MS }
  const course = useQuestion('registration.course', { netuid, span: Number(span) }, options)
  return (
    <div className="grid gap-2">
      <Segments
        label="How far back"
        value={span}
        choices={SPANS.map((value) => ({ value, text: writeDuration(Number(value) * blockMs) }))}
        onPick={setSpan}
      />
      {course.state === 'loading' && <Loading awaits="the price of a place" rows={3} />}
      {course.state === 'failed' && <ErrorNote error={course.error} />}
      {course.state === 'ready' && <PlaceCourseChart course={course.value} span={Number(span)} blockMs={blockMs} />}
    </div>
  )
}

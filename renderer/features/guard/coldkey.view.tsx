import { valueIn } from '../../bridge/loadable.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { type GuardedSwap, useGuard } from '../../bridge/use-guard.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { writeWhole } from '../../format/amount.ts'
import { writeDuration } from '../../format/time.ts'
import { Button } from '../../ui/button.tsx'
import { GroupedAddress } from '../../ui/grouped-address.tsx'
import { Head } from '../../ui/head.tsx'
import { ErrorNote, Note } from '../../ui/note.tsx'
import { Scale } from '../../ui/scale.tsx'
import { Age, Loading } from '../../ui/states.tsx'
import { type Step, Steps } from '../../ui/steps.tsx'
import { AnnounceForm } from './announce-form.tsx'
import { usePlanning } from './use-planning.ts'

type Stage = 'none' | 'waiting' | 'ready' | 'disputed'

/** Everything of a coldkey moves to another one: announce, wait, carry out; or clear, or dispute. The state is the chain's. */
export function ColdkeyView() {
  const chain = useChain()
  const wallet = valueIn(useSubscription('wallet.state'))?.active
  const { guard, swaps } = useGuard()
  const mine = swaps.find(({ swap }) => swap.coldkey === wallet?.address)
  return (
    <>
      <Head title="Change of coldkey" age={<Age block={chain.block} ageMs={chain.ageMs} stale={chain.stale} />} />
      <div className="pad guard">
        <p className="read soft">
          All TAO, all stake and all hotkeys of {wallet?.name ?? 'this wallet'} move to another coldkey: because its
          words may be known to others, or to leave an old key behind. The hotkeys stay the same, so miners go on.
        </p>
        <Cycle stage={mine?.stage ?? 'none'} />
        {guard.error && guard.atBlock === undefined ? (
          guard.error.code === 'chain/not-connected' ? (
            <Loading awaits="what is announced" rows={2} />
          ) : (
            <ErrorNote error={guard.error} />
          )
        ) : mine ? (
          <Announced mine={mine} />
        ) : (
          <AnnounceForm delayBlocks={guard.delayBlocks} />
        )}
      </div>
    </>
  )
}

function Cycle({ stage }: { readonly stage: Stage }) {
  const at = { none: 0, waiting: 1, ready: 2, disputed: 1 }[stage]
  const names = [
    ['Announce', 'Costs a charge the first time'],
    ['Wait', 'The coldkey can do nothing else meanwhile'],
    ['Carry out, or clear', 'Everything moves, or nothing'],
  ] as const
  const steps = names.map(([name, note], index): Step => {
    const state = index < at ? 'done' : index > at ? 'waiting' : stage === 'disputed' ? 'failed' : 'now'
    return { key: name, name, note, state, gate: index !== 1 }
  })
  return (
    <div className="steps-room">
      <Steps label="Course of a change of coldkey" steps={steps} />
    </div>
  )
}

function Announced({ mine }: { readonly mine: GuardedSwap }) {
  if (mine.stage === 'disputed')
    return (
      <Note kind="bad" title="This coldkey is frozen.">
        <p>
          The change was disputed at block {mine.swap.disputedAt}. Nobody can move anything, until the chain's root
          account resets it. Write to those who run the chain, and prove that the coldkey is yours. Hotkeys go on
          mining, and stake goes on earning.
        </p>
      </Note>
    )
  return (
    <>
      <Destination mine={mine} />
      <Wait mine={mine} />
      <Choices mine={mine} />
    </>
  )
}

function Destination({ mine }: { readonly mine: GuardedSwap }) {
  if (mine.newColdkey)
    return (
      <div>
        <p className="lab">Everything moves to</p>
        <GroupedAddress address={mine.newColdkey} />
      </div>
    )
  return (
    <Note kind="bad" title="Nobody here announced this change.">
      <p>
        Only the hash {mine.swap.newColdkeyHash} is known. Dispute it, or open the alarm and enter the new address, if
        it was you.
      </p>
    </Note>
  )
}

function Wait({ mine }: { readonly mine: GuardedSwap }) {
  const { swap, blocksNow, msNow, delayBlocks } = mine
  if (delayBlocks === undefined) return null
  const words =
    blocksNow === 0
      ? 'The wait is over: the change can be carried out now.'
      : `${writeWhole(blocksNow)} of ${writeWhole(delayBlocks)} blocks are left, about ${writeDuration(msNow)}.`
  return (
    <div>
      <p>{words}</p>
      <Scale
        label={words}
        from={swap.executableAt - delayBlocks}
        to={swap.executableAt}
        pointer={swap.executableAt - blocksNow}
        fillTo={swap.executableAt - blocksNow}
        ticks={{ major: 5, minor: 5 }}
        labels={[
          { at: swap.executableAt - delayBlocks, text: 'announced' },
          { at: swap.executableAt, text: `block ${writeWhole(swap.executableAt)}` },
        ]}
      />
    </div>
  )
}

function Choices({ mine }: { readonly mine: GuardedSwap }) {
  const { plan, busyWith, error, off } = usePlanning()
  const { newColdkey, blocksNow } = mine
  const waits = (blocks: number) => (blocks > 0 ? `${writeWhole(blocks)} blocks are left.` : undefined)
  const cannotMove = newColdkey ? waits(blocksNow) : 'The new coldkey is not known here.'
  return (
    <div className="grid gap-3">
      <div className="row wrap">
        <Button
          large
          kind="main"
          offBecause={off ?? cannotMove}
          busyWith={busyWith}
          onPress={() => newColdkey && void plan({ kind: 'execute-coldkey-swap', newColdkey })}
        >
          Carry out the change
        </Button>
        <Button
          large
          offBecause={off ?? waits(mine.blocksUntilClear)}
          onPress={() => void plan({ kind: 'clear-coldkey-swap' })}
        >
          Clear the announcement
        </Button>
        <Button large offBecause={off} onPress={() => void plan({ kind: 'dispute-coldkey-swap' })}>
          Dispute and freeze
        </Button>
      </div>
      <p className="why">
        {cannotMove && `To carry it out: ${cannotMove} `}
        {mine.blocksUntilClear > 0 && `To clear it: ${writeWhole(mine.blocksUntilClear)} blocks are left. `}A dispute is
        possible at any time, and cannot be taken back.
      </p>
      {error && <ErrorNote error={error} />}
    </div>
  )
}

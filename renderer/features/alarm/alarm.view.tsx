import { OctagonAlert } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { useRef, useState } from 'react'
import type { AppActions } from '../../bridge/app-actions.ts'
import { useChain } from '../../bridge/use-chain.ts'
import type { GuardedSwap } from '../../bridge/use-guard.ts'
import { usePlay } from '../../ui/play-context.ts'
import { Age } from '../../ui/states.tsx'
import { Answers } from './answers.tsx'
import { AtStake } from './at-stake.tsx'
import { Countdown } from './countdown.tsx'
import { type Alarm, ownerOf } from './use-alarm.ts'

export interface AlarmViewProps {
  readonly alarm: Alarm
  readonly review: AppActions['review']
  readonly tell: AppActions['tell']
}

/**
 * Covers the window. It starts on its heading, so that Enter does nothing, and Esc does not close it: only an answer does,
 * or the choice to keep it as a bar.
 */
export function AlarmView({ alarm, review, tell }: AlarmViewProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  const [chosen, setChosen] = useState<string>()
  const { alarms } = alarm
  const shown = alarms.find(({ swap }) => swap.coldkey === chosen) ?? alarms[0]
  if (!shown) return null
  return (
    <Radix.Root open>
      <Radix.Portal>
        <Radix.Content
          className="alarm"
          role="alertdialog"
          aria-describedby="alarm-lead"
          onOpenAutoFocus={(event) => {
            event.preventDefault()
            heading.current?.focus()
          }}
          // The confirm dialog may be open above it by then, and keeps the focus.
          onCloseAutoFocus={(event) => event.preventDefault()}
          onEscapeKeyDown={(event) => event.preventDefault()}
          onPointerDownOutside={(event) => event.preventDefault()}
          onInteractOutside={(event) => event.preventDefault()}
        >
          <TopBar shown={shown} />
          {alarms.length > 1 && <Several alarms={alarms} shown={shown} onPick={setChosen} />}
          <div className="wrap">
            <div className="cols">
              <div>
                <Radix.Title asChild>
                  <h1 ref={heading} tabIndex={-1}>
                    Someone has announced a move of everything in this coldkey
                  </h1>
                </Radix.Title>
                <p className="lead" id="alarm-lead">
                  The announcement was signed with the coldkey of {ownerOf(shown)}, and not in this app. When the time
                  is up, all free TAO, all stake and all hotkeys can be moved to another coldkey in one step.
                </p>
              </div>
              <Countdown alarm={shown} />
            </div>
            <AtStake alarm={shown} />
            <Answers key={shown.swap.coldkey} alarm={shown} review={review} tell={tell} />
          </div>
          <BottomBar onKeep={alarm.keepAsBar} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

function TopBar({ shown }: { readonly shown: GuardedSwap }) {
  const chain = useChain()
  const play = usePlay()
  return (
    <div className="wrap topbar">
      <OctagonAlert className="ic" />
      <b className="strong">Coldkey alarm</b>
      <span className="mute">
        Wallet {ownerOf(shown)} on {chain.status?.label ?? 'an unknown network'}
        {play ? ', the practice network: play money, nothing here has value' : ''}
      </span>
      <span className="end">
        <Age block={chain.block} ageMs={chain.ageMs} stale={chain.stale} />
      </span>
    </div>
  )
}

interface SeveralProps {
  readonly alarms: readonly GuardedSwap[]
  readonly shown: GuardedSwap
  readonly onPick: (coldkey: string) => void
}
function Several({ alarms, shown, onPick }: SeveralProps) {
  return (
    <nav className="wrap several" aria-label="Coldkeys under alarm">
      <span>{alarms.length} coldkeys are under alarm.</span>
      {alarms.map((alarm) => (
        <button
          key={alarm.swap.coldkey}
          type="button"
          className="btn"
          aria-pressed={alarm === shown}
          onClick={() => onPick(alarm.swap.coldkey)}
        >
          {ownerOf(alarm)}
        </button>
      ))}
    </nav>
  )
}

function BottomBar({ onKeep }: { readonly onKeep: () => void }) {
  return (
    <div className="wrap botbar">
      <div className="row wrap">
        <span>Mining goes on: it uses a hotkey, not this coldkey.</span>
        <button type="button" className="linklike" onClick={onKeep}>
          Keep as a bar on top and look at the wallet, read only
        </button>
      </div>
      <details>
        <summary>What this means, in full</summary>
        <p>
          Whoever holds the words of a coldkey can announce that everything it owns moves to another coldkey. The chain
          then waits before it lets this happen, and refuses every other call of the coldkey meanwhile. The wait is
          there for this moment: so that the owner can object.
        </p>
        <p>
          A dispute stops the move and freezes the coldkey for everybody. It cannot be taken back by you: only the
          chain's root account can reset it. Nothing is lost meanwhile, stake goes on earning and hotkeys go on mining.
        </p>
        <p>
          If you announced the move elsewhere, in another wallet or on another computer, enter the new address. The app
          believes it only if its hash is the one on the chain.
        </p>
      </details>
    </div>
  )
}

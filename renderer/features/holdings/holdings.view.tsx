import { useState } from 'react'
import type { PortfolioView } from '../../../shared/contract/chain-views.contract.ts'
import type { HoldingState } from '../../../shared/staking/holding-state.ts'
import { ageOfBlock } from '../../bridge/age-of-block.ts'
import { useShownPortfolio } from '../../bridge/use-acting.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { hrefOf, type Place } from '../../format/route.ts'
import { writeDuration } from '../../format/time.ts'
import { Head } from '../../ui/head.tsx'
import { Age, Failed, Loading } from '../../ui/states.tsx'
import { AutoStakeDrawer } from './auto-stake-drawer.tsx'
import { ClaimDrawer } from './claim-drawer.tsx'
import { PositionActions } from './position-actions.tsx'
import { keyOf, PositionsPart } from './positions-part.tsx'
import { ReceivingDrawer } from './receiving-drawer.tsx'
import { ReplaceHotkeyDrawer } from './replace-hotkey-drawer.tsx'
import { RootPart } from './root-part.tsx'
import { RootSeatDrawer } from './root-seat-drawer.tsx'
import { AutoStakePart, HotkeysPart, ReceivingPart } from './settings-part.tsx'
import { useHoldings } from './use-holdings.ts'

/** What of a stake can be moved today, what binds the rest, and what can be done about it. */
export function HoldingsView({ place }: { readonly place: Place | undefined }) {
  const chain = useChain()
  const portfolio = useShownPortfolio()
  const holdings = useHoldings()
  const block = holdings.state === 'ready' ? holdings.value.atBlock : undefined
  const failed = holdings.state === 'failed' ? holdings : portfolio.state === 'failed' ? portfolio : undefined
  const again = holdings.state === 'failed' ? holdings.again : undefined
  return (
    <>
      <Head title="Locks and claims" age={<Age block={block} ageMs={ageOfBlock(chain, block)} stale={chain.stale} />}>
        <a className="btn" href={hrefOf({ view: 'portfolio' })}>
          Portfolio
        </a>
      </Head>
      {failed ? (
        <Failed error={failed.error} again={again} />
      ) : holdings.state === 'ready' && portfolio.state === 'ready' ? (
        <Filled state={holdings.value} portfolio={portfolio.value} place={place} />
      ) : (
        <Loading awaits="what of your stake is bound" rows={6} />
      )}
    </>
  )
}

interface FilledProps {
  readonly state: HoldingState
  readonly portfolio: PortfolioView
  readonly place: Place | undefined
}
type Open = 'claim' | 'auto-stake' | 'receiving' | 'replace' | 'seat'

function Filled({ state, portfolio, place }: FilledProps) {
  const { blockMs } = useChain()
  const [open, setOpen] = useState<Open>()
  const chosen = place && portfolio.positions.find((one) => keyOf(one) === `${place.netuid}/${place.hotkey}`)
  const close = () => {
    setOpen(undefined)
    location.hash = hrefOf({ view: 'holdings' })
  }
  // One drawer at a time: what is opened below the table takes the place of a position's.
  const show = (what: Open) => {
    location.hash = hrefOf({ view: 'holdings' })
    setOpen(what)
  }
  const position = open === undefined ? chosen : undefined
  return (
    <>
      <PositionsPart positions={portfolio.positions} state={state} selected={position && keyOf(position)} />
      <p className="pad mute small">
        A lock counts for a subnet as a whole, whichever validator the stake is with. It decays: half, nine tenths and
        99 % of it are free at the blocks named. Days are reckoned with a block every {writeDuration(blockMs)}.
      </p>
      <div className="guard-parts rule">
        <RootPart state={state} onClaim={() => show('claim')} />
        <AutoStakePart state={state} onChange={() => show('auto-stake')} />
        <ReceivingPart state={state} onChange={() => show('receiving')} />
        <HotkeysPart onReplace={() => show('replace')} onSeat={() => show('seat')} />
      </div>
      {open === 'claim' && <ClaimDrawer state={state} onClose={close} />}
      {open === 'auto-stake' && <AutoStakeDrawer state={state} onClose={close} />}
      {open === 'receiving' && <ReceivingDrawer state={state} onClose={close} />}
      {open === 'replace' && <ReplaceHotkeyDrawer onClose={close} />}
      {open === 'seat' && <RootSeatDrawer onClose={close} />}
      {position?.netuid === 0 && (
        <ClaimDrawer key={keyOf(position)} state={state} hotkey={position.hotkey} onClose={close} />
      )}
      {position && position.netuid !== 0 && (
        <PositionActions key={keyOf(position)} position={position} state={state} onClose={close} />
      )}
    </>
  )
}

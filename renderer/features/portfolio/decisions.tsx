import { CircleAlert } from 'lucide-react'
import type { PortfolioView } from '../../../shared/contract/chain-views.contract.ts'
import type { Position } from '../../../shared/staking/position.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { cleanName } from '../../format/hostile-text.ts'
import { hrefOf } from '../../format/route.ts'
import { usePlay } from '../../ui/play-context.ts'

export interface DecisionsProps {
  readonly portfolio: PortfolioView
  readonly onUnstake: (position: Position) => void
}

/** What waits for the person, and nothing else. */
export function Decisions({ portfolio, onUnstake }: DecisionsProps) {
  const directory = useDirectory()
  const play = usePlay()
  const lost = portfolio.positions.filter((position) => !position.registered && position.netuid !== 0)
  const practiceStep =
    portfolio.free === 0n
      ? 'get some play TAO with the button above.'
      : portfolio.positions.length === 0
        ? 'stake into a subnet and watch its next epoch.'
        : 'unstake half of a position and see the fees.'
  return (
    <>
      <h2>Wants a decision</h2>
      {lost.length === 0 && (
        <p className="soft">
          Nothing waits.{play && ` Next step of the practice: ${practiceStep}`}{' '}
          {!play && portfolio.positions.length === 0 && <a href={hrefOf({ view: 'subnets' })}>Look at the subnets</a>}
        </p>
      )}
      <ul className="ev">
        {lost.map((position) => (
          <li key={`${position.netuid}/${position.hotkey}`}>
            <CircleAlert className="ic s" />
            <span className="grow">
              The hotkey on {position.netuid} <bdi>{cleanName(directory.get(position.netuid)?.name ?? '')}</bdi> has no
              place: this stake earns nothing
            </span>
            <button type="button" className="linklike" onClick={() => onUnstake(position)}>
              Unstake
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}

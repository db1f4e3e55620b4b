import type { HoldingState } from '../../../shared/staking/holding-state.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { useHotkeyName } from '../../bridge/use-hotkey-name.ts'
import { ShortAddress } from '../../ui/address.tsx'
import { Unknown } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { SubnetName } from '../../ui/subnet-name.tsx'
import { useNotOffered } from './not-offered.ts'

type Destination = HoldingState['subnets'][number] & { readonly autoStake: NonNullable<unknown> }
const hasDestination = (one: HoldingState['subnets'][number]): one is Destination => one.autoStake !== undefined

function DestinationLine({ one }: { readonly one: HoldingState['subnets'][number] }) {
  const subnet = useDirectory().get(one.netuid)
  const hotkey = one.autoStake ?? ''
  const { name, own } = useHotkeyName(one.netuid, hotkey)
  return (
    <li>
      <SubnetName inline netuid={one.netuid} name={subnet?.name} symbol={subnet?.symbol} /> to{' '}
      {name ? <bdi title={hotkey}>{own ? `own hotkey ${name}` : name}</bdi> : <ShortAddress address={hotkey} />}
    </li>
  )
}

/** Where mined alpha goes. */
export function AutoStakePart({ state, onChange }: { readonly state: HoldingState; readonly onChange: () => void }) {
  const notOffered = useNotOffered(state.features)('autoStake')
  const set = state.subnets.filter(hasDestination)
  return (
    <section aria-labelledby="auto-stake">
      <h2 id="auto-stake">Where mined alpha goes</h2>
      {notOffered === undefined && set.length === 0 && (
        <p className="soft small">To the mining hotkey itself, on every subnet. No other destination is set.</p>
      )}
      {set.length > 0 && (
        <ul className="free-steps">
          {set.map((one) => (
            <DestinationLine key={one.netuid} one={one} />
          ))}
        </ul>
      )}
      <div className="row wrap">
        <Button offBecause={notOffered} onPress={onChange}>
          Choose a destination
        </Button>
        <span className="why">{notOffered}</span>
      </div>
    </section>
  )
}

/** Whether alpha that comes with a lock is taken. */
export function ReceivingPart({ state, onChange }: { readonly state: HoldingState; readonly onChange: () => void }) {
  const notOffered = useNotOffered(state.features)('locks')
  const off = notOffered ?? (state.rejectsLocked === undefined ? 'The chain does not tell what is set.' : undefined)
  return (
    <section aria-labelledby="receiving">
      <h2 id="receiving">Locked alpha from others</h2>
      <p className="soft small">
        {state.rejectsLocked === undefined ? (
          <Unknown why="The chain does not tell" />
        ) : state.rejectsLocked ? (
          'Refused: nobody can put a lock on your stake by a gift.'
        ) : (
          'Taken: a gift of locked alpha puts its lock on your stake.'
        )}
      </p>
      <div className="row wrap">
        <Button offBecause={off} onPress={onChange}>
          {state.rejectsLocked === false ? 'Refuse locked alpha' : 'Take locked alpha'}
        </Button>
        <span className="why">{off}</span>
      </div>
    </section>
  )
}

/** What may be done with the places of one's hotkeys. */
export function HotkeysPart({ onReplace, onSeat }: { readonly onReplace: () => void; readonly onSeat: () => void }) {
  return (
    <section aria-labelledby="own-hotkeys">
      <h2 id="own-hotkeys">Hotkeys and their places</h2>
      <p className="soft small">
        A place belongs to a hotkey. It can go to another hotkey of this wallet, with its rank and its immunity.
      </p>
      <div className="row wrap">
        <Button onPress={onReplace}>Replace a hotkey</Button>
        <Button onPress={onSeat}>Take a seat on root</Button>
      </div>
    </section>
  )
}

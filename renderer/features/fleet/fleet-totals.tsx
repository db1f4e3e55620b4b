import type { FleetView } from '../../../shared/contract/fleet.contract.ts'
import { fleetNetworkName } from '../../../shared/words/fleet-words.ts'
import { cleanName } from '../../format/hostile-text.ts'
import { ShortAddress } from '../../ui/address.tsx'
import { Amount, TAO, Unknown } from '../../ui/amount.tsx'
import { Note } from '../../ui/note.tsx'
import { PlayContext } from '../../ui/play-context.ts'
import { AlphaAmount } from './alpha-amount.tsx'
import { speedText, wattsText } from './machine-words.ts'

type Totals = FleetView['totals']
type Network = Totals['networks'][number]

/** All that answer, each chain by itself. */
export function FleetTotals({ totals }: { readonly totals: Totals }) {
  const { heard, machines, watts, wattsOf, wattsPartial, networks, shared } = totals
  return (
    <>
      <div className="pad">
        <div className="lbl">Machines that answer now</div>
        <div className="read">
          {heard} of {machines}
        </div>
        <div className="pf-three">
          <span>
            <span className="lbl">Power of {wattsOf === 1 ? 'one that says' : `${wattsOf} that say`} it</span>
            <br />
            {watts === undefined ? (
              <Unknown why="No machine can read its power now" />
            ) : (
              <span className="read-m">{wattsText({ watts, partial: wattsPartial })}</span>
            )}
          </span>
        </div>
        {heard < machines && (
          <p className="soft small">All sums are of those that answer. What the others do now is unknown.</p>
        )}
      </div>
      {networks.map((network, at) => (
        // Two practice networks begin with one block, and two machines may have one name.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <NetworkTotal key={`${network.genesis}/${at}`} network={network} />
      ))}
      {shared.length > 0 && <Shared shared={shared} />}
    </>
  )
}

function NetworkTotal({ network }: { readonly network: Network }) {
  const { kind, genesis, machine, machines, mining, tokensPerSecond, speedOf, earningsOf, subnets, tao } = network
  const name = fleetNetworkName(kind, { genesis, machine: machine && cleanName(machine) })
  return (
    <PlayContext value={kind === 'practice'}>
      <section className="pad rule" aria-label={name}>
        <h2>{name}</h2>
        {kind === 'other' && (
          <p className="soft small">
            It is no public chain that this app knows: what its tokens are worth is what its owner says.
          </p>
        )}
        <div className="pf-three">
          <span>
            <span className="lbl">
              Earned by {earningsOf} of {machines} so far, at each epoch's price
            </span>
            <br />
            <span className="read-m">
              <Amount value={tao} unit={TAO} why="It is unknown for at least one hotkey" />
            </span>
          </span>
          <span>
            <span className="lbl">
              Mining, of {machines} {machines === 1 ? 'machine' : 'machines'}
            </span>
            <br />
            <span className="read-m">{mining}</span>
          </span>
          <span>
            <span className="lbl">{mining === 0 ? 'Speed' : `Speed of ${speedOf} of ${mining}`}</span>
            <br />
            {mining === 0 ? (
              <span className="soft">nobody mines</span>
            ) : tokensPerSecond === undefined ? (
              <Unknown why="No miner answered anything in the last seconds" />
            ) : (
              <span className="read-m">{speedText(tokensPerSecond)}</span>
            )}
          </span>
        </div>
        {subnets.length > 0 && (
          <dl className="kv start mt-2">
            {subnets.map(({ netuid, alpha, hotkeys }) => (
              <div key={netuid} className="contents">
                <dt>
                  Subnet {netuid}, {hotkeys === 1 ? 'one hotkey' : `${hotkeys} hotkeys`}
                </dt>
                <dd>
                  <AlphaAmount netuid={netuid} value={alpha} />
                </dd>
              </div>
            ))}
          </dl>
        )}
      </section>
    </PlayContext>
  )
}

function Shared({ shared }: { readonly shared: Totals['shared'] }) {
  return (
    <div className="pad grid gap-2">
      {shared.map(({ genesis, hotkey, machines, mining }) => (
        <Note
          key={`${genesis}/${hotkey}`}
          kind="warn"
          title={mining > 1 ? 'Several machines mine with one hotkey.' : 'One hotkey is on several machines.'}
        >
          <p>
            <ShortAddress address={hotkey} /> is on{' '}
            {machines.map((name, at) => (
              // Two machines may have one name.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              <span key={at}>
                {at > 0 && (at === machines.length - 1 ? ' and ' : ', ')}
                <bdi>{cleanName(name)}</bdi>
              </span>
            ))}
            . Its earnings are counted once.
            {mining > 1 &&
              ' The chain keeps one address for a hotkey, so they push each other off: give each machine a hotkey of its own.'}
          </p>
        </Note>
      ))}
    </div>
  )
}

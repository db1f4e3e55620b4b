import type { HappenedHolding } from '../../shared/transactions/transaction.ts'
import { shortAddress } from '../format/address.ts'
import { Amount, alphaOf, TAO } from './amount.tsx'
import { SubnetName } from './subnet-name.tsx'

const WORDS: { readonly [E in HappenedHolding['event']]: string } = {
  locked: 'Locked',
  'lock-moved': 'The lock was moved',
  'lock-perpetual': 'Locks stay as they are',
  'lock-decaying': 'Locks decay',
  'locked-refused': 'Locked alpha from others is refused',
  'locked-taken': 'Locked alpha from others is taken',
  'auto-stake-set': 'What is mined goes elsewhere',
  'root-claimed': 'Claimed from root',
  recycled: 'Recycled',
  burned: 'Burned',
  'hotkey-replaced': 'The hotkey was replaced',
}
const NO_AMOUNT =
  'How much is unknown: the event does not tell it, and your stake on root before and after cannot, because something else changed your stake in the same block, the node has forgotten the block before, or the runtime pays claims in alpha. See your stake on root.'
const FOR: { readonly [E in HappenedHolding['event']]?: string } = {
  locked: 'for',
  'lock-moved': 'to',
  'auto-stake-set': 'to',
  'root-claimed': 'with',
  recycled: 'held with',
  burned: 'held with',
  'hotkey-replaced': 'by',
}

export interface HappenedHoldingsProps {
  readonly held: readonly HappenedHolding[]
  readonly names: ReadonlyMap<number, { readonly name?: string | undefined; readonly symbol?: string | undefined }>
}

/** Stake on root is TAO. */
const unitOf = ({ netuid }: HappenedHolding, names: HappenedHoldingsProps['names']) =>
  netuid ? alphaOf(netuid, names.get(netuid)?.symbol) : TAO

/** What the chain's own events say was done with stake besides trading it. */
export function HappenedHoldings({ held, names }: HappenedHoldingsProps) {
  if (held.length === 0) return null
  return (
    <section aria-label="What the chain says was done">
      <div className="lbl">What the chain says was done</div>
      <ul className="free-steps">
        {held.map((one) => (
          <li key={`${one.event} ${one.netuid} ${one.hotkey}`}>
            {WORDS[one.event]}
            {one.amount !== undefined && (
              <>
                {' '}
                <Amount value={one.amount} unit={unitOf(one, names)} />
              </>
            )}
            {one.netuid !== undefined && (
              <>
                {' '}
                on <SubnetName inline netuid={one.netuid} {...names.get(one.netuid)} />
              </>
            )}
            {one.hotkey && (
              <>
                , {FOR[one.event] ?? 'for'}{' '}
                <span className="mono nowrap" title={one.hotkey}>
                  {shortAddress(one.hotkey)}
                </span>
              </>
            )}
            {one.event === 'root-claimed' && one.amount === undefined && <>. {NO_AMOUNT}</>}
            {one.event === 'root-claimed' && one.amount === 0n && '. Nothing was owed that is worth paying.'}
          </li>
        ))}
      </ul>
    </section>
  )
}

import type { HoldingState } from '../../../shared/staking/holding-state.ts'
import { Amount, Num, TAO } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { useNotOffered } from './not-offered.ts'

/** What stake on root has earned and nobody claimed yet. */
export function RootPart({ state, onClaim }: { readonly state: HoldingState; readonly onClaim: () => void }) {
  const { root, features } = state
  const count = root.byValidator.length
  const notOffered = useNotOffered(features)('baskets')
  const off = notOffered ?? (root.owed === 0n ? 'Nothing is owed now.' : undefined)
  return (
    <section aria-labelledby="root-owed">
      <h2 id="root-owed">Owed by root</h2>
      <div className="read-m" aria-live="polite">
        <Amount value={root.owed} unit={TAO} why="The runtime does not tell what root owes" />
      </div>
      <p className="soft small">
        What stake on root earns waits with each validator until it is claimed. Below{' '}
        <Amount value={root.threshold} unit={TAO} why="The chain does not tell" /> for one validator nothing is paid,
        but the fee is. Your stake on root is with {count === 1 ? 'one validator' : `${count} validators`}.
      </p>
      {root.holdBlocks !== undefined && root.holdBlocks > 0 && (
        <p className="soft small">
          Stake on root stays there for <Num value={root.holdBlocks} /> blocks after each change, a claim included.
        </p>
      )}
      <div className="row wrap">
        <Button offBecause={off} onPress={onClaim}>
          Claim from all validators
        </Button>
        <span className="why">{off ?? 'The fee is shown before you sign.'}</span>
      </div>
    </section>
  )
}

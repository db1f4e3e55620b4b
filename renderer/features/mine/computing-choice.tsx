import { create } from 'zustand'
import { valueIn } from '../../bridge/loadable.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { hrefOf } from '../../format/route.ts'
import { Segments } from '../../ui/segments.tsx'

/** Who computes: the model of this computer, servers of the user's own, or both. */
type Computing = 'here' | 'servers' | 'both'
interface ComputingDraft {
  readonly computing: Computing
  userPickedComputing(computing: Computing): void
}
const useComputingDraft = create<ComputingDraft>()((set) => ({
  computing: 'here',
  userPickedComputing: (computing) => set({ computing }),
}))

/** What was picked; without any server that is wanted, this computer. */
export function useComputing() {
  const backends = valueIn(useSubscription('backends.watch')) ?? []
  const { computing, userPickedComputing } = useComputingDraft()
  const wanted = backends.filter(({ enabled }) => enabled)
  const now = wanted.length === 0 ? 'here' : computing
  return { wanted, computing: now, servers: now !== 'here', here: now !== 'servers', userPickedComputing }
}

export function ComputingChoice() {
  const { wanted, computing, userPickedComputing } = useComputing()
  const well = wanted.filter(({ state }) => state === 'closed' || state === 'half-open').length
  const places = wanted.reduce((sum, one) => sum + one.places, 0)
  return (
    <fieldset className="grid gap-2">
      <legend className="legend">Where it is computed</legend>
      {wanted.length > 0 && (
        <Segments
          label="Where it is computed"
          value={computing}
          onPick={userPickedComputing}
          choices={[
            { value: 'here', text: 'This computer' },
            { value: 'servers', text: 'Servers' },
            { value: 'both', text: 'Both' },
          ]}
        />
      )}
      <p className="soft small">
        {wanted.length === 0
          ? 'On this computer. When it is not enough, servers of your own can do the work.'
          : `${well} of ${wanted.length} ${wanted.length === 1 ? 'server is' : 'servers are'} well, with ${places} places in sum.`}{' '}
        <a href={hrefOf({ view: 'backends' })}>{wanted.length === 0 ? 'Add a server' : 'Look at the servers'}</a>
      </p>
    </fieldset>
  )
}

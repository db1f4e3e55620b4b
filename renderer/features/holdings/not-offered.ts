import type { HoldingFeatures } from '../../../shared/staking/holding-state.ts'
import { useChain } from '../../bridge/use-chain.ts'

/** What the runtime must have for each of them, as the chain spells it. */
const CALLS = {
  locks: 'lock_stake',
  destroy: 'burn_alpha',
  autoStake: 'set_coldkey_auto_stake_hotkey',
  baskets: 'claim_root_with_hotkey',
} as const

/** Why an action is not there on the connected network; `undefined` where it is. */
export function useNotOffered(features: HoldingFeatures): (what: keyof typeof CALLS) => string | undefined {
  const version = useChain().status?.facts?.specVersion
  const runtime = version === undefined ? 'this network' : `runtime ${version} of this network`
  return (what) => (features[what] ? undefined : `Not offered: ${runtime} has no call ${CALLS[what]}.`)
}

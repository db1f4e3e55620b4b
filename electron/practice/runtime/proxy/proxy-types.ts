import type { ProxyType } from '../../definitions/types/proxy.ts'

/** The name of a proxy type. */
export type Kind = ProxyType['type']

/** By their numbers on the wire; the chain sorts delegations by these. */
export const KINDS: readonly Kind[] = [
  'Any',
  'Owner',
  'NonCritical',
  'NonTransfer',
  'Senate',
  'NonFungible',
  'Triumvirate',
  'Governance',
  'Staking',
  'Registration',
  'Transfer',
  'SmallTransfer',
  'RootWeights',
  'ChildKeys',
  'SudoUncheckedSetCode',
  'SwapHotkey',
  'SubnetLeaseBeneficiary',
  'RootClaim',
]

/** Types of a governance that is gone; they permit nothing. */
const DEPRECATED: ReadonlySet<Kind> = new Set(['Senate', 'Triumvirate', 'Governance', 'RootWeights'])
export const isDeprecated = (kind: Kind): boolean => DEPRECATED.has(kind)

/**
 * Whether a delegate of one kind may make and end delegations of another.
 * @source subtensor `runtime/src/lib.rs` (InstanceFilter::is_superset)
 */
export function isSuperset(kind: Kind, other: Kind): boolean {
  if (kind === other || kind === 'Any') return true
  if (other === 'Any') return false
  if (kind === 'NonTransfer') return other !== 'Transfer' && other !== 'SmallTransfer'
  return kind === 'Transfer' && other === 'SmallTransfer'
}

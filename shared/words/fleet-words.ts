import type { FleetNetworkKind } from '../fleet/fleet-totals.ts'

const ALERTS: Readonly<Record<string, string>> = {
  'miner-failed': 'Its miner ended by itself.',
  'miner-gave-up': 'Its miner died too often and stays stopped until somebody starts it.',
  'miner-held': 'Its miner lets callers wait for now.',
  'no-chain': 'No node of the chain answers it.',
  'chain-doubted': 'It does not believe the node of the chain that answers.',
}
/** What a machine asks to be looked at. It sends a code, never words. */
export const fleetAlertWords = (alert: string): string =>
  ALERTS[alert] ?? `It tells something that this version has no words for (${alert}).`

const NETWORKS: Readonly<Record<FleetNetworkKind, string>> = {
  finney: 'Bittensor main network',
  test: 'Bittensor test network',
  practice: 'Practice network',
  other: 'Another network',
}
/** Chains that are not public are told apart by their first digits, practice networks by their machine. */
export function fleetNetworkName(
  kind: FleetNetworkKind,
  { genesis, machine }: { readonly genesis: string; readonly machine?: string | undefined },
): string {
  if (kind === 'other') return `${NETWORKS[kind]} ${genesis.slice(2, 8)}`
  return machine === undefined ? NETWORKS[kind] : `${NETWORKS[kind]} of ${machine}`
}

const HELD: Readonly<Record<string, string>> = {
  'too-hot': 'too hot',
  'heat-unknown': 'heat unknown',
  'on-battery': 'on its battery',
  schedule: 'outside of its hours',
  'in-use': 'somebody works at it',
  'no-profit': 'costs more than it earns',
}
export const fleetHeldWords = (kinds: readonly string[]): string =>
  kinds.map((kind) => HELD[kind] ?? kind.replaceAll('-', ' ')).join(', ')

import type { NetworkChoice } from '../../shared/network/network.ts'

/** By what the signer remembers a chain: an endpoint of the user's own is a chain of its own. */
export const networkName = (choice: NetworkChoice | undefined): string =>
  choice?.kind === 'custom' ? `custom ${choice.endpoint?.trim() ?? ''}` : (choice?.kind ?? 'none')

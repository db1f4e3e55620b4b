import { blake2AsHex } from '@polkadot/util-crypto'
import { RUNTIME_APIS } from './runtime-apis.ts'
import type { RuntimeVersion } from './types/frame.ts'

/** Mainnet's runtime whose names, numbers and types the practice chain has; also its own `spec_version`. */
export const SPEC_VERSION = 424
export const TRANSACTION_VERSION = 1

/** The runtime's version as the metadata's `System.Version` and `Core_version` give it. */
export const VERSION: RuntimeVersion = {
  // The name of Subtensor's runtime: clients tell a Subtensor chain by it.
  spec_name: 'node-subtensor',
  impl_name: 'taoforge-practice',
  authoring_version: 1,
  spec_version: SPEC_VERSION,
  impl_version: 1,
  // An API's id is the first 8 bytes of the hash of its name.
  apis: Object.values(RUNTIME_APIS).map((api) => [blake2AsHex(api.name, 64), api.version]),
  transaction_version: TRANSACTION_VERSION,
  system_version: 1,
}

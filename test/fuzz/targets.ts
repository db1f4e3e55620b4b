import type { Target } from './target.ts'
import { addressBooks, addresses } from './targets/addresses.ts'
import { airgap } from './targets/airgap.ts'
import { host } from './targets/host.ts'
import { ansibleKeyfiles, fernetKeyfiles, naclKeyfiles, plainKeyfiles } from './targets/keyfiles.ts'
import { keysWorker } from './targets/keys-worker.ts'
import { chainMetadata, lyingTypes, signerMetadata } from './targets/metadata.ts'
import { chainPayloads, signerPayloads } from './targets/payloads.ts'
import { polkadotJson } from './targets/polkadot-json.ts'
import { router } from './targets/router.ts'
import { mnemonics, secretTexts } from './targets/secret-text.ts'
import { vaultHeaders } from './targets/vault-header.ts'

/** Everything that takes input from outside; together more than a million cases. */
export const TARGETS: readonly Target[] = [
  plainKeyfiles,
  naclKeyfiles,
  ansibleKeyfiles,
  fernetKeyfiles,
  polkadotJson,
  vaultHeaders,
  mnemonics,
  secretTexts,
  addresses,
  addressBooks,
  router,
  host,
  keysWorker,
  signerPayloads,
  chainPayloads,
  airgap,
  lyingTypes,
  signerMetadata,
  chainMetadata,
]

import { VERSION } from '../definitions/version.ts'
import { metadataBytes } from '../metadata/metadata.ts'
import type { PracticeRuntime, RuntimeVersion } from '../runtime.port.ts'
import { writeGenesis } from '../seed/genesis.ts'
import { callApi } from './api/call-api.ts'
import { applyExtrinsic } from './block/apply.ts'
import { initializeBlock } from './block/initialize.ts'
import { validate } from './block/validate.ts'
import { shieldRules } from './shield/shield-rules.ts'

const version: RuntimeVersion = {
  specName: VERSION.spec_name,
  implName: VERSION.impl_name,
  authoringVersion: VERSION.authoring_version,
  specVersion: VERSION.spec_version,
  implVersion: VERSION.impl_version,
  transactionVersion: VERSION.transaction_version,
  stateVersion: VERSION.system_version,
  apis: VERSION.apis,
}

/** The rules of the practice chain. They keep nothing: everything they know is in the storage they are handed. */
export const createRuntime = (): PracticeRuntime => ({
  version,
  metadata: metadataBytes,
  shield: shieldRules,
  genesis: writeGenesis,
  initializeBlock,
  validate,
  apply: applyExtrinsic,
  finalizeBlock: () => undefined,
  callApi,
})

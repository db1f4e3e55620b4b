import { fail } from '../failure.ts'
import type { Extension } from './metadata.ts'
import type { Runtime } from './runtime.ts'

/**
 * The signed extensions whose content we know and show. Those of Subtensor (the last four but one) carry nothing, in
 * the extrinsic and in the payload; that is checked against the metadata, not believed.
 * @source docs of the chain's runtime, `runtime/src/lib.rs` (TransactionExtensions), spec 293 to 475
 */
const KNOWN: ReadonlySet<string> = new Set([
  'CheckNonZeroSender',
  'CheckSpecVersion',
  'CheckTxVersion',
  'CheckGenesis',
  'CheckMortality',
  'CheckNonce',
  'CheckWeight',
  'ChargeTransactionPayment',
  'SudoTransactionExtension',
  'CheckShieldedTxValidity',
  'SubtensorTransactionExtension',
  'DrandPriority',
  'CheckMetadataHash',
])
/** Those that put bytes somewhere. All others must be empty on both sides. */
const CARRYING: ReadonlySet<string> = new Set([
  'CheckSpecVersion',
  'CheckTxVersion',
  'CheckGenesis',
  'CheckMortality',
  'CheckNonce',
  'ChargeTransactionPayment',
  'CheckMetadataHash',
])

/**
 * The extensions in the order of their bytes.
 * @errors chain/unknown-extension: an extension we do not know, or a known one that suddenly carries something. Signing
 *         it would sign content that nobody was shown.
 */
export function extensionsOf(runtime: Runtime): readonly Extension[] {
  const list = runtime.metadata.extensions
  const empty = (type: number) => runtime.types.shape(type).kind === 'nothing'
  const strangers = list.filter(
    ({ identifier, extra, additional }) =>
      !KNOWN.has(identifier) || (!CARRYING.has(identifier) && !(empty(extra) && empty(additional))),
  )
  if (strangers.length > 0)
    fail({ code: 'chain/unknown-extension', names: strangers.map(({ identifier }) => identifier) })
  return list
}

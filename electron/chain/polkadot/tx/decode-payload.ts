import type { DecodedArgument, DecodedPayload } from '../../../../shared/transactions/transaction.ts'
import { asTagged } from '../answer.ts'
import { badAnswer } from '../failure.ts'
import { extensionsOf } from '../runtime/extensions.ts'
import { metadataHashOf } from '../runtime/metadata-hash.ts'
import type { Runtime } from '../runtime/runtime.ts'
import { toHex } from '../scale/bytes.ts'
import { Cursor } from '../scale/cursor.ts'
import { decode } from '../scale/decode.ts'
import { textOf } from '../scale/text.ts'
import type { Field } from '../scale/type-table.ts'
import { lastBlockOf } from './era.ts'

/**
 * Reads what a payload says, from its bytes and the metadata's types alone; nothing of what was asked enters here.
 * @param nearBlock a block shortly after the payload was made: an era says its period, not its age
 * @errors chain/bad-answer when the bytes are not one call followed by all the runtime's extensions
 */
export function decodePayload(runtime: Runtime, payload: Uint8Array, nearBlock: number): DecodedPayload {
  const cursor = new Cursor(payload, 'payload')
  const [pallet, index] = [cursor.byte(), cursor.byte()]
  const call = runtime.callAt(pallet, index) ?? badAnswer(`payload: no call ${pallet}.${index}`)
  const args = call.variant.fields.map((field) => argumentOf(runtime, call.name, field, cursor))
  const extensions = extensionsOf(runtime)
  const extras = new Map(extensions.map((e) => [e.identifier, decode(runtime.types, e.extra, cursor)]))
  const besides = new Map(extensions.map((e) => [e.identifier, decode(runtime.types, e.additional, cursor)]))
  if (cursor.left !== 0) badAnswer(`payload: ${cursor.left} bytes too many`)
  const digest = besides.get('CheckMetadataHash')
  const carried = digest instanceof Uint8Array ? toHex(digest) : digest
  if (carried !== undefined && carried !== metadataHashOf(runtime.metadata)) badAnswer('payload: another metadata hash')
  const genesis = besides.get('CheckGenesis')
  const era = asTagged(extras.get('CheckMortality'), 'era')
  return {
    call: call.name,
    args,
    docs: call.variant.docs.join('\n').trim(),
    nonce: Number(integerIn(extras.get('CheckNonce'))),
    validUntilBlock: lastBlockOf(era.type, Number(era.value ?? 0), nearBlock),
    genesis: genesis instanceof Uint8Array ? toHex(genesis) : badAnswer('payload: genesis'),
    specVersion: Number(integerIn(besides.get('CheckSpecVersion'))),
    tip: integerIn(extras.get('ChargeTransactionPayment')).toString(),
    payloadHex: toHex(payload),
  }
}

function argumentOf(runtime: Runtime, call: string, field: Field, cursor: Cursor): DecodedArgument {
  const value = textOf(decode(runtime.types, field.type, cursor))
  const name = field.name ?? ''
  return {
    name,
    type: field.typeName || runtime.types.describe(field.type),
    value,
    unit: unitOf(call, name, field.typeName),
  }
}

/** Extensions wrap their number differently from runtime to runtime; there is exactly one in each. */
function integerIn(value: unknown): bigint {
  if (typeof value === 'bigint') return value
  if (typeof value === 'number') return BigInt(value)
  const inner = typeof value === 'object' && value !== null ? Object.values(value) : []
  return inner.length === 1 ? integerIn(inner[0]) : badAnswer('payload: no number where one belongs')
}

/** Price limits of trades are prices; a ratio of two prices (swap and move) has no unit. */
const PRICE_LIMITED: ReadonlySet<string> = new Set([
  'SubtensorModule.add_stake_limit',
  'SubtensorModule.remove_stake_limit',
  'SubtensorModule.remove_stake_full_limit',
])
const BY_NAME: Readonly<Record<string, DecodedArgument['unit']>> = { amount_staked: 'TAO', amount_unstaked: 'alpha' }

/** The unit of an integer argument: by name where the chain always meant one thing, else by its type's name. */
function unitOf(call: string, name: string, typeName: string): DecodedArgument['unit'] {
  if (name === 'limit_price') {
    if (PRICE_LIMITED.has(call)) return 'TAO per alpha'
    return call === 'SubtensorModule.register_limit' ? 'TAO' : undefined
  }
  if (BY_NAME[name]) return BY_NAME[name]
  if (call.startsWith('Balances.') && name === 'value') return 'TAO'
  if (/^Tao(Balance|Currency)$/.test(typeName)) return 'TAO'
  return /^Alpha(Balance|Currency)$/.test(typeName) ? 'alpha' : undefined
}

import { badAnswer } from '../failure.ts'
import type { Runtime } from '../runtime/runtime.ts'
import { Cursor } from '../scale/cursor.ts'
import { decode } from '../scale/decode.ts'
import { textOf } from '../scale/text.ts'
import type { Field } from '../scale/type-table.ts'

/** One argument as it was read. A call within a call is in `calls`, and its `value` is `undefined`. */
export interface ReadArgument {
  readonly name: string
  readonly field: Field
  readonly value: unknown
  readonly calls?: readonly ReadCall[]
}

/** A call as its bytes say it. */
export interface ReadCall {
  /** `Pallet.call` */
  readonly name: string
  readonly docs: string
  readonly args: readonly ReadArgument[]
  readonly bytes: Uint8Array
}

/** @source subtensor: calls nested deeper than 8 are refused */
const DEEPEST_CALL = 8
/** The library's type of a whole call is the outer enum of the runtime, by whatever crate's name. */
const CALL_TYPE = /(^|::)RuntimeCall$/

/** @errors chain/bad-answer when the bytes are not a call of this runtime */
export function readCall(runtime: Runtime, cursor: Cursor, depth = 0): ReadCall {
  if (depth >= DEEPEST_CALL) badAnswer(`${cursor.what}: calls nested too deeply`)
  const before = cursor.left
  const [pallet, index] = [cursor.byte(), cursor.byte()]
  const call = runtime.callAt(pallet, index) ?? badAnswer(`${cursor.what}: no call ${pallet}.${index}`)
  const args = call.variant.fields.map((field) => readArgument(runtime, field, { cursor, depth }))
  return { name: call.name, docs: call.variant.docs.join('\n').trim(), args, bytes: cursor.readSince(before) }
}

/** As {@link readCall}, of bytes that hold nothing else. */
export function readWholeCall(runtime: Runtime, bytes: Uint8Array): ReadCall {
  const cursor = new Cursor(bytes, 'call')
  const call = readCall(runtime, cursor)
  if (cursor.left !== 0) badAnswer(`call: ${cursor.left} bytes too many`)
  return call
}

function readArgument(
  runtime: Runtime,
  field: Field,
  { cursor, depth }: { readonly cursor: Cursor; readonly depth: number },
): ReadArgument {
  const name = field.name ?? ''
  const { types } = runtime
  const shape = types.shape(field.type)
  if (CALL_TYPE.test(types.path(field.type)))
    return { name, field, value: undefined, calls: [readCall(runtime, cursor, depth + 1)] }
  if (shape.kind === 'list' && shape.length === undefined && CALL_TYPE.test(types.path(shape.item))) {
    const calls = Array.from({ length: cursor.length() }, () => readCall(runtime, cursor, depth + 1))
    return { name, field, value: undefined, calls }
  }
  return { name, field, value: decode(types, field.type, cursor) }
}

/** `Pallet.call(name: value)`, calls within it likewise. Nothing is shortened. */
export function callText(call: ReadCall): string {
  const written = ({ name, value, calls }: ReadArgument): string =>
    `${name}: ${calls ? calls.map(callText).join(', ') : textOf(value)}`
  return `${call.name}(${call.args.map(written).join(', ')})`
}

/** The call and all within it, outermost first. */
export const callsWithin = (call: ReadCall): readonly ReadCall[] => [
  call,
  ...call.args.flatMap(({ calls = [] }) => calls.flatMap(callsWithin)),
]
